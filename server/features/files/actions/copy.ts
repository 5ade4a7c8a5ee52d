// Files in a copy of a course: folders and files as they stand, each with the version that is shown. The bytes are not
// copied: a version names them, and they stay while any version does.
import { Transaction } from 'sequelize'
import type { CourseCopier, CourseCopy } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { standingIn } from '../queries/lists.ts'
import { files, fileVersions, folders } from '../tables.ts'
import { takeSpace } from './space.ts'

/** How files come along. Throws `no-room` when they are more than a new course has room for. */
export const filesCopier: CourseCopier = {
  count: async (ctx, courseId) => ({ files: (await standingIn(ctx, courseId)).files.length }),
  make: async (ctx, { from, to, ids }) => {
    const own = <T extends string>(id: T): T => ids.get(id) as T
    const there = await standingIn(ctx, from)
    const standing = await folders.findAll({ where: { id: there.folders }, order: [['id', 'asc']], raw: true })
    for (const { id } of standing) ids.set(id, newId())
    // In one statement: a folder may lie in a younger one, and what refers to what is looked at when all are there.
    await folders.bulkCreate(
      standing.map(row => ({
        ...row,
        id: own(row.id),
        courseId: to,
        folderId: row.folderId && own(row.folderId),
        version: 0,
      })),
    )

    // Locked, so that nobody destroys one, and with it the bytes, before the copy names them.
    const rows = await files.findAll({
      where: { id: there.files, removedAt: null },
      order: [['id', 'asc']],
      lock: Transaction.LOCK.SHARE,
      raw: true,
    })
    if (rows.length === 0) return
    for (const { id } of rows) ids.set(id, newId())
    await takeSpace(
      ctx,
      to,
      rows.reduce((sum, row) => sum + Number(row.size), 0),
    )
    await files.bulkCreate(
      rows.map(row => ({
        ...row,
        id: own(row.id),
        courseId: to,
        folderId: row.folderId && own(row.folderId),
        version: 0,
        changedAt: ctx.now,
      })),
    )
    const shown = new Map(rows.map(row => [row.id, row.number]))
    const versions = await fileVersions.findAll({ where: { fileId: [...shown.keys()] }, raw: true })
    await fileVersions.bulkCreate(
      versions.filter(one => shown.get(one.fileId) === one.number).map(one => ({ ...one, fileId: own(one.fileId) })),
    )
    await copyWatching(
      ctx,
      rows.map(({ id }) => [id, own(id)] as const),
    )
  },
}

// What is said in films comes along with them; who watched them does not.
async function copyWatching(ctx: WriteCtx, copied: readonly (readonly [old: string, own: string])[]): Promise<void> {
  const ids = [copied.map(([old]) => old), copied.map(([, own]) => own)]
  await ctx.sql(
    `insert into captions (file_id, language, text, words, cues, version, changed_at, changed_by)
     select o.new, c.language, c.text, c.words, c.cues, nextval('caption_versions'), $3, c.changed_by
       from unnest($1::uuid[], $2::uuid[]) as o(old, new) join captions c on c.file_id = o.old`,
    [...ids, ctx.now],
  )
  await ctx.sql(
    `update files f set words = from_.words from unnest($1::uuid[], $2::uuid[]) as o(old, new)
       join files from_ on from_.id = o.old and from_.words is not null where f.id = o.new`,
    ids,
  )
}

/** In a copy, notes which things of a kind show which files, as it was in the old course. One statement. */
export async function copyFileUses(ctx: WriteCtx, { from, ids }: CourseCopy, kind: string): Promise<void> {
  await ctx.sql(
    `with own as (select * from unnest($3::uuid[], $4::uuid[]) as o(old, new))
     insert into file_uses (file_id, kind, ref_id)
     select f.new, u.kind, r.new from file_uses u
       join files on files.id = u.file_id and files.course_id = $1
       join own f on f.old = u.file_id join own r on r.old = u.ref_id
      where u.kind = $2`,
    [from, kind, [...ids.keys()], [...ids.values()]],
  )
}
