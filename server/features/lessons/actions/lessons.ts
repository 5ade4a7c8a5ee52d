// Makes and changes lessons. Rights were asked by the door. What is published never keeps a learner from its end.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import { type Lesson, lessonScope } from '#protocol/lessons.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, courseContext, findItem, placeItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { demandWayOut, detailOf, lessonKind, lessonOf, linesOf, type OfLesson } from '../queries/lessons.ts'
import { type LessonRow, lessons } from '../tables.ts'

/** Writes what became of a lesson or of a page of it into the trail. */
export const record = (ctx: WriteCtx, verb: string, row: LessonRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb: `lesson.${verb}`, subject: { kind: 'lesson', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, ...details },
  })

/** The lesson, held until the end of the transaction: what changes it comes one after the other. Throws `not-found`. */
export async function holdLesson({ courseId, lessonId }: OfLesson): Promise<LessonRow> {
  const row = await lessons.findOne({ where: { id: lessonId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Throws `lesson-traps` where the lesson, as it now stands in the transaction, is published and keeps learners from its end. */
export async function demandSafe(ctx: WriteCtx, row: LessonRow): Promise<void> {
  const item = await findItem(ctx, { kind: lessonKind, refId: row.id })
  if (item?.published) demandWayOut(row, await linesOf(row.id))
}

export interface NewLesson {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly intro: string
  readonly anyOrder: boolean
  readonly published: boolean
}

/** Makes a lesson at the end of a module. Throws `not-found`. */
export async function createLesson(
  ctx: WriteCtx,
  { courseId, moduleId, published, title, intro, anyOrder }: NewLesson,
): Promise<Lesson> {
  const row: LessonRow = {
    ...{ id: newId<'Lesson'>(), courseId, title, intro, anyOrder },
    ...{ version: 0, changedAt: ctx.now },
  }
  await lessons.create(row)
  const detail = detailOf(row, 0)
  await placeItem(ctx, { courseId, moduleId, kind: lessonKind, refId: row.id, title, published, detail })
  await record(ctx, 'created', row)
  return lessonOf(row)
}

export interface LessonChange extends OfLesson {
  readonly version: number
  readonly title?: string | undefined
  readonly intro?: string | undefined
  readonly anyOrder?: boolean | undefined
}

/**
 * Changes a lesson at the version the writer read. Throws `not-found`, `conflict` with the current one, and
 * `lesson-traps`.
 */
export async function changeLesson(ctx: WriteCtx, { version, ...given }: LessonChange): Promise<Lesson> {
  const row = await holdLesson(given)
  demand(row.version === version, 'conflict', { params: { current: lessonOf(row) } })
  const next: LessonRow = {
    ...row,
    title: given.title ?? row.title,
    intro: given.intro ?? row.intro,
    anyOrder: given.anyOrder ?? row.anyOrder,
    version: version + 1,
    changedAt: ctx.now,
  }
  await lessons.update(next, { where: { id: row.id } })
  await demandSafe(ctx, next)
  const detail = detailOf(next, (await linesOf(row.id)).length)
  await changeItem(ctx, { kind: lessonKind, refId: row.id, title: next.title, detail })
  await record(ctx, 'changed', next, { before: { title: row.title }, after: { title: next.title } })
  ctx.announce(lessonScope, row.id, { kind: 'changed', body: {} })
  return lessonOf(next)
}
