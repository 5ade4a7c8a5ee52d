// Groups as they are read: rows as they travel, the states of both scopes, one's own, and what later features ask.
// Changes nothing.

import { randomInt } from 'node:crypto'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  byPlace,
  type Group,
  type GroupId,
  type GroupMember,
  type GroupPlace,
  type GroupSet,
  type GroupSetId,
  type GroupsStaffState,
  type GroupsState,
  mostMoved,
} from '#protocol/groups.ts'
import type { ContextRef } from '#server/features/access/index.ts'
import { getCourse, type PeopleWithin } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type GroupNow, planFill, type SectionsOf } from '../rules.ts'
import { type GroupRow, type GroupSetRow, groupSets, groups } from '../tables.ts'

/** The place of a group, or a section, in the tree of access: below its course. */
export const groupContext = (id: GroupId | string): ContextRef => ({ kind: 'group', id })

/** A row as it travels. */
export const setOf = (row: GroupSetRow): GroupSet => ({
  id: row.id,
  name: row.name,
  signUp: row.signUp,
  most: row.most,
  withinSections: row.withinSections,
  version: row.version,
})

/** A row as it travels, with how many are in it. */
export const groupOf = (row: GroupRow, members: number): Group => ({
  id: row.id,
  setId: row.setId,
  name: row.name,
  members,
  changes: row.changes,
  version: row.version,
})

