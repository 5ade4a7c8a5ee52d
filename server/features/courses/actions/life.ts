// Leads a course through its life: publishes, concludes and archives it, puts it into the bin and takes it out. What that
// means for rights is one word in the tree of contexts. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Course, type CourseId, type CourseLife, courseScope, nextStates } from '#protocol/courses.ts'
import { changePhase } from '#server/features/access/index.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { courseContext, courseOf, listMemberIds } from '../queries/course.ts'
import { demandNothingRuns } from '../queries/running.ts'
import { phases } from '../rules.ts'
import { type CourseRow, courses } from '../tables.ts'
import { freshCode } from './join-code.ts'

/** Everybody in it reads their list again. */
const tellMembers = async (ctx: WriteCtx, courseId: CourseId): Promise<void> =>
  bumpUsers(ctx, await listMemberIds(ctx, courseId), 'courses')

/**
 * Leads a course on or back. Asking for the state it is in changes nothing. Throws `not-found`, `conflict` with the
 * current course for a step that `nextStates` does not have, `is-template` for a template, `still-running` when it
 * would end under a class.
 */
export async function changeState(
  ctx: WriteCtx,
  { courseId, state }: { courseId: CourseId; state: CourseLife },
): Promise<Course> {
  const row = await courses.findOne({ where: { id: courseId, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.state === state) return courseOf(row)
  demand(!row.template, 'is-template')
  demand(nextStates[row.state].includes(state), 'conflict', { params: { current: courseOf(row) } })
  if (state !== 'published') await demandNothingRuns(ctx, courseId)
  const next: CourseRow = { ...row, state, version: row.version + 1 }
  await courses.update({ state, version: next.version }, { where: { id: courseId } })
  if (phases[state] !== phases[row.state]) await changePhase(ctx, courseContext(courseId), phases[state])
  await audit.record(ctx, {
    verb: 'course.state-changed',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { before: { state: row.state }, after: { state } },
  })
  ctx.announce(courseScope, courseId, { kind: 'courseChanged', body: { course: courseOf(next), was: row.state } })
  await tellMembers(ctx, courseId)
  return courseOf(next)
}

/**
 * Puts a course into the bin: nobody finds it any more, and all of it stays. Throws `not-found`, `still-running` under
 * a class.
 */
export async function removeCourse(ctx: WriteCtx, courseId: CourseId): Promise<void> {
  const row = await courses.findOne({ where: { id: courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.removedAt !== null) return
  await demandNothingRuns(ctx, courseId)
  const removedBy = actorOf(ctx.who)
  await courses.update({ removedAt: ctx.now, removedBy }, { where: { id: courseId } })
  await changePhase(ctx, courseContext(courseId), 'removed')
  await audit.record(ctx, {
    verb: 'course.removed',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { title: row.title },
  })
  await tellMembers(ctx, courseId)
}

/**
 * Takes a course out of the bin, in the state it was in; its code is a new one when another course took it meanwhile.
 * Throws `not-found`.
 */
export async function restoreCourse(ctx: WriteCtx, courseId: CourseId): Promise<Course> {
  const row = await courses.findOne({ where: { id: courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.removedAt === null) return courseOf(row)
  const taken = row.joinCode && (await courses.count({ where: { joinCode: row.joinCode, removedAt: null } })) > 0
  const joinCode = taken ? await freshCode(ctx) : row.joinCode
  await courses.update({ removedAt: null, removedBy: null, joinCode }, { where: { id: courseId } })
  await changePhase(ctx, courseContext(courseId), phases[row.state])
  await audit.record(ctx, {
    verb: 'course.restored',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { title: row.title },
  })
  await tellMembers(ctx, courseId)
  return courseOf(row)
}
