// Headings of a course: labels in its outline with a title and nothing behind them. A heading is all there is of itself: no
// other feature owns a thing it stands for.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type CourseId, type CourseItem, headingKind, type ItemId, type ModuleId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { itemOf } from '../queries/course.ts'
import { items } from '../tables.ts'
import { changeItem, itemEntry, placeItem } from './items.ts'

/** Puts a heading at the end of a module, or above all modules. Throws `not-found`. */
export async function addHeading(
  ctx: WriteCtx,
  input: { courseId: CourseId; moduleId: ModuleId | null; title: string; published: boolean },
): Promise<CourseItem> {
  const { itemId } = await placeItem(ctx, { ...input, kind: headingKind, refId: newId() })
  const row = await items.findByPk(itemId, { rejectOnEmpty: true, raw: true })
  await audit.record(ctx, itemEntry('created', row))
  return itemOf(row)
}

/** Gives a heading other words; throws `conflict` with the current one when somebody was faster. Throws `not-found`. */
export async function changeHeading(
  ctx: WriteCtx,
  { courseId, itemId, version, title }: { courseId: CourseId; itemId: ItemId; version: number; title: string },
): Promise<CourseItem> {
  const where = { id: itemId, courseId, kind: headingKind, removedAt: null }
  const row = await items.findOne({ where, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: itemOf(row) } })
  await changeItem(ctx, { kind: headingKind, refId: row.refId, title })
  return itemOf(await items.findByPk(itemId, { rejectOnEmpty: true, raw: true }))
}
