// Puts people into groups and takes them out: by staff, by chance, by themselves, and when they leave the course. Whoever
// moves people of a set holds its lock, so that the last place goes to one. Rights were asked by the door.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId, GroupMember, GroupPlace, GroupSetId } from '#protocol/groups.ts'
import type { CourseLeaving } from '#server/features/courses/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { getGroup, groupsNow, listMembers, lockedRoles, sectionsOf } from '../queries/groups.ts'
import { demandFit, demandOfCourse, fitting } from '../rules.ts'
import { type GroupRow, type GroupSetRow, groupMembers } from '../tables.ts'
import { announceMoves, record, tellMoved } from './announce.ts'
import { lockSet } from './sets.ts'

interface OfGroup {
  courseId: CourseId
  groupId: GroupId
}

/** The group with its set; what is decided about either stays so until the end of the transaction. Throws `not-found`. */
async function lockedGroup(ctx: WriteCtx, { courseId, groupId }: OfGroup) {
  const { setId } = await getGroup(courseId, groupId)
  const set = setId === null ? null : await lockSet(ctx, { courseId, setId })
  if (setId === null) await ctx.sql('select from groups where id = $1 for update', [groupId])
  return { group: await getGroup(courseId, groupId), set }
}

interface Writing {
  readonly set: GroupSetRow | null
  readonly places: readonly GroupPlace[]
}

/** Writes who goes where and announces it; in a set they leave the group they were in. Answers who really came. */
async function write(ctx: WriteCtx, courseId: CourseId, { set, places }: Writing): Promise<GroupMember[]> {
  const accountIds = places.map(one => one.accountId)
  const out =
    set === null
      ? []
      : await ctx.sql<GroupPlace>(
          `delete from group_members where set_id = $1 and account_id = any($2::uuid[])
           returning group_id as "groupId", account_id as "accountId"`,
          [set.id, accountIds],
        )
  const into = await ctx.sql<GroupMember>(
    `insert into group_members (group_id, account_id, set_id, at)
     select group_id, account_id, $3, $4 from unnest($1::uuid[], $2::uuid[]) as n(group_id, account_id)
     on conflict (group_id, account_id) do nothing
     returning group_id as "groupId", account_id as "accountId", leads`,
    [places.map(one => one.groupId), accountIds, set?.id ?? null, ctx.now],
  )
  await announceMoves(ctx, courseId, { out, into })
  await tellMoved(
    ctx,
    into.map(one => one.accountId),
  )
  return into
}

/** Puts people into a group or section. Throws `learners-only`, `group-full`, `other-section`; nobody is moved then. */
async function put(
  ctx: WriteCtx,
  { group, set }: { group: GroupRow; set: GroupSetRow | null },
  accountIds: readonly AccountId[],
): Promise<GroupMember[]> {
  const { courseId } = group
  const members = (await listMembers(ctx, courseId, [group.id])).map(one => one.accountId)
  const coming = [...new Set(accountIds)].filter(id => !members.includes(id))
  if (coming.length === 0) return []
  const roles = await lockedRoles(ctx, courseId, coming)
  demandOfCourse(
    set === null ? 'section' : 'group',
    coming.map(id => roles.get(id)),
  )
  if (set !== null) {
    const sections = set.withinSections ? await sectionsOf(ctx, courseId, [...members, ...coming]) : new Map()
    demandFit({ id: group.id, name: group.name, members }, coming, set, sections)
  }
  return write(ctx, courseId, { set, places: coming.map(accountId => ({ groupId: group.id, accountId })) })
}

/**
 * Staff put people into a group, out of the one of the same set they were in. Throws `not-found`, and what `put`
 * throws.
 */
export async function placePeople(
  ctx: WriteCtx,
  { accountIds, ...of }: OfGroup & { accountIds: readonly AccountId[] },
): Promise<void> {
  const found = await lockedGroup(ctx, of)
  const came = await put(ctx, found, accountIds)
  if (came.length > 0)
    await record(ctx, of.courseId, { kind: 'group', id: of.groupId }, 'placed', {
      accountIds: came.map(one => one.accountId),
    })
}

/** Puts those there who are in no group of the set yet, where there is room. Answers who came. Throws `not-found`. */
export async function fill(
  ctx: WriteCtx,
  { courseId, setId, places }: { courseId: CourseId; setId: GroupSetId; places: readonly GroupPlace[] },
): Promise<GroupPlace[]> {
  const set = await lockSet(ctx, { courseId, setId })
  const now = await groupsNow(ctx, set)
  const people = places.map(one => one.accountId)
  const roles = await lockedRoles(ctx, courseId, people)
  const learners = places.filter(one => roles.get(one.accountId) === 'learner')
  const involved = [...people, ...now.flatMap(one => one.members)]
  const sections = set.withinSections ? await sectionsOf(ctx, courseId, involved) : new Map()
  const into = await write(ctx, courseId, { set, places: fitting(learners, now, set, sections) })
  await record(ctx, courseId, { kind: 'group-set', id: setId }, 'filled', { people: into.length })
  return into.map(({ groupId, accountId }) => ({ groupId, accountId }))
}

