// Folders as their course shows them: who may read one, what its line says. Changes nothing.
import type { Input, Output } from '#protocol/base/call.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { folderRoutes } from '#protocol/files/folders.ts'
import type { FolderId } from '#protocol/files.ts'
import { capabilitiesIn, may } from '#server/features/access/index.ts'
import { demandOpen } from '#server/features/conditions/index.ts'
import { courseContext, findItem, getCourse, thingContext } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { folders } from '../tables.ts'
import { folderKind, folderOf, shownBy } from './files.ts'
import { findPath, listFiles } from './lists.ts'

/**
 * A page of what is in a folder, if `ctx.who` may read it. Throws `not-published`, `locked` where its place, or that of a folder around it, is shut for them,
 * `malformed` for a cursor that is none, and `not-found` otherwise: an id tells nobody that a folder is there.
 */
export async function readFolder(
  ctx: Ctx,
  { folderId, ...page }: Input<typeof folderRoutes.folder>,
): Promise<Output<typeof folderRoutes.folder>> {
  const row = await folders.findByPk(folderId, { raw: true })
  if (!row) throw new Problem('not-found')
  const { courseId } = row
  await getCourse(ctx, courseId)
  const held = new Set(await capabilitiesIn(ctx, courseContext(courseId)))
  const prepares = held.has('content.change')
  const whole = await findPath(ctx, courseId, folderId)
  if (!whole || !(prepares || held.has('course.view'))) throw new Problem('not-found')
  const item = (await findItem(ctx, { kind: folderKind, refId: folderId })) ?? null
  let path = whole
  if (!prepares) {
    const reader = held.has('grade.view-all') ? 'staff' : 'learner'
    const open = new Set((await shownBy(ctx, { courseId, fileId: null, folderId }, reader)).map(one => one.refId))
    if (open.size === 0) {
      for (const { id: refId } of whole.toReversed()) {
        const around = await findItem(ctx, { kind: folderKind, refId })
        if (around?.published) await demandOpen(ctx, courseId, around)
      }
      throw new Problem('not-found')
    }
    path = whole.slice(whole.findIndex(one => open.has(one.id)))
  }
  const context = await thingContext(ctx, { courseId, kind: folderKind, refId: folderId })
  return {
    ...(await listFiles(ctx, { courseId, folderId, which: 'standing', ...page })),
    ...{ folder: folderOf(row), courseId, path, item },
    mayChange: await may(ctx, 'content.change', context, 'writing'),
    mayBring: await may(ctx, 'content.change', courseContext(courseId), 'writing'),
  }
}

/**
 * What the lines of folders say of them: how many files there are in each at any depth, and a sign that changes with whatever
 * is read there, so that open pages read again. One query.
 */
export async function folderDetails(
  ctx: Pick<Ctx, 'sql'>,
  ids: readonly string[],
): Promise<Map<string, { files: number; version: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.sql<{ id: string; files: number; version: string }>(
    `with recursive below(top, id) as (
       select id, id from folders where id = any($1::uuid[])
       union select b.top, f.id from folders f join below b on f.folder_id = b.id where f.removed_at is null
     ), entries as (
       select id, folder_id, name, number from files where removed_at is null
       union all select id, folder_id, name, 0 from folders where removed_at is null
     )
     select b.top as id, count(*) filter (where e.number > 0)::int as files,
       left(md5(coalesce(string_agg(concat_ws('/', e.id, b.id, e.number, e.name), '/' order by e.id), '')), 12) as version
       from below b left join entries e on e.folder_id = b.id group by b.top`,
    [[...ids]],
  )
  return new Map(rows.map(({ id, ...detail }) => [id, detail]))
}

/** The folders that stand in a course. One query. */
export async function listPlacedFolders(ctx: Pick<Ctx, 'sql'>, courseId: CourseId): Promise<FolderId[]> {
  const rows = await ctx.sql<{ id: FolderId }>(
    'select ref_id as id from items where course_id = $1 and kind = $2 and removed_at is null order by ref_id',
    [courseId, folderKind],
  )
  return rows.map(row => row.id)
}
