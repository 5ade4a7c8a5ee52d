// Pages as they are read. Changes nothing.
import { Problem } from '#protocol/base/problems.ts'
import type { Page, PageId, PageVersion } from '#protocol/content.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import { findItem } from '#server/features/courses/index.ts'
import { type SearchSource, standsFor } from '#server/features/search/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type PageRow, pages, pageVersions } from './tables.ts'

/** The kind under which pages are placed in a course. */
export const pageKind = 'page'

/** A row as it travels. */
export const pageOf = (row: PageRow): Page => ({
  id: row.id,
  courseId: row.courseId,
  title: row.title,
  body: row.body,
  document: row.document,
  version: row.version,
  changedAt: row.changedAt.toISOString(),
})

/** The page with its item; `not-found` when it is not in this course or was removed. Asks no rights. */
export async function getPage(
  ctx: Ctx,
  { courseId, pageId }: { courseId: CourseId; pageId: PageId },
): Promise<{ row: PageRow; item: CourseItem }> {
  const row = await pages.findOne({ where: { id: pageId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: pageKind, refId: pageId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}

const mostVersions = 200

/** What was saved of a page, the newest first, 200 at most. Asks no rights. */
export async function listPageVersions(ctx: Ctx, pageId: PageId): Promise<PageVersion[]> {
  const rows = await ctx.sql<{ version: number; title: string; at: Date; by: string | null }>(
    `select v.version, v.title, v.at, case when a.erased_at is null then a.name end as by
       from page_versions v left join accounts a on a.id = v.by_account
      where v.page_id = $1 order by v.version desc limit ${mostVersions}`,
    [pageId],
  )
  return rows.map(row => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** A page as it was at one of its versions. Asks no rights. Throws `not-found`. */
export async function getPageVersion(row: PageRow, version: number): Promise<Page> {
  const held = await pageVersions.findOne({ where: { pageId: row.id, version }, raw: true })
  if (!held) throw new Problem('not-found')
  const { title, body, document, at } = held
  return pageOf({ ...row, title, body, document, version, changedAt: at })
}

/** A page is found where it stands in its course. */
export const pageSource: SearchSource = {
  kinds: ['page'],
  findable: (_ctx, reader, value) => ({
    where: `exists (select from items i where i.kind = '${pageKind}' and i.ref_id = e.ref_id and ${standsFor(reader, value)})`,
  }),
}
