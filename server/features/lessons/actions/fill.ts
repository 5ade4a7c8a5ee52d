// Fills a lesson at once, in a statement a table: for demo schools, whose first start is short. Rights were asked, and what
// is handed in is as the doors would have taken it.
import type { AccountId } from '#protocol/base/ids.ts'
import { filesIn, type PageDocument, plainText } from '#protocol/content/document.ts'
import type { LessonChoice, LessonChoiceId, LessonPageId } from '#protocol/lessons.ts'
import { changeItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { detailOf, lessonKind, type OfLesson } from '../queries/lessons.ts'
import { type LessonPageRow, lessonPages, type StepRow, steps, type WalkRow, walks } from '../tables.ts'
import { demandSafe, holdLesson } from './lessons.ts'

/** A page as it is laid in; it shows no files. */
export interface LaidPage {
  readonly id: LessonPageId
  readonly title: string
  readonly document: PageDocument
  readonly choices: LessonChoice[]
}

/** Lays pages into a lesson that has none. Throws `not-found`, `lesson-traps`. */
export async function layPages(ctx: WriteCtx, of: OfLesson, pages: readonly LaidPage[]): Promise<void> {
  const lesson = await holdLesson(of)
  if (pages.some(one => filesIn(one.document).length > 0))
    throw new Error('Pages that show files are written one by one')
  await lessonPages.bulkCreate(
    pages.map(
      (page, at): LessonPageRow => ({
        ...{ ...page, lessonId: lesson.id, place: at + 1, body: plainText(page.document) },
        ...{ version: 0, changedAt: ctx.now, removedAt: null, removedBy: null },
      }),
    ),
  )
  await demandSafe(ctx, lesson)
  const detail = detailOf(lesson, pages.length)
  await changeItem(ctx, { kind: lessonKind, refId: lesson.id, title: lesson.title, detail })
}

/** The way of somebody: where they began, and each choice with where it led; null to the end. */
export interface LaidWalk {
  readonly accountId: AccountId
  readonly begunAt: Date
  readonly first: LessonPageId
  readonly way: readonly { readonly choiceId: LessonChoiceId; readonly to: LessonPageId | null }[]
}

/** Between two steps, in milliseconds. */
const stepMs = 45_000

/** Lays the ways of learners into a lesson, each step some time after the one before. Nobody is told. */
export async function layWalks(lessonId: OfLesson['lessonId'], given: readonly LaidWalk[]): Promise<void> {
  const taken: StepRow[] = []
  const rows = given.map(({ accountId, begunAt, first, way }): WalkRow => {
    const id = newId<'LessonWalk'>()
    const at = (number: number) => new Date(begunAt.getTime() + (number - 1) * stepMs)
    const path: LessonPageId[] = [first]
    taken.push({ walkId: id, number: 1, how: 'began', fromPageId: null, choiceId: null, pageId: first, at: at(1) })
    for (const [place, { choiceId, to }] of way.entries()) {
      const number = place + 2
      taken.push({
        walkId: id,
        number,
        how: 'chose',
        fromPageId: path.at(-1) ?? first,
        choiceId,
        pageId: to,
        at: at(number),
      })
      if (to !== null) path.push(to)
    }
    const last = way.at(-1)
    const ended = last?.to === null
    const steps = way.length + 1
    return {
      ...{ id, lessonId, accountId, path, pageId: ended ? null : (path.at(-1) ?? first), steps },
      ...{ begunAt, at: at(steps), finishedAt: ended ? at(steps) : null },
    }
  })
  await walks.bulkCreate(rows)
  await steps.bulkCreate(taken)
}
