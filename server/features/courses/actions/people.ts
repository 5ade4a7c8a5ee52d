// Brings people into a course and ends their time in it; the role itself is kept by access. Rights were asked by the door.

import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import { readCode } from '#protocol/courses/people.ts'
import { courseStaffScope, type EnrolmentId } from '#protocol/courses/staff.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  assignRole,
  demandNotOver,
  type Enrolled,
  enrolledWith,
  enrolmentWith,
  removeRole,
} from '#server/features/access/index.ts'
import { bumpUser, getAccount, guessingCode } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { countOtherInstructors, courseContext, getCourse } from '../queries/course.ts'
import { findPerson } from '../queries/people.ts'
import { demandFitFor, demandInstructorStays, demandNotTakenOut } from '../rules.ts'
import { courses, type EnrolmentHow, enrolments } from '../tables.ts'
import { lockCourse } from './items.ts'
import { leaveAll } from './leaving.ts'
import { demandTakes } from './templates.ts'

export interface Enrolling {
  courseId: CourseId | string
  accountId: AccountId
  role: CourseRole | CustomRoleId
  how: EnrolmentHow
  /** When staff made the invitation that lets them in. */
  invitedAt?: Date
  /** When their time in it ends by itself. */
  endsAt?: Date | null
}

/**
 * Puts an account into a course with a role. One that is in it already keeps its enrolment and its role: nobody is
 * promoted or demoted by coming twice. Answers whether the account was new here. Asks no rights; throws `not-found`,
 * `not-here` for a role nobody is enrolled with, `concluded`, `not-for-staff`, `is-template` for who would learn in a template, and `taken-out` for whom staff took
 * out, unless by hand or by an invitation they made afterwards.
 */
export async function enrol(
  ctx: WriteCtx,
  { courseId, accountId, role: wanted, how, invitedAt, endsAt = null }: Enrolling,
): Promise<'enrolled' | 'was in'> {
  const course = await getCourse(ctx, courseId)
  await demandNotOver(ctx, courseContext(course.id))
  const { role, custom, key } = await enrolmentWith(wanted)
  demandFitFor(role, await getAccount(accountId))
  if (how !== 'by hand') {
    const past = await enrolments.findAll({ where: { courseId: course.id, accountId }, raw: true })
    demandNotTakenOut(past, invitedAt ?? null)
  }
  const made = await ctx.sql<{ id: EnrolmentId }>(
    `insert into enrolments (id, course_id, account_id, how, at, ends_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (course_id, account_id) where ended_at is null do nothing returning id`,
    [newId(), course.id, accountId, how, ctx.now, endsAt],
  )
  if (made.length === 0) return 'was in'
  await demandTakes(ctx, course.id, role)
  await assignRole(ctx, { accountId, role, custom, context: courseContext(course.id) })
  await audit.record(ctx, {
    verb: 'course.enrolled',
    subject: { kind: 'course', id: course.id },
    details: { accountId, role: key, how },
  })
  // Whoever came by themselves knows.
  const ids = made.map(one => one.id)
  const came = how === 'by hand' && accountId !== actorOf(ctx.who) ? { brought: ids } : { joined: ids }
  ctx.announce(courseStaffScope, course.id, { kind: 'peopleChanged', body: { by: 1, ...came } })
  await bumpUser(ctx, accountId, 'courses')
  return 'enrolled'
}

/**
 * Enrols by hand. Throws `already-enrolled` when the person is in the course, `no-account`, and what `enrol` throws.
 */
export async function enrolByHand(
  ctx: WriteCtx,
  input: {
    courseId: CourseId
    email?: string | undefined
    accountId?: AccountId | undefined
    role: CourseRole | CustomRoleId
  },
): Promise<{ accountId: AccountId; name: string }> {
  const person = await findPerson(ctx, input)
  const done = await enrol(ctx, { courseId: input.courseId, accountId: person.id, role: input.role, how: 'by hand' })
  if (done === 'was in') throw new Problem('already-enrolled', { params: { name: person.name } })
  return { accountId: person.id, name: person.name }
}

