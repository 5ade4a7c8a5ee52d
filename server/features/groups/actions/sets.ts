// Makes, changes, clones and removes group sets. A removed one keeps its groups and people, so that it comes back whole.
// Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  type GroupSet,
  type GroupSetId,
  groupsScope,
  groupsStaffScope,
  mostSets,
  type SignUp,
  signUp,
} from '#protocol/groups.ts'
import { getCourse, lockCourse } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { getSet, groupOf, listGroups, listMembers, setOf } from '../queries/groups.ts'
import { type GroupSetRow, groupSets } from '../tables.ts'
import { announceMoves, forgetSet, record, tellMoved } from './announce.ts'
import { demandRoom, insertGroups } from './groups.ts'

interface SetWords {
  name: string
  signUp: SignUp
  most: number | null
  withinSections: boolean
}

interface OfSet {
  courseId: CourseId
  setId: GroupSetId
}

/** The set, locked: who changes it or who is in its groups comes one after the other. Throws `not-found`. */
export async function lockSet(ctx: WriteCtx, { courseId, setId }: OfSet): Promise<GroupSetRow> {
  await ctx.sql('select from group_sets where id = $1 for update', [setId])
  return getSet(courseId, setId)
}

/** Room for a set more, which nobody takes meanwhile. Throws `too-many`. */
async function demandRoomForSet(ctx: WriteCtx, courseId: CourseId): Promise<void> {
  await lockCourse(ctx, courseId)
  const there = await groupSets.count({ where: { courseId, removedAt: null } })
  demand(there < mostSets, 'too-many', { params: { most: mostSets } })
}

/** Makes a set with its first groups. Throws `not-found`, `too-many` past what a course may have. */
export async function createSet(
  ctx: WriteCtx,
  { courseId, groups: names, ...words }: SetWords & { courseId: CourseId; groups: readonly string[] },
): Promise<GroupSet> {
  await getCourse(ctx, courseId)
  const row: GroupSetRow = {
    id: newId<'GroupSet'>(),
    courseId,
    ...words,
    version: 0,
    removedAt: null,
    removedBy: null,
  }
  await demandRoomForSet(ctx, courseId)
  await groupSets.create(row)
  const made = await insertGroups(ctx, { courseId, setId: row.id, names })
  await record(ctx, courseId, { kind: 'group-set', id: row.id }, 'created', { ...words, groups: made.length })
  ctx.announce(groupsScope, courseId, {
    kind: 'setCreated',
    body: { set: setOf(row), groups: made.map(one => groupOf(one, 0)) },
  })
  return setOf(row)
}

/** Changes a set; who is in its groups stays. Throws `not-found`, `conflict` with the current one. */
export async function changeSet(
  ctx: WriteCtx,
  {
    courseId,
    setId,
    version,
    ...given
  }: OfSet & { version: number } & { [K in keyof SetWords]?: SetWords[K] | undefined },
): Promise<GroupSet> {
  const row = await lockSet(ctx, { courseId, setId })
  demand(row.version === version, 'conflict', { params: { current: setOf(row) } })
  const change: Partial<SetWords> = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const next: GroupSetRow = { ...row, ...change, version: version + 1 }
  await groupSets.update({ ...change, version: next.version }, { where: { id: setId } })
  const before = Object.fromEntries(Object.keys(change).map(key => [key, row[key as keyof GroupSetRow]]))
  await record(ctx, courseId, { kind: 'group-set', id: setId }, 'changed', { before, after: change })
  ctx.announce(groupsScope, courseId, { kind: 'setChanged', body: { set: setOf(next) } })
  return setOf(next)
}

/** Those in the groups of a set are told; staff hear that they came or went. */
async function tellMembers(ctx: WriteCtx, { courseId, setId }: OfSet, what: 'came' | 'went'): Promise<void> {
  const groupIds = (await listGroups(ctx, courseId, setId)).map(one => one.id)
  const members = groupIds.length === 0 ? [] : await listMembers(ctx, courseId, groupIds)
  if (members.length > 0)
    ctx.announce(
      groupsStaffScope,
      courseId,
      what === 'went'
        ? { kind: 'groupsEmptied', body: { groupIds } }
        : { kind: 'membersMoved', body: { out: [], into: members } },
    )
  await tellMoved(
    ctx,
    members.map(one => one.accountId),
  )
}

/** Removes a set with its groups. One that is gone already changes nothing. Throws `not-found`. */
export async function removeSet(ctx: WriteCtx, { courseId, setId }: OfSet): Promise<void> {
  const row = await groupSets.findOne({ where: { id: setId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.removedAt !== null) return
  await tellMembers(ctx, { courseId, setId }, 'went')
  await groupSets.update({ removedAt: ctx.now, removedBy: actorOf(ctx.who) }, { where: { id: setId } })
  await forgetSet(ctx, courseId, setId)
  await record(ctx, courseId, { kind: 'group-set', id: setId }, 'removed', { name: row.name })
  ctx.announce(groupsScope, courseId, { kind: 'setRemoved', body: { id: setId } })
}

/**
 * Brings a set back with its groups and those of its people who are still in the course. Throws `not-found`,
 * `too-many`.
 */
export async function restoreSet(ctx: WriteCtx, { courseId, setId }: OfSet): Promise<void> {
  const row = await groupSets.findOne({ where: { id: setId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.removedAt === null) return
  await demandRoomForSet(ctx, courseId)
  await groupSets.update({ removedAt: null, removedBy: null }, { where: { id: setId } })
  // Its groups are there again: as many as there may be, and no more.
  await demandRoom(ctx, courseId, 0)
  await record(ctx, courseId, { kind: 'group-set', id: setId }, 'restored', { name: row.name })
  const groups = await listGroups(ctx, courseId, setId)
  ctx.announce(groupsScope, courseId, { kind: 'setCreated', body: { set: setOf(row), groups } })
  await tellMembers(ctx, { courseId, setId }, 'came')
}

/**
 * A set like another, with groups of the same names, and with the same people in them when `members` says so. Throws
 * `not-found` and `too-many`.
 */
export async function cloneSet(
  ctx: WriteCtx,
  { courseId, setId, name, members }: OfSet & { name: string; members: 'same' | 'none' },
): Promise<GroupSet> {
  const row = await lockSet(ctx, { courseId, setId })
  const old = await listGroups(ctx, courseId, setId)
  const { most, withinSections } = row
  const set = await createSet(ctx, {
    ...{ courseId, name, most, withinSections, signUp: signUp.parse(row.signUp) },
    groups: old.map(one => one.name),
  })
  if (members === 'none' || old.length === 0) return set
  const made = await listGroups(ctx, courseId, set.id)
  // Both are in the order of their ids, which is that in which they were made. Whoever leaves the course meanwhile waits.
  const into = await ctx.sql<{ groupId: (typeof made)[number]['id']; accountId: never; leads: boolean }>(
    `insert into group_members (group_id, account_id, set_id, leads, at)
     select n.made, m.account_id, $3, m.leads, $4
       from unnest($1::uuid[], $2::uuid[]) as n(old, made)
       join group_members m on m.group_id = n.old
       join enrolments e on e.course_id = $5 and e.account_id = m.account_id and e.ended_at is null
        for share of e
     returning group_id as "groupId", account_id as "accountId", leads`,
    [old.map(one => one.id), made.map(one => one.id), set.id, ctx.now, courseId],
  )
  await announceMoves(ctx, courseId, { out: [], into })
  await tellMoved(
    ctx,
    into.map(one => one.accountId),
  )
  return set
}
