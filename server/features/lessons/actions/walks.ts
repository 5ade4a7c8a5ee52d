// Writes the steps of learners. Rights were asked by the door. The last step counts, whatever device it is made on.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  type LessonChoiceId,
  type LessonPageId,
  type LessonPlace,
  type LessonStep,
  lessonStaffScope,
} from '#protocol/lessons.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import type { CourseReset } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { followed, linesOf } from '../queries/lessons.ts'
import { countWalks, findWalk, placeOf } from '../queries/walks.ts'
import { type Leading, pathBack, pathOnto } from '../rules.ts'
import { type LessonRow, type StepRow, steps, type WalkRow, walks } from '../tables.ts'

/** Steps of one time through a lesson that are kept; whoever goes round longer begins anew. */
const mostSteps = 5_000

/** Times that one person begins a lesson and that are kept. */
const mostWalks = 200

interface Step {
  readonly how: StepRow['how']
  readonly from: LessonPageId | null
  readonly choiceId: LessonChoiceId | null
  /** Null to the end. */
  readonly to: LessonPageId | null
  readonly path: LessonPageId[]
  readonly feedback: string
}

/** What a step comes to. Throws `conflict` for a choice that is there no longer, `not-found` for a page that is not. */
function stepOf(
  { pageId: on, path }: WalkRow,
  { anyOrder }: LessonRow,
  pages: readonly Leading[],
  step: Exclude<LessonStep, { do: 'begin' }>,
): Step | undefined {
  switch (step.do) {
    case 'choose': {
      const { pageId: from, choiceId } = step
      const { to, feedback } = followed(pages, from, choiceId)
      return { how: 'chose', from, choiceId, to, path: pathOnto(path, from, to), feedback }
    }
    case 'back': {
      const way = pathBack(path, on, pages)
      const to = way?.at(-1)
      return way && to && { how: 'back', from: on, choiceId: null, to, path: way, feedback: '' }
    }
    case 'jump': {
      const to = step.pageId
      demand(anyOrder && pages.some(one => one.id === to), 'not-found')
      if (to === on) return undefined
      const way = on === null ? [...path, to] : pathOnto(path, on, to)
      return { how: 'jumped', from: on, choiceId: null, to, path: way, feedback: '' }
    }
  }
}

async function begin(ctx: WriteCtx, row: LessonRow, accountId: AccountId, pages: readonly Leading[]): Promise<WalkRow> {
  const first = pages[0]
  if (!first) throw new Problem('not-found')
  const walk: WalkRow = {
    ...{ id: newId<'LessonWalk'>(), lessonId: row.id, accountId, path: [first.id], pageId: first.id },
    ...{ steps: 1, begunAt: ctx.now, at: ctx.now, finishedAt: null },
  }
  await walks.create(walk)
  await steps.create({
    ...{ walkId: walk.id, number: 1, how: 'began', fromPageId: null, choiceId: null, pageId: first.id, at: ctx.now },
  })
  return walk
}

/** Takes one step of a learner and answers where they are. What it throws says `stepOf`; also `too-many`. */
export async function takeStep(
  ctx: WriteCtx,
  row: LessonRow,
  { accountId, step }: { readonly accountId: AccountId; readonly step: LessonStep },
): Promise<{ place: LessonPlace; feedback: string }> {
  // Its pages stay as they are until the step is taken.
  await ctx.sql('select from lessons where id = $1 for share', [row.id])
  const pages = await linesOf(row.id)
  const before = await findWalk({ lessonId: row.id, accountId }, 'lock')
  const tell = (kind: 'stepped' | 'finished') => ctx.announce(lessonStaffScope, row.id, { kind, body: { accountId } })
  if (step.do === 'begin') {
    const times = await walks.count({ where: { lessonId: row.id, accountId } })
    demand(times < mostWalks, 'too-many', { params: { most: mostWalks } })
    const walk = await begin(ctx, row, accountId, pages)
    tell('stepped')
    await bumpUser(ctx, accountId, 'courses')
    return { place: await placeOf(ctx, walk, pages), feedback: '' }
  }
  if (!before) throw new Problem('not-found')
  const taken = stepOf(before, row, pages, step)
  if (!taken) return { place: await placeOf(ctx, before, pages), feedback: '' }
  demand(before.steps < mostSteps, 'too-many', { params: { most: mostSteps } })
  const ends = taken.to === null
  const walk: WalkRow = {
    ...{ ...before, path: taken.path, pageId: taken.to, steps: before.steps + 1, at: ctx.now },
    finishedAt: before.finishedAt ?? (ends ? ctx.now : null),
  }
  await walks.update(walk, { where: { id: walk.id } })
  await steps.create({
    ...{ walkId: walk.id, number: walk.steps, how: taken.how, fromPageId: taken.from, choiceId: taken.choiceId },
    ...{ pageId: taken.to, at: ctx.now },
  })
  const done = ends && before.finishedAt === null
  tell(done ? 'finished' : 'stepped')
  // Something else may be open to them now.
  if (done) await bumpUser(ctx, accountId, 'courses')
  return { place: await placeOf(ctx, walk, pages), feedback: taken.feedback }
}

/** How learners went goes with the other work of a course that begins anew; the lessons stay. */
export const walksReset: CourseReset = {
  count: countWalks,
  clear: async (ctx, courseId: CourseId) => {
    const inCourse = `select w.id from lesson_walks w join lessons l on l.id = w.lesson_id where l.course_id = $1`
    await ctx.sql(`delete from lesson_steps where walk_id in (${inCourse})`, [courseId])
    await ctx.sql(`delete from lesson_walks where id in (${inCourse})`, [courseId])
  },
}
