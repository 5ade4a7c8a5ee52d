// The HTTP door of lessons: asks for the right, then calls the action or query. Who is where is for who sees all grades of the
// course; the steps of learners alone are kept.
import { demand } from '#protocol/base/problems.ts'
import type { lessonRoutes } from '#protocol/lessons.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { demandOpen, demandSeen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeLesson, createLesson } from './actions/lessons.ts'
import { addPage, changePage, movePage, removePage, restorePage } from './actions/pages.ts'
import { takeStep } from './actions/walks.ts'
import {
  followed,
  getLesson,
  getLessonPage,
  learnsIn,
  lessonKind,
  lessonOf,
  linesOf,
  type OfLesson,
  pageOf,
  viewOf,
} from './queries/lessons.ts'
import { countTaken, countWalkers, findWalk, listSteps, listWalkers, placeOf } from './queries/walks.ts'
import { isBook, warningsIn } from './rules.ts'

/** The lesson for whoever may look at the course. What is not released is, for learners, not there. */
async function lessonFor(ctx: Ctx, input: OfLesson) {
  const here = await demandMay(ctx, 'course.view', courseContext(input.courseId), 'reading')
  const { row, item } = await getLesson(ctx, input)
  const mayChange = await demandSeen(ctx, here, input.courseId, item, 'reading')
  return { here, row, item, mayChange }
}

/** The lesson for its learner, who may go on in it now. */
async function walkFor(ctx: Ctx, input: OfLesson) {
  await demandMay(ctx, 'course.view', courseContext(input.courseId), 'reading')
  const { row, item } = await getLesson(ctx, input)
  await demandMay(ctx, 'activity.answer', courseContext(input.courseId))
  const accountId = accountOf(ctx.who)
  demand(item.published, 'not-found')
  demand(await learnsIn(ctx, row.courseId, accountId), 'not-a-learner')
  await demandOpen(ctx, input.courseId, { kind: lessonKind, refId: row.id })
  return { row, accountId }
}

/** For whoever changes this lesson. Throws as `demandThing`. */
async function forWriting(ctx: Ctx, input: OfLesson, doing?: 'reading') {
  const { courseId, lessonId } = input
  await demandThing(ctx, 'content.change', { courseId, kind: lessonKind, refId: lessonId }, doing)
  return (await getLesson(ctx, input)).row
}

async function forWatching(ctx: Ctx, input: OfLesson) {
  await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
  return (await getLesson(ctx, input)).row
}

export const httpHandlers: Handlers<typeof lessonRoutes> = {
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { lesson: await createLesson(ctx, input) }
  },
  get: async (ctx, input) => {
    const { here, row, item, mayChange } = await lessonFor(ctx, input)
    const accountId = accountOf(ctx.who)
    const learns = here.may('activity.answer') && (await learnsIn(ctx, row.courseId, accountId))
    const pages = await linesOf(row.id)
    const walk = learns ? await findWalk({ lessonId: row.id, accountId }) : undefined
    return {
      lesson: lessonOf(row),
      published: item.published,
      mayChange,
      maySeeAll: here.may('grade.view-all'),
      kept: learns && item.published && (await may(ctx, 'activity.answer', courseContext(row.courseId), 'writing')),
      pages: pages.length,
      contents: row.anyOrder || isBook(pages) ? pages.map(({ id, title }) => ({ id, title })) : [],
      place: walk ? await placeOf(ctx, walk, pages) : null,
    }
  },
  change: async (ctx, input) => {
    await forWriting(ctx, input)
    return { lesson: await changeLesson(ctx, input) }
  },
  outline: async (ctx, input) => {
    const row = await forWriting(ctx, input, 'reading')
    const pages = await linesOf(row.id)
    return {
      pages: pages.map(({ id, title, choices, version }) => ({ id, title, choices, version })),
      warnings: warningsIn(row, pages),
    }
  },
  page: async (ctx, input) => {
    const row = await forWriting(ctx, input, 'reading')
    return { page: pageOf(await getLessonPage(row.id, input.pageId)) }
  },
  addPage: async (ctx, input) => {
    await forWriting(ctx, input)
    return { page: await addPage(ctx, input) }
  },
  changePage: async (ctx, input) => {
    await forWriting(ctx, input)
    return { page: await changePage(ctx, input) }
  },
  movePage: async (ctx, input) => {
    await forWriting(ctx, input)
    await movePage(ctx, input)
    return {}
  },
  removePage: async (ctx, input) => {
    await forWriting(ctx, input)
    await removePage(ctx, input)
    return {}
  },
  restorePage: async (ctx, input) => {
    await forWriting(ctx, input)
    await restorePage(ctx, input)
    return {}
  },
  step: async (ctx, { step, ...of }) => {
    const { row, accountId } = await walkFor(ctx, of)
    return takeStep(ctx, row, { accountId, step })
  },
  look: async (ctx, { pageId, choiceId, ...of }) => {
    const { row } = await lessonFor(ctx, of)
    const pages = await linesOf(row.id)
    if (pageId === undefined) {
      const first = pages[0]
      return { page: first ? await viewOf(pages, first.id) : null, feedback: '' }
    }
    const { id } = await getLessonPage(row.id, pageId)
    if (choiceId === undefined) return { page: await viewOf(pages, id), feedback: '' }
    const { to, feedback } = followed(pages, id, choiceId)
    return { page: to === null ? null : await viewOf(pages, to), feedback }
  },
  walkers: async (ctx, input) => {
    await forWatching(ctx, input)
    const page = await listWalkers(ctx, input)
    return { ...page, counts: input.after === undefined ? await countWalkers(ctx, input) : null }
  },
  path: async (ctx, input) => {
    await forWatching(ctx, input)
    return listSteps(ctx, input)
  },
  taken: async (ctx, input) => {
    await forWatching(ctx, input)
    return { choices: await countTaken(ctx, input) }
  },
}