/** The course behind a code. Throws `code-unknown` (a code that is off is unknown), `slow-down` after too many wrong ones, `is-template`. */
export async function courseByCode(ctx: Ctx, typed: string) {
  const found = await guessingCode(ctx, async () => {
    const code = readCode(typed)
    const found = code && (await courses.findOne({ where: { joinCode: code, removedAt: null }, raw: true }))
    if (!found) throw new Problem('code-unknown')
    return found
  })
  if (found.template) throw new Problem('is-template')
  return found
}

/**
 * Lets the caller in as a learner (a guest as a guest). Answers what does it: who looks up a code may have to wait, so
 * that comes before the transaction. Throws `is-template`, `code-unknown` (a code that is off is unknown), `slow-down`,
 * `taken-out`, and what `enrol` throws.
 */
export async function prepareJoinByCode(
  ctx: Ctx,
  accountId: AccountId,
  typed: string,
): Promise<(tx: WriteCtx) => Promise<{ courseId: CourseId; title: string }>> {
  const course = await courseByCode(ctx, typed)
  const guest = ctx.who.kind === 'account' && ctx.who.siteRole === 'guest'
  return async tx => {
    await enrol(tx, { courseId: course.id, accountId, role: guest ? 'guest' : 'learner', how: 'join code' })
    return { courseId: course.id, title: course.title }
  }
}

interface OfPerson {
  courseId: CourseId
  accountId: AccountId
}

/** What a person is enrolled with, read under the course's lock so that two cannot step down at once. Throws `not-found`. */
export async function lockedRole(ctx: WriteCtx, { courseId, accountId }: OfPerson): Promise<Enrolled> {
  await getCourse(ctx, courseId)
  await lockCourse(ctx, courseId)
  const current = await enrolments.count({ where: { courseId, accountId, endedAt: null } })
  const held = await enrolledWith(accountId, courseContext(courseId))
  if (current === 0 || held === undefined) throw new Problem('not-found')
  return held
}

/**
 * Gives a person another role; throws `last-instructor` when nobody would be left to run the course. Throws
 * `not-found`, `not-here` for a role nobody is enrolled with, `not-for-staff` and `is-template`.
 */
export async function changeRole(ctx: WriteCtx, input: OfPerson & { role: CourseRole | CustomRoleId }): Promise<void> {
  const { courseId, accountId } = input
  const from = await lockedRole(ctx, input)
  if (from.key === input.role) return
  const { role, custom, key: to } = await enrolmentWith(input.role)
  demandFitFor(role, await getAccount(accountId))
  demandInstructorStays(from.key, to, await countOtherInstructors(ctx, courseId, accountId))
  await demandTakes(ctx, courseId, role)
  await assignRole(ctx, { accountId, role, custom, context: courseContext(courseId) })
  await audit.record(ctx, {
    verb: 'course.role-changed',
    subject: { kind: 'course', id: courseId },
    details: { accountId, from: from.key, to },
  })
  ctx.announce(courseStaffScope, courseId, { kind: 'roleChanged', body: {} })
  await bumpUser(ctx, accountId, 'courses')
}

/**
 * Ends a person's time in the course: the row stays and says until when; open sockets lose the course at once. `by`: who
 * leaves may come back by themselves. Throws `not-found`, `last-instructor`.
 */
export async function endEnrolment(
  ctx: WriteCtx,
  input: OfPerson & { by?: 'staff' | 'themselves' | undefined },
): Promise<void> {
  const { courseId, accountId, by } = input
  const from = await lockedRole(ctx, input)
  demandInstructorStays(from.key, null, await countOtherInstructors(ctx, courseId, accountId))
  const ended = await ctx.sql<{ id: EnrolmentId }>(
    `update enrolments set ended_at = $3, left_by_self = $4
      where course_id = $1 and account_id = $2 and ended_at is null returning id`,
    [courseId, accountId, ctx.now, by === 'themselves'],
  )
  await removeRole(ctx, { accountId, context: courseContext(courseId) })
  await leaveAll(ctx, courseId, [accountId])
  await audit.record(ctx, {
    verb: 'course.enrolment-ended',
    subject: { kind: 'course', id: courseId },
    details: { accountId, role: from.key, ...(by === 'themselves' ? { how: 'self' } : {}) },
  })
  ctx.announce(courseStaffScope, courseId, { kind: 'peopleChanged', body: { by: -1, ended: ended.map(one => one.id) } })
  await bumpUser(ctx, accountId, 'courses')
}
