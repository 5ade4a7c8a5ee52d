// Pages as they are read. Changes nothing.
import { Problem } from '#protocol/base/problems.ts'
import type { Page, PageId } from '#protocol/content.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import { findItem } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type PageRow, pages } from './tables.ts'

/** The kind under which pages are placed in a course. */
export const pageKind = 'page'

/** A row as it travels. */
export const pageOf = (row: PageRow): Page => ({
  id: row.id,
  courseId: row.courseId,
  title: row.title,
  body: row.body,
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
