// Lessons and their pages as they are read. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import type { Lesson, LessonChoiceId, LessonId, LessonPage, LessonPageId, LessonPageView } from '#protocol/lessons.ts'
import { findItem } from '#server/features/courses/index.ts'
import { type SearchSource, standsFor } from '#server/features/search/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type Leading, leadsTo, openChoices, trapsIn } from '../rules.ts'
import { type LessonPageRow, type LessonRow, lessonPages, lessons } from '../tables.ts'

/** The kind under which lessons are placed in a course. */
export const lessonKind = 'lesson'

/** A row as it travels. */
export const lessonOf = ({ changedAt, ...row }: LessonRow): Lesson => ({ ...row, changedAt: changedAt.toISOString() })

/** A page as its staff write it. */
export const pageOf = ({ id, title, choices, version, document, changedAt }: LessonPageRow): LessonPage => ({
  ...{ id, title, choices, version, document },
  changedAt: changedAt.toISOString(),
})

/** What the line of a lesson says beside its title. */
export const detailOf = ({ version }: LessonRow, pages: number) => ({ pages, version })

/** Names a lesson in its course. */
export interface OfLesson {
  readonly courseId: CourseId
  readonly lessonId: LessonId
}

/** Names a page of it. */
export interface OfLessonPage extends OfLesson {
  readonly pageId: LessonPageId
}

/** The lesson with its item; `not-found` when it is not in this course or was removed. */
export async function getLesson(
  ctx: Ctx,
  { courseId, lessonId }: OfLesson,
): Promise<{ row: LessonRow; item: CourseItem }> {
  const row = await lessons.findOne({ where: { id: lessonId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: lessonKind, refId: lessonId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}

/** The course a lesson stands in. Throws `not-found`. */
export async function courseOf(lessonId: string): Promise<CourseId> {
  const row = await lessons.findByPk(lessonId, { attributes: ['courseId'], raw: true })
  if (!row) throw new Problem('not-found')
  return row.courseId
}

/** A page as far as it leads anywhere, with what it is called. */
export type PageLine = Pick<LessonPageRow, 'id' | 'title' | 'choices' | 'version' | 'place'>

/** The pages that stand in a lesson, in order, without their text. One query. */
export const linesOf = async (lessonId: LessonId): Promise<PageLine[]> =>
  lessonPages.findAll({
    where: { lessonId, removedAt: null },
    attributes: ['id', 'title', 'choices', 'version', 'place'],
    order: [
      ['place', 'asc'],
      ['id', 'asc'],
    ],
    raw: true,
  })

/** A page that stands in a lesson. Throws `not-found`. */
export async function getLessonPage(lessonId: LessonId, pageId: LessonPageId): Promise<LessonPageRow> {
  const row = await lessonPages.findOne({ where: { id: pageId, lessonId, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** A page as it is read: with the choices that lead anywhere, and not where to. One query. */
export async function viewOf(pages: readonly Leading[], pageId: LessonPageId): Promise<LessonPageView> {
  const row = await lessonPages.findByPk(pageId, { rejectOnEmpty: true, raw: true })
  const choices = openChoices(pages, row).map(({ id, text, to }) => ({
    ...{ id, text, ends: leadsTo(pages, pageId, to) === 'end' },
  }))
  return { id: row.id, title: row.title, document: row.document, choices }
}

/** Where a choice of a page leads, null to the end, with what it says back. Throws `conflict` where it is there no longer. */
export function followed(
  pages: readonly Leading[],
  pageId: LessonPageId,
  choiceId: LessonChoiceId,
): { to: LessonPageId | null; feedback: string } {
  const page = pages.find(one => one.id === pageId)
  const choice = page && openChoices(pages, page).find(one => one.id === choiceId)
  const to = choice && leadsTo(pages, pageId, choice.to)
  if (!choice || to === undefined || to === 'gone') throw new Problem('conflict')
  return { to: to === 'end' ? null : to, feedback: choice.feedback }
}

/** Throws `lesson-traps` where learners would not come to the end of a lesson, with the page it begins with. */
export function demandWayOut(row: Pick<LessonRow, 'anyOrder'>, pages: readonly PageLine[]): void {
  const traps = trapsIn(row, pages)
  const first = pages.find(one => traps.includes(one.id))
  if (first) throw new Problem('lesson-traps', { params: { page: first.title, count: traps.length } })
}

/** Throws `lesson-traps` for a lesson that can not be published. The lesson stays as it is until the transaction ends. */
export async function demandPublishable(ctx: Ctx, lessonId: string): Promise<void> {
  await ctx.sql('select from lessons where id = $1 for no key update', [lessonId])
  const row = await lessons.findByPk(lessonId, { raw: true })
  if (row) demandWayOut(row, await linesOf(row.id))
}

/** SQL: the accounts that learn in course $1 now. */
export const learnersIn = `
  select e.account_id as id from enrolments e
    join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
   where e.course_id = $1 and e.ended_at is null and r.role = 'learner'`

/** Whether somebody learns in a course now: the steps of its staff are not kept. */
export async function learnsIn(ctx: Ctx, courseId: string, accountId: AccountId): Promise<boolean> {
  const rows = await ctx.sql(`${learnersIn} and e.account_id = $2`, [courseId, accountId])
  return rows.length > 0
}

/** A page is found where its lesson stands; by learners once they have been on it, or where pages are open in any order. */
export const pageSource: SearchSource = {
  kinds: ['lesson-page'],
  findable: (_ctx, reader, value) => ({
    where: `exists (
      select from items i join lessons l on l.id = i.ref_id
       where i.kind = '${lessonKind}' and i.ref_id = e.place_id and ${standsFor(reader, value)}
         and (l.any_order or i.course_id = any(${value(reader.where('course.view', 'content.change'))}::uuid[])
           or i.id = any(${value(reader.changes)}::uuid[])
           or exists (select from lesson_walks w join lesson_steps s on s.walk_id = w.id
                       where w.lesson_id = l.id and w.account_id = ${value(reader.accountId)}::uuid and s.page_id = e.ref_id)))`,
    place: `json_build_object('lessonId', e.place_id)`,
  }),
}
