// Somebody comes into a course by themselves, leaves it again, and takes that back. What must hold for it is asked under the
// lock of the opening, so that the last place goes to one.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { guessingCode } from '#server/features/accounts/index.ts'
import { endEnrolment, enrol, getCourse } from '#server/features/courses/index.ts'
import { placePeople } from '#server/features/groups/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { countLearners, findOpen, findOpening, firstCame, isSection, lastStay, mayLeave } from '../queries.ts'
import { comeBackMs, demandOpen, endOfStay, fitsKey, stateOf } from '../rules.ts'
import { type OpeningRow, openings } from '../tables.ts'

async function locked(ctx: WriteCtx, courseId: CourseId): Promise<OpeningRow> {
  await ctx.sql('select from openings where course_id = $1 for update', [courseId])
  return openings.findByPk(courseId, { raw: true, rejectOnEmpty: true })
}

interface Coming {
  readonly opening: OpeningRow
  readonly how: 'self' | 'join code'
  readonly endsAt: Date | null
}

async function comeIn(ctx: WriteCtx, { opening, how, endsAt }: Coming): Promise<void> {
  const { courseId, sectionId } = opening
  const accountId = accountOf(ctx.who)
  await enrol(ctx, { courseId, accountId, role: 'learner', how, endsAt })
  // A section that is gone keeps nobody out of the course.
  if (sectionId !== null && (await isSection(courseId, sectionId)))
    await placePeople(ctx, { courseId, groupId: sectionId, accountIds: [accountId] })
}

/**
 * Lets the caller in as a learner. Answers what does it: who types a key may have to wait, so that comes before the
 * transaction. Throws `not-found`, `key-wrong`, `slow-down`, `opening-not-yet`, `opening-closed`, `course-full`, `taken-out`,
 * also for whose days here are over, and what `enrol` and `placePeople` throw.
 */
export async function prepareEnter(
  ctx: Ctx,
  { courseId, key }: { courseId: CourseId; key: string },
): Promise<(tx: WriteCtx) => Promise<{ courseId: CourseId; title: string }>> {
  const accountId = accountOf(ctx.who)
  const { title, isIn: already, state } = await findOpen(ctx, courseId)
  if (already) return async () => ({ courseId, title })
  demandOpen(state)
  const known = await findOpening(courseId)
  await guessingCode(ctx, async () => {
    demand(known !== null && fitsKey(known.key, key), 'key-wrong')
  })
  return async tx => {
    const opening = await locked(tx, courseId)
    if ((await lastStay(tx, courseId, accountId))?.endedAt === null) return { courseId, title }
    const { timeZone, state } = await getCourse(tx, courseId)
    // It may have been taken back meanwhile.
    demand(state === 'published', 'not-found')
    const learners = await countLearners(tx, courseId)
    demandOpen(stateOf(opening, { timeZone, learners, now: tx.now }))
    demand(fitsKey(opening.key, key), 'key-wrong')
    const endsAt = endOfStay((await firstCame(tx, courseId, accountId)) ?? tx.now, opening.days, timeZone)
    demand(endsAt === null || endsAt > tx.now, 'taken-out')
    await comeIn(tx, { opening, how: 'self', endsAt })
    return { courseId, title }
  }
}

/** Ends the caller's own time in a course. Throws `not-allowed` where it lets nobody leave, or they came another way, and what `endEnrolment` throws. */
export async function leave(ctx: WriteCtx, courseId: CourseId): Promise<void> {
  const accountId = accountOf(ctx.who)
  demand(await mayLeave(ctx, courseId, accountId), 'not-allowed')
  await endEnrolment(ctx, { courseId, accountId, by: 'themselves' })
}

/**
 * Takes back that the caller left within the hour: they are in it as they came and until when it was. Whoever is in it stays.
 * Throws `not-found` for who did not leave it, `course-full`, and what `enrol` and `placePeople` throw.
 */
export async function comeBack(ctx: WriteCtx, courseId: CourseId): Promise<void> {
  const accountId = accountOf(ctx.who)
  if ((await findOpening(courseId)) === null) throw new Problem('not-found')
  const opening = await locked(ctx, courseId)
  const last = await lastStay(ctx, courseId, accountId)
  if (last?.endedAt === null) return
  const since = ctx.now.getTime() - (last?.endedAt ? new Date(last.endedAt).getTime() : 0)
  demand(last?.left === true && since < comeBackMs, 'not-found')
  demand(opening.most === null || (await countLearners(ctx, courseId)) < opening.most, 'course-full')
  await comeIn(ctx, { opening, how: last.how, endsAt: last.endsAt && new Date(last.endsAt) })
}