/** Takes people out of groups they are in; who is in none of them is passed over. Throws `not-found` for a strange group. */
export async function takeOut(
  ctx: WriteCtx,
  { courseId, places }: { courseId: CourseId; places: readonly GroupPlace[] },
): Promise<void> {
  const groupIds = [...new Set(places.map(one => one.groupId))].sort()
  // Sets are locked one after the other in one order, each once.
  const [found] = await ctx.sql<{ groups: number; sets: GroupSetId[] }>(
    `select count(*)::int as groups, coalesce(array_agg(distinct set_id) filter (where set_id is not null), '{}') as sets
       from groups where course_id = $1 and id = any($2::uuid[]) and removed_at is null`,
    [courseId, groupIds],
  )
  demand(found?.groups === groupIds.length, 'not-found')
  for (const setId of [...found.sets].sort()) await lockSet(ctx, { courseId, setId })
  const out = await ctx.sql<GroupPlace>(
    `delete from group_members m using unnest($1::uuid[], $2::uuid[]) as n(group_id, account_id)
      where m.group_id = n.group_id and m.account_id = n.account_id
     returning m.group_id as "groupId", m.account_id as "accountId"`,
    [places.map(one => one.groupId), places.map(one => one.accountId)],
  )
  await announceMoves(ctx, courseId, { out, into: [] })
  await tellMoved(
    ctx,
    out.map(one => one.accountId),
  )
  const [first] = out
  if (first)
    await record(ctx, courseId, { kind: 'group', id: first.groupId }, 'taken-out', {
      accountIds: out.map(one => one.accountId),
    })
}

/** Makes one of a group its leader, or nobody. Throws `not-found` for whoever is not in it. */
export async function lead(
  ctx: WriteCtx,
  { accountId, ...of }: OfGroup & { accountId: AccountId | null },
): Promise<void> {
  await lockedGroup(ctx, of)
  const members = await listMembers(ctx, of.courseId, [of.groupId])
  const [before, after] = [members.find(one => one.leads), members.find(one => one.accountId === accountId)]
  demand(accountId === null || after !== undefined, 'not-found')
  if (before?.accountId === after?.accountId) return
  const { groupId } = of
  await groupMembers.update({ leads: false }, { where: { groupId, leads: true } })
  if (accountId !== null) await groupMembers.update({ leads: true }, { where: { groupId, accountId } })
  const into = [...(before ? [{ ...before, leads: false }] : []), ...(after ? [{ ...after, leads: true }] : [])]
  await announceMoves(ctx, of.courseId, { out: [], into })
  await record(ctx, of.courseId, { kind: 'group', id: groupId }, 'leader-changed', { accountId })
}

/** The set whose groups learners choose themselves. Throws `sign-up-off`. */
function demandSignUp(set: GroupSetRow | null): void {
  demand(set !== null && set.signUp === 'learners', 'sign-up-off')
}

/**
 * A learner goes into a group, out of the one they were in. Throws `not-found`, `sign-up-off`, and what `put` throws.
 */
export async function join(ctx: WriteCtx, of: OfGroup): Promise<void> {
  const found = await lockedGroup(ctx, of)
  demandSignUp(found.set)
  await put(ctx, found, [accountOf(ctx.who)])
}

/** A learner goes out of a group. Throws `not-found`, `sign-up-off`; who is not in it changes nothing. */
export async function leave(ctx: WriteCtx, { courseId, groupId }: OfGroup): Promise<void> {
  const { set } = await lockedGroup(ctx, { courseId, groupId })
  demandSignUp(set)
  const accountId = accountOf(ctx.who)
  if ((await groupMembers.destroy({ where: { groupId, accountId } })) === 0) return
  await announceMoves(ctx, courseId, { out: [{ groupId, accountId }], into: [] })
  await tellMoved(ctx, [accountId])
}

/** Whoever leaves the course leaves its groups, those set aside too: coming back brings nobody back into them. */
export const leaveGroups: CourseLeaving = async (ctx, courseId, accountIds) => {
  const out = await ctx.sql<GroupPlace>(
    `delete from group_members m using groups g
      where g.id = m.group_id and g.course_id = $1 and m.account_id = any($2::uuid[])
     returning m.group_id as "groupId", m.account_id as "accountId"`,
    [courseId, accountIds],
  )
  await announceMoves(ctx, courseId, { out, into: [] })
}
