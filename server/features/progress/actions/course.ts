// Says what completes a course, and what people say of it by hand. Rights were asked by the door.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  type CourseMark,
  type CourseRule,
  type CourseRuleSaid,
  type CourseStanding,
  mostPreviewed,
} from '#protocol/progress/course.ts'
import { progressScope } from '#protocol/progress.ts'
import { bumpUser, bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse, listMemberIds, lockCourse } from '#server/features/courses/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { courseFacts, courseStandings, findCourseRule, previewed, recordsOf } from '../queries/course.ts'
import { getRule } from '../queries/record.ts'
import { courseStandingOf } from '../rules.ts'
import { courseMarks, courseRules } from '../tables.ts'
import { lockPeople, settle, settleAll } from './settle.ts'

/** The items stand in the course; what the rule named before may be gone since. Throws `malformed`. */
async function demandItems(ctx: WriteCtx, courseId: CourseId, said: CourseRuleSaid, before: CourseRule): Promise<void> {
  const idsIn = ({ parts }: CourseRuleSaid) => parts.flatMap(one => (one.kind === 'items' ? one.itemIds : []))
  const kept = new Set<string>(idsIn(before))
  for (const id of idsIn(said)) {
    if (kept.has(id)) continue
    await getRule(ctx, courseId, id).catch(() => {
      throw new Problem('malformed', { errors: [{ path: 'parts', code: 'not_found' }] })
    })
  }
}

/**
 * Says what completes a course; every record is worked out anew by jobs. Throws `conflict` with the current rule when somebody
 * was faster, `malformed` for items that are not in the course, `not-found` where there is no such course.
 */
export async function changeCourseRule(
  ctx: WriteCtx,
  { courseId, version, need, parts }: CourseRule & { courseId: CourseId },
): Promise<CourseRule> {
  await lockCourse(ctx, courseId)
  const { title } = await getCourse(ctx, courseId)
  const current = await findCourseRule(courseId)
  demand(current.version === version, 'conflict', { params: { current } })
  await demandItems(ctx, courseId, { need, parts }, current)
  await courseRules.upsert({ courseId, need, parts, version: version + 1, lookedAt: ctx.now })
  await audit.record(ctx, {
    verb: 'completion.changed',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: {
      ...{ courseId, title, version: version + 1 },
      before: { need: current.need, parts: current.parts },
      after: { need, parts },
    },
  })
  ctx.announce(progressScope, courseId, { kind: 'rulesChanged', body: {} })
  await settleAll(ctx, courseId, 'rule')
  // What is asked of each learner is another, whether or not their record is.
  await bumpUsers(ctx, await listMemberIds(ctx, courseId, ['learner']), 'courses')
  return { need, parts, version: version + 1 }
}

/** What a rule would come to for the learners of a course, the first by name. */
export async function previewCourseRule(ctx: Ctx, courseId: CourseId, said: CourseRuleSaid) {
  const { ids, count } = await previewed(ctx, courseId, mostPreviewed)
  const facts = await courseFacts(ctx, courseId, said, ids)
  const have = new Set((await recordsOf(ctx, courseId, ids)).flatMap(one => (one.taken_at ? [] : [one.account_id])))
  const would = new Set(
    [...facts].flatMap(([id, known]) =>
      said.parts.length > 0 && courseStandingOf(said, known, ctx.now).complete !== null ? [id] : [],
    ),
  )
  return {
    ...{ learners: count, looked: ids.length, complete: would.size },
    gained: [...would].filter(id => !have.has(id)).length,
    lost: ids.filter(id => have.has(id) && !would.has(id)).length,
  }
}

interface Marking {
  readonly courseId: CourseId
  readonly accountId: AccountId
  readonly what: CourseMark
  readonly done: 'yes' | 'no'
}

/** Writes a mark down or takes it away, and what follows for the record. Throws `not-found` where the rule asks for no such. */
async function mark(ctx: WriteCtx, { courseId, accountId, what, done }: Marking): Promise<'changed' | 'kept'> {
  const { parts } = await findCourseRule(courseId)
  const asked = what === 'whole' ? parts.length > 0 : parts.some(one => one.kind === what)
  demand(asked || done === 'no', 'not-found')
  await lockPeople(ctx, courseId, [accountId])
  const where = { courseId, accountId, what }
  const before = await courseMarks.findOne({ where, raw: true })
  if ((before !== null) === (done === 'yes')) return 'kept'
  if (done === 'yes') await courseMarks.create({ ...where, at: ctx.now, markedBy: accountOf(ctx.who) })
  else await courseMarks.destroy({ where })
  await settle(ctx, courseId, [accountId], 'record')
  ctx.announce(progressScope, courseId, { kind: 'courseCompleted', body: {} })
  return 'changed'
}

/** The caller says that they have completed a course, or takes it back. Throws `not-found` where nobody asks them. */
export async function markCourse(ctx: WriteCtx, courseId: CourseId, done: 'yes' | 'no'): Promise<void> {
  const accountId = accountOf(ctx.who)
  const what = 'self'
  if ((await mark(ctx, { courseId, accountId, what, done })) === 'changed') await bumpUser(ctx, accountId, 'courses')
}

/** A teacher says it of a learner, or takes it back. Throws `not-found` for who does not learn there, or what is not asked for. */
export async function markLearner(
  ctx: WriteCtx,
  { courseId, accountId, what, done }: Marking,
): Promise<CourseStanding> {
  const { title } = await getCourse(ctx, courseId)
  demand((await listMemberIds(ctx, courseId, ['learner'])).includes(accountId), 'not-found')
  if ((await mark(ctx, { courseId, accountId, what, done })) === 'changed') {
    await audit.record(ctx, {
      verb: done === 'yes' ? 'completion.marked' : 'completion.mark-taken',
      subject: { kind: 'account', id: accountId },
      context: courseContext(courseId),
      details: { courseId, title, what },
    })
    await bumpUsers(ctx, [accountId], 'courses')
  }
  return (await courseStandings(ctx, courseId, [accountId]))(accountId)
}
