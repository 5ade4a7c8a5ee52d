// What an observer sees of a learner: read as the learner, in a transaction that is taken back, by the reads that are made
// for learners themselves. A closed set: whatever is not here, an observer does not read. Rights are judged each time.
import type { Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Observed, ObservedGrade, observerRoutes } from '#protocol/observers.ts'
import { readOwnAttendance } from '#server/features/attendance/index.ts'
import { getCourse, ownCourses } from '#server/features/courses/index.ts'
import { findGrading, readOwnGrades } from '#server/features/grades/index.ts'
import { ownProgress, readOwnProgress } from '#server/features/progress/index.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { readSupposing } from '#server/platform/db/transact.ts'
import { dueNext, holds, mayObserve } from '../rules.ts'
import { findLink, readParty } from './links.ts'

type Reading = { readonly ctx: Ctx; readonly learner: Observed }

/**
 * Reads as the learner whom the caller observes. Throws `not-found` where they never did, `observing-over` where they no
 * longer do or the learner is not here any more.
 */
async function asLearner<T>(ctx: Ctx, learnerId: AccountId, read: (reading: Reading) => Promise<T>): Promise<T> {
  const observing = demandAccount(ctx.who)
  const link = await findLink(ctx, observing.accountId, learnerId)
  if (!link) throw new Problem('not-found')
  const { learner, observed } = link
  const observer = await readParty(ctx, observing.accountId)
  demand(holds(link, ctx.now) && mayObserve(observer, learner), 'observing-over')
  const { accountId, siteRole, name } = learner
  const who = { kind: 'account' as const, accountId, sessionId: observing.sessionId, siteRole, name }
  return readSupposing(
    ctx,
    async inside => ({ ...inside, who, seenAs: undefined }),
    inside => read({ ctx: inside, learner: observed }),
  )
}

/** How a learner gets on in the courses they learn in and may see now. Throws as `asLearner`. */
export const readLearner = (ctx: Ctx, learnerId: AccountId): Promise<Output<typeof observerRoutes.learner>> =>
  asLearner(ctx, learnerId, async ({ ctx: inside, learner }) => {
    const open = (await ownCourses(inside, learnerId)).filter(one => one.may('course.view'))
    const titles = new Map(open.map(one => [one.id, one.title]))
    const progress = await ownProgress(
      inside,
      learnerId,
      open.map(one => one.id),
    )
    const courses = [...progress]
      .map(([id, { sum }]) => ({ id: id as CourseId, title: titles.get(id) ?? '', sum }))
      .sort((a, b) => a.title.localeCompare(b.title))
    const due = dueNext([...progress].flatMap(([courseId, { items }]) => items.map(one => ({ ...one, courseId }))))
    return {
      learner,
      courses,
      due: due.map(({ courseId, item, dueAt }) => ({
        ...{ courseId: courseId as CourseId, courseTitle: titles.get(courseId) ?? '' },
        ...{ title: item.title, kind: item.kind, dueAt },
      })),
    }
  })

type OwnGrades = Awaited<ReturnType<typeof readOwnGrades>>

const gradesOf = ({ gradeItems, cells, empty }: OwnGrades): ObservedGrade[] =>
  gradeItems.map(({ id, title, at, points }) => {
    const cell = cells.find(one => one.gradeItemId === id)
    return {
      ...{ gradeItemId: id, title, at },
      points: cell?.points ?? points,
      score: cell?.score ?? null,
      why: cell ? null : (empty.find(one => one.gradeItemId === id)?.why ?? null),
    }
  })

/**
 * One course of theirs: item by item, grades, classes. Throws as `asLearner`, and `not-found` where they do not learn.
 * What is theirs in it is read, and refused, as `readOwnAttendance` reads it.
 */
export const readLearnersCourse = (
  ctx: Ctx,
  learnerId: AccountId,
  courseId: CourseId,
): Promise<Output<typeof observerRoutes.course>> =>
  asLearner(ctx, learnerId, async ({ ctx: inside, learner }) => {
    demand((await ownProgress(inside, learnerId, [courseId])).has(courseId), 'not-found')
    const { items, sum, grade } = await readOwnProgress(inside, courseId)
    const { title, timeZone } = await getCourse(inside, courseId)
    const { items: classes } = await readOwnAttendance(inside, courseId)
    return {
      learner,
      course: { id: courseId, title, timeZone },
      ...{ items, sum, grade },
      grades: gradesOf(await readOwnGrades(inside, courseId)),
      scale: (await findGrading(courseId)).scale,
      classes: classes.map(({ run, status, mark }) => ({ run, status, corrected: mark !== null })),
    }
  })
