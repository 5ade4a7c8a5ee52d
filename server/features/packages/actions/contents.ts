// Packages that are brought: weighed and read before anything is written, kept as the one archive they came as, and let go of
// when nobody plays them any more. A further version is for new attempts; those that are open go on with theirs.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Upload } from '#protocol/files.ts'
import { largestPackage } from '#protocol/packages/limits.ts'
import type { PackageId } from '#protocol/packages.ts'
import { demandThing } from '#server/features/courses/index.ts'
import { beginUpload, bytesInWords, giveSpace, type UploadKind } from '#server/features/files/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { getPackage, packageKind } from '../queries/packages.ts'
import { type ContentId, type ContentRow, type PackageRow, packageContents, packageFiles, packages } from '../tables.ts'
import { type Looked, lookInto, sourceOf } from './looking.ts'
import { record, writePackage } from './packages.ts'

/** What uploads of packages are for: the id beside it is the package's. */
export const uploadKind = 'package'

interface Begun {
  readonly name: string
  readonly size: number
  readonly print: string
}

/** Begins to bring a package, or finds the upload that was begun. Throws `too-many`, `too-large`, `no-room`. */
export async function startContent(ctx: WriteCtx, row: PackageRow, begun: Begun): Promise<Upload> {
  demand(begun.size <= largestPackage, 'too-large', { params: { limit: bytesInWords(largestPackage) } })
  return beginUpload(ctx, { ...begun, kind: uploadKind, refId: row.id, courseId: row.courseId })
}

/** Writes a version of a package with its directory. */
export async function writeContent(
  ctx: WriteCtx,
  content: Pick<ContentRow, 'packageId' | 'number' | 'blobId' | 'size'>,
  { form, title, parts, files }: Looked,
): Promise<ContentId> {
  const id = newId<'PackageContent'>()
  await packageContents.create({ ...content, id, form, title, parts: [...parts], at: ctx.now })
  const rows = [...files]
  await ctx.sql(
    `insert into package_files (content_id, key, size, packed, method, local)
     select $1, f.* from unnest($2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::bigint[]) as f`,
    [
      id,
      rows.map(([key]) => key),
      rows.map(([, one]) => one.size),
      rows.map(([, one]) => one.packed),
      rows.map(([, one]) => one.method),
      rows.map(([, one]) => one.local),
    ],
  )
  return id
}

async function packageOfUpload(refId: string | null): Promise<PackageRow> {
  const row = refId === null ? null : await packages.findByPk(refId, { raw: true })
  if (!row) throw new Problem('upload-gone')
  return row
}

export const packageUploads: UploadKind = {
  demand: async (ctx, { refId }) => {
    const { id: packageId, courseId } = await packageOfUpload(refId)
    await demandThing(ctx, 'content.change', { courseId, kind: packageKind, refId: packageId }, 'writing')
    await getPackage(ctx, { courseId, packageId })
  },
  finish: async (ctx, { refId, id: blobId, size }) => {
    const found = await lookInto(sourceOf(ctx, blobId, size))
    if ('refused' in found) return found
    // A copy of a course keeps its packages all the same: a player may be brought later.
    if (found.form === 'h5p' && !ctx.players.has('h5p')) return { refused: 'no-player' }
    const row = await packages.findByPk((await packageOfUpload(refId)).id, { lock: true, raw: true })
    if (!row) throw new Problem('upload-gone')
    const number = 1 + (((await packageContents.max('number', { where: { packageId: row.id } })) as number | null) ?? 0)
    const contentId = await writeContent(ctx, { packageId: row.id, number, blobId, size }, found)
    const next = await writePackage(ctx, row, { contentId })
    await dropUnplayed(ctx, [row.id])
    await record(ctx, 'package.brought', next, { number, form: found.form, size })
    return null
  },
}

/** An attempt that nothing was heard of for so long begins anew with the version of then, in milliseconds. */
const patienceMs = 60 * 86_400_000

/** Lets go of versions that are not played any more: not the current one, nor that of an attempt that is open. */
export async function dropUnplayed(ctx: WriteCtx, packageIds: readonly PackageId[]): Promise<void> {
  const gone = await ctx.sql<{ id: ContentId }>(
    `select c.id from package_contents c join packages p on p.id = c.package_id
      where c.package_id = any($1::uuid[]) and p.content_id is distinct from c.id
        and not exists (select from package_attempts t where t.content_id = c.id and t.over_at is null and t.at > $2)
        and not exists (select from package_tickets k where k.content_id = c.id and k.expires_at > $3)
      order by c.id for update of c`,
    [[...packageIds], new Date(ctx.now.getTime() - patienceMs), ctx.now],
  )
  if (gone.length === 0) return
  const ids = gone.map(one => one.id)
  await packageFiles.destroy({ where: { contentId: ids } })
  const rows = await ctx.sql<{ blobId: string; size: string; courseId: PackageRow['courseId'] }>(
    `with gone as (delete from package_contents where id = any($1::uuid[]) returning package_id, blob_id, size)
     select g.blob_id as "blobId", g.size::text as size, p.course_id as "courseId" from gone g
       join packages p on p.id = g.package_id order by p.course_id, 1`,
    [ids],
  )
  for (const { courseId, size } of rows) await giveSpace(ctx, { courseId }, Number(size))
  await ctx.enqueue(archivesGone, { blobIds: rows.map(one => one.blobId) })
}

/** Looks for what is not played any more, some packages a turn. */
export async function sweepContents(ctx: WriteCtx): Promise<void> {
  const rows = await ctx.sql<{ id: PackageId }>(
    `select p.id from packages p
      where (select count(*) from package_contents c where c.package_id = p.id) > 1 order by p.id limit 200`,
  )
  if (rows.length > 0)
    await dropUnplayed(
      ctx,
      rows.map(one => one.id),
    )
}

/** Removes archives that no package names any more; a copy of the course may name one still. */
export const archivesGone: JobBinding = {
  name: 'packages.archives-gone',
  run: async (ctx, data) => {
    const { blobIds } = data as { blobIds: string[] }
    const rows = await ctx.sql<{ id: string }>(
      `select o.id from unnest($1::uuid[]) as o(id)
        where not exists (select from package_contents c where c.blob_id = o.id)`,
      [blobIds],
    )
    for (const { id } of rows) await ctx.blobs.remove(id)
  },
}
