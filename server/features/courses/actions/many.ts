// Many people into a course or out of it, in one transaction: a statement a step, whatever their number.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { assignRoles, removeRoles } from '#server/features/access/index.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { courseContext, getCourse, listMemberIds } from '../queries/course.ts'
import { leaveAll } from './leaving.ts'

interface Many {
  readonly courseId: string
  readonly accountIds: readonly AccountId[]
}

/** Enrols many with one role; who is in keeps theirs. Answers who came. Asks no rights. Throws `not-found`. */
export async function enrolMany(
  ctx: WriteCtx,
  { courseId, accountIds, role }: Many & { readonly role: Exclude<CourseRole, 'guest'> },
): Promise<AccountId[]> {
  if (accountIds.length === 0) return []
  const course = await getCourse(ctx, courseId)
  const made = await ctx.sql<{ accountId: AccountId }>(
    `insert into enrolments (id, course_id, account_id, how, at)
     select id, $2, account_id, 'by hand', $4 from unnest($1::uuid[], $3::uuid[]) as n(id, account_id)
     on conflict (course_id, account_id) where ended_at is null do nothing returning account_id as "accountId"`,
    [accountIds.map(() => newId()), course.id, accountIds, ctx.now],
  )
  const came = made.map(one => one.accountId)
  if (came.length === 0) return []
  await assignRoles(ctx, { accountIds: came, role, context: courseContext(course.id) })
  await bumpUsers(ctx, came, 'courses')
  await audit.record(ctx, {
    verb: 'course.people-imported',
    subject: { kind: 'course', id: course.id },
    details: { enrolled: came.length, role },
  })
  ctx.announce(courseStaffScope, course.id, { kind: 'peopleChanged', body: { by: came.length, accountIds: came } })
  return came
}

/**
 * Ends the time of many in a course; who is not in it is passed over. The last instructors stay: a course is never left
 * without one. Asks no rights.
 */
export async function endEnrolments(ctx: WriteCtx, { courseId, accountIds }: Many): Promise<void> {
  const instructors = await listMemberIds(ctx, courseId, ['instructor'])
  const ending = new Set(accountIds)
  const stay = instructors.every(id => ending.has(id)) ? instructors : []
  const ended = await ctx.sql<{ accountId: AccountId }>(
    `update enrolments set ended_at = $3
      where course_id = $1 and account_id = any($2::uuid[]) and ended_at is null returning account_id as "accountId"`,
    [courseId, accountIds.filter(id => !stay.includes(id)), ctx.now],
  )
  const gone = ended.map(one => one.accountId)
  if (gone.length === 0) return
  const context = courseContext(courseId)
  await removeRoles(ctx, { accountIds: gone, context })
  await leaveAll(ctx, courseId, gone)
  await bumpUsers(ctx, gone, 'courses')
  await audit.record(ctx, {
    verb: 'course.enrolments-ended',
    subject: { kind: 'course', id: courseId },
    details: { ended: gone.length, accountIds: gone },
  })
  ctx.announce(courseStaffScope, courseId, { kind: 'peopleChanged', body: { by: -gone.length } })
}