/** A set of this course that stands, or `not-found`. Asks no rights. */
export async function getSet(courseId: CourseId, setId: GroupSetId): Promise<GroupSetRow> {
  const row = await groupSets.findOne({ where: { id: setId, courseId, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** A group or section of this course that stands, its set too, or `not-found`. Asks no rights. */
export async function getGroup(courseId: CourseId, groupId: GroupId): Promise<GroupRow> {
  const row = await groups.findOne({ where: { id: groupId, courseId, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.setId !== null) await getSet(courseId, row.setId)
  return row
}

// A group stands when neither it nor its set was removed.
/** In SQL, of a group `g`. */
export const standing = `g.removed_at is null and (g.set_id is null or exists (
  select from group_sets s where s.id = g.set_id and s.removed_at is null))`

/** Groups that stand in a course, with how many are in each; those of one set when it is given. One query. */
export function listGroups(ctx: Ctx, courseId: string, setId?: GroupSetId): Promise<Group[]> {
  return ctx.sql<Group>(
    `select g.id, g.set_id as "setId", g.name, g.changes, g.version,
            (select count(*)::int from group_members m where m.group_id = g.id) as members
       from groups g where g.course_id = $1 and ($2::uuid is null or g.set_id = $2) and ${standing}
      order by g.id`,
    [courseId, setId ?? null],
  )
}

/** The state of the scope of everybody in the course. Three queries, whatever their number. Throws `not-found`. */
export async function groupsState(ctx: Ctx, courseId: string): Promise<GroupsState> {
  await getCourse(ctx, courseId)
  const sets = await groupSets.findAll({ where: { courseId, removedAt: null }, order: ['id'], raw: true })
  return { sets: sets.map(setOf), groups: await listGroups(ctx, courseId) }
}

/** Who is in the groups that stand; those of `ids` when given. One query. */
export async function listMembers(ctx: Ctx, courseId: string, ids?: readonly GroupId[]): Promise<GroupMember[]> {
  const rows = await ctx.sql<GroupMember>(
    `select m.group_id as "groupId", m.account_id as "accountId", m.leads
       from groups g join group_members m on m.group_id = g.id
      where g.course_id = $1 and ($2::uuid[] is null or g.id = any($2)) and ${standing}`,
    [courseId, ids ?? null],
  )
  return rows.sort(byPlace)
}

/** Who is in one group or section that stands in this course; nobody in another. One query. */
export const peopleIn: PeopleWithin = async (ctx, courseId, groupId) =>
  (await listMembers(ctx, courseId, [groupId])).map(one => one.accountId)

/** The state of the scope of those who manage groups. Throws `not-found`. */
export async function groupsStaffState(ctx: Ctx, courseId: string): Promise<GroupsStaffState> {
  await getCourse(ctx, courseId)
  return { members: await listMembers(ctx, courseId) }
}

export interface InGroup {
  readonly groupId: GroupId
  /** Null for a section. */
  readonly setId: GroupSetId | null
}

/**
 * The groups and sections of a course that each of these people is in; who is in none is missing. For whoever must know
 * whether X is in group G. One query; asks no rights.
 */
export async function groupsOf(
  ctx: Ctx,
  courseId: CourseId | string,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, readonly InGroup[]>> {
  const rows = await ctx.sql<InGroup & { accountId: AccountId }>(
    `select m.account_id as "accountId", g.id as "groupId", g.set_id as "setId"
       from group_members m join groups g on g.id = m.group_id
      where g.course_id = $1 and m.account_id = any($2::uuid[]) and ${standing}
      order by g.id`,
    [courseId, accountIds],
  )
  const found = new Map<AccountId, InGroup[]>()
  for (const { accountId, ...one } of rows) found.set(accountId, [...(found.get(accountId) ?? []), one])
  return found
}

/** The sections of these people. One query. */
export async function sectionsOf(ctx: Ctx, courseId: CourseId, accountIds: readonly AccountId[]): Promise<SectionsOf> {
  const all = await groupsOf(ctx, courseId, accountIds)
  return new Map(
    [...all].map(([id, those]) => [id, those.filter(one => one.setId === null).map(one => one.groupId)] as const),
  )
}

/** The groups of a set with who is in each. Two queries. */
export async function groupsNow(ctx: Ctx, { id, courseId }: GroupSetRow): Promise<GroupNow[]> {
  const all = await listGroups(ctx, courseId, id)
  const members = await listMembers(
    ctx,
    courseId,
    all.map(one => one.id),
  )
  const held = new Map<GroupId, AccountId[]>(all.map(one => [one.id, []]))
  for (const one of members) held.get(one.groupId)?.push(one.accountId)
  return all.map(one => ({ id: one.id, name: one.name, members: held.get(one.id) ?? [] }))
}

/** Learners of the course that are in no group of the set. */
async function ungrouped(ctx: Ctx, { id, courseId }: GroupSetRow): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select e.account_id as id from enrolments e
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course'
         and r.context_id = e.course_id and r.role = 'learner'
      where e.course_id = $1 and e.ended_at is null
        and not exists (select from group_members m where m.set_id = $2 and m.account_id = e.account_id)
      order by e.account_id`,
    [courseId, id],
  )
  return rows.map(row => row.id)
}

/** Who would go where, anew by chance at each asking. */
export async function previewFill(
  ctx: Ctx,
  set: GroupSetRow,
  within: 'sections' | 'the course',
): Promise<{ places: GroupPlace[]; left: AccountId[] }> {
  const terms = { most: set.most, withinSections: set.withinSections || within === 'sections' }
  const now = await groupsNow(ctx, set)
  const people = await ungrouped(ctx, set)
  const involved = [...people, ...now.flatMap(one => one.members)]
  const sections = terms.withinSections ? await sectionsOf(ctx, set.courseId, involved) : new Map()
  const { places, left } = planFill(now, people, terms, sections, below => randomInt(below))
  // What one act does not move waits for the next.
  const rest = places.slice(mostMoved).map(one => one.accountId)
  return { places: places.slice(0, mostMoved), left: [...left, ...rest] }
}

interface OwnRow {
  groupId: GroupId
  accountId: AccountId | null
  name: string | null
  leads: boolean | null
}

/** The groups and sections one is in, with who else is in the groups: people of a section are not shown to each other. */
export async function ownGroups(ctx: Ctx, courseId: CourseId, accountId: AccountId) {
  const rows = await ctx.sql<OwnRow>(
    `select g.id as "groupId", a.id as "accountId", a.name, m.leads
       from group_members mine
       join groups g on g.id = mine.group_id and g.course_id = $1 and ${standing}
       left join group_members m on m.group_id = g.id and g.set_id is not null
       left join accounts a on a.id = m.account_id
      where mine.account_id = $2
      order by g.id, lower(a.name), a.id`,
    [courseId, accountId],
  )
  const found = new Map<GroupId, { accountId: AccountId; name: string; leads: boolean }[]>()
  for (const { groupId, accountId: id, name, leads } of rows) {
    const members = found.get(groupId) ?? []
    found.set(groupId, members)
    if (id !== null) members.push({ accountId: id, name: name ?? '', leads: leads === true })
  }
  return [...found].map(([groupId, members]) => ({ groupId, members }))
}

interface Line {
  group: string
  name: string | null
  email: string | null
  leads: boolean | null
}

/** Who is in the groups of a set, or in the sections, by group and name; an empty group is a line of its own. */
export const listLines = (ctx: Ctx, courseId: CourseId, setId: GroupSetId | null): Promise<Line[]> =>
  ctx.sql<Line>(
    `select g.name as "group", a.name, a.email, m.leads
       from groups g
       left join group_members m on m.group_id = g.id
       left join accounts a on a.id = m.account_id
      where g.course_id = $1 and g.set_id is not distinct from $2::uuid and g.removed_at is null
      order by lower(g.name), g.id, lower(a.name), a.id`,
    [courseId, setId],
  )

/** What a person gets of this feature with their data: the groups and sections they are in. */
export async function exportMembers(ctx: Ctx, accountId: AccountId): Promise<Record<string, unknown>> {
  return {
    groups: await ctx.sql(
      `select c.title as course, s.name as "set", g.name as "group", m.leads, m.at
         from group_members m join groups g on g.id = m.group_id join courses c on c.id = g.course_id
         left join group_sets s on s.id = g.set_id
        where m.account_id = $1 and ${standing} order by m.at`,
      [accountId],
    ),
  }
}

/** What each person is in the course; locked, so that nobody leaves it meanwhile. Who is not in it is missing. */
export async function lockedRoles(ctx: Ctx, courseId: CourseId, accountIds: readonly AccountId[]) {
  const rows = await ctx.sql<{ id: AccountId; role: CourseRole }>(
    `select e.account_id as id, r.role from enrolments e
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.course_id = $1 and e.ended_at is null and e.account_id = any($2::uuid[])
      order by e.account_id for share of e`,
    [courseId, accountIds],
  )
  return new Map(rows.map(row => [row.id, row.role]))
}

/** SQL: what the places of groups are called. */
export const groupNames = "select id, name, '' as also from groups where removed_at is null"
