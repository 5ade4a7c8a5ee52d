// Many people into a course or out of it, in one transaction: a statement a step, whatever their number.
import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import { courseStaffScope, type EnrolmentId } from '#protocol/courses/staff.ts'
import { type CourseLife, isOver } from '#protocol/courses.ts'
import { assignRoles, demandNotOver, enrolmentWith, removeRoles } from '#server/features/access/index.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { courseContext, getCourse, listInstructors } from '../queries/course.ts'
import { fitOf } from '../queries/people.ts'
import type { EnrolmentHow } from '../tables.ts'
import { leaveAll } from './leaving.ts'
import { demandTakes } from './templates.ts'

/** Named by one event at most: everybody who hears the course gets it whole. */
const peopleAnEvent = 500

interface Many {
  readonly courseId: string
  readonly accountIds: readonly AccountId[]
}

interface EnrollingMany {
  readonly role: Exclude<CourseRole, 'guest'> | CustomRoleId
  readonly how?: EnrolmentHow
  /** Whose time ends by itself, and when. */
  readonly ends?: ReadonlyMap<AccountId, Date>
}

/** Why nobody comes into a course any more; undefined while it takes people. It stays so until the transaction ends. */
export async function closedBecause(
  ctx: WriteCtx,
  courseId: string,
): Promise<'gone' | 'ended' | 'template' | undefined> {
  const [row] = await ctx.sql<{ state: CourseLife; template: boolean }>(
    'select state, template from courses where id = $1 and removed_at is null for share',
    [courseId],
  )
  if (!row) return 'gone'
  if (row.template) return 'template'
  return isOver(row.state) ? 'ended' : undefined
}

/**
 * Enrols many with one role; who is in keeps theirs. Answers who came, and who may not hold the role and stays out. Asks no
 * rights. Throws `not-found`, `not-here` for a role nobody is enrolled with, `concluded` for a course that has ended, and `is-template` where they would learn in a template.
 */
export async function enrolMany(
  ctx: WriteCtx,
  { courseId, accountIds: wanted, role: asked, how = 'by hand', ends = new Map() }: Many & EnrollingMany,
): Promise<{ came: AccountId[]; unfit: AccountId[] }> {
  if (wanted.length === 0) return { came: [], unfit: [] }
  const course = await getCourse(ctx, courseId)
  await demandNotOver(ctx, courseContext(course.id))
  const { role, custom, key } = await enrolmentWith(asked)
  const accountIds = await fitOf(wanted, role)
  const fit = new Set(accountIds)
  const unfit = wanted.filter(id => !fit.has(id))
  const made = await ctx.sql<{ id: EnrolmentId; accountId: AccountId }>(
    `insert into enrolments (id, course_id, account_id, how, at, ends_at)
     select id, $2, account_id, $5, $4, ends_at
       from unnest($1::uuid[], $3::uuid[], $6::timestamptz[]) as n(id, account_id, ends_at)
     on conflict (course_id, account_id) where ended_at is null do nothing returning id, account_id as "accountId"`,
    [accountIds.map(() => newId()), course.id, accountIds, ctx.now, how, accountIds.map(id => ends.get(id) ?? null)],
  )
  const came = made.map(one => one.accountId)
  if (came.length === 0) return { came, unfit }
  await demandTakes(ctx, course.id, role)
  await assignRoles(ctx, { accountIds: came, role, custom, context: courseContext(course.id) })
  await bumpUsers(ctx, came, 'courses')
  await audit.record(ctx, {
    verb: 'course.people-imported',
    subject: { kind: 'course', id: course.id },
    details: { enrolled: came.length, role: key, how },
  })
  const actor = actorOf(ctx.who)
  for (let at = 0; at < made.length; at += peopleAnEvent) {
    const some = made.slice(at, at + peopleAnEvent)
    const brought = some.filter(one => one.accountId !== actor).map(one => one.id)
    const joined = some.filter(one => one.accountId === actor).map(one => one.id)
    const body = { by: some.length, brought, ...(joined.length > 0 && { joined }) }
    ctx.announce(courseStaffScope, course.id, { kind: 'peopleChanged', body })
  }
  return { came, unfit }
}

/**
 * Ends the time of many in a course; who is not in it is passed over. The last instructors stay: a course is never left
 * without one. `why` stands in the trail. Asks no rights.
 */
export async function endEnrolments(
  ctx: WriteCtx,
  { courseId, accountIds, why = {} }: Many & { readonly why?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const instructors = await listInstructors(ctx, courseId)
  const ending = new Set(accountIds)
  const stay = instructors.every(id => ending.has(id)) ? instructors : []
  const ended = await ctx.sql<{ id: EnrolmentId; accountId: AccountId }>(
    `update enrolments set ended_at = $3
      where course_id = $1 and account_id = any($2::uuid[]) and ended_at is null returning id, account_id as "accountId"`,
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
    details: { ended: gone.length, accountIds: gone, ...why },
  })
  for (let at = 0; at < ended.length; at += peopleAnEvent) {
    const some = ended.slice(at, at + peopleAnEvent).map(one => one.id)
    ctx.announce(courseStaffScope, courseId, { kind: 'peopleChanged', body: { by: -some.length, ended: some } })
  }
}
