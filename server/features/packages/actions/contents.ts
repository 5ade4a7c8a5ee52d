// Packages that are brought: weighed and read before anything is written, kept as the one archive they came as, and let go of
// when nobody plays them any more. A further version is for new attempts; those that are open go on with theirs.
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Upload } from '#protocol/files.ts'
import { largestPackage } from '#protocol/packages/limits.ts'
import type { PackageId } from '#protocol/packages.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { beginUpload, bytesInWords, giveSpace, type Refused, type UploadKind } from '#server/features/files/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { readXml, XmlUnread } from '#server/platform/extract/xml.ts'
import { listZip, openZipEntry, type ZipListed, ZipRefused, type ZipSource } from '#server/platform/extract/zip.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { getPackage } from '../queries/packages.ts'
import { filesOf, largestManifest, packageLimits, refusedFor } from '../rules/entries.ts'
import { type ReadPackage, readManifest } from '../rules/manifest.ts'
import { type ContentId, type ContentRow, type PackageRow, packageContents, packageFiles, packages } from '../tables.ts'
import { record, writePackage } from './packages.ts'

/** What uploads of packages are for: the id beside it is the package's. */
export const uploadKind = 'package'

interface Begun {
  readonly name: string
  readonly size: number
  readonly print: string
}

/** Begins to bring a package, or finds the upload that was begun. Throws `too-large`, `no-room`. */
export async function startContent(ctx: WriteCtx, row: PackageRow, begun: Begun): Promise<Upload> {
  demand(begun.size <= largestPackage, 'too-large', { params: { limit: bytesInWords(largestPackage) } })
  return beginUpload(ctx, { ...begun, kind: uploadKind, refId: row.id, courseId: row.courseId })
}

/** An archive that is kept, read piece by piece. */
export const sourceOf = ({ blobs }: Ctx, blobId: string, size: number): ZipSource => {
  const open: ZipSource['open'] = async (from, length) =>
    length === 0 ? Readable.from([]) : (await blobs.get(blobId, { from, to: from + length - 1 })).body
  const read: ZipSource['read'] = async (from, length) => {
    if (from < 0 || length < 0 || from + length > size) throw new ZipRefused('cut off')
    return length === 0 ? Buffer.alloc(0) : buffer(await open(from, length))
  }
  return { size, open, read }
}

interface Looked extends ReadPackage {
  readonly files: ReadonlyMap<string, ZipListed>
}

const manifestKey = 'imsmanifest.xml'

async function look(source: ZipSource): Promise<Looked | Refused> {
  const files = filesOf(await listZip(source, packageLimits))
  if ('refused' in files) return files
  const entry = files.get(manifestKey)
  if (!entry) return { refused: 'no-manifest' }
  if (entry.size > largestManifest) return { refused: 'bad-manifest', at: entry.name }
  const manifest = readXml(await buffer(await openZipEntry(source, entry)))
  const found = readManifest(manifest, new Set(files.keys()))
  return 'refused' in found ? found : { ...found, files }
}

/** What an archive holds, or why it is not played. Reads its directory and its manifest. */
export async function lookInto(source: ZipSource): Promise<Looked | Refused> {
  try {
    return await look(source)
  } catch (error) {
    if (error instanceof ZipRefused) return refusedFor(error)
    if (error instanceof XmlUnread) return { refused: 'bad-manifest', at: manifestKey }
    throw error
  }
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
    await demandMay(ctx, 'content.change', courseContext(courseId), 'writing')
    await getPackage(ctx, { courseId, packageId })
  },
  finish: async (ctx, { refId, id: blobId, size }) => {
    const found = await lookInto(sourceOf(ctx, blobId, size))
    if ('refused' in found) return found
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
