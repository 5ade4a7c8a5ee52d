// Makes, renames and removes groups and sections. A removed group keeps its people aside: they may go elsewhere meanwhile.
// Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  type Group,
  type GroupId,
  type GroupSetId,
  groupsScope,
  groupsStaffScope,
  mostGroups,
} from '#protocol/groups.ts'
import { createContexts } from '#server/features/access/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse, lockCourse } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { getGroup, getSet, groupOf, listGroups, listMembers } from '../queries/groups.ts'
import { type GroupRow, groupMembers, groupSets, groups } from '../tables.ts'
import { forgetGroup, record, tellMoved } from './announce.ts'

/** Room for so many groups more, which nobody takes meanwhile. Throws `too-many`. */
export async function demandRoom(ctx: WriteCtx, courseId: CourseId, more: number): Promise<void> {
  await lockCourse(ctx, courseId)
  const there = await listGroups(ctx, courseId)
  demand(there.length + more <= mostGroups, 'too-many', { params: { most: mostGroups } })
}

/** Writes groups of these names, each a place in the tree below the course. Throws `too-many`. Announces nothing. */
export async function insertGroups(
  ctx: WriteCtx,
  { courseId, setId, names }: { courseId: CourseId; setId: GroupSetId | null; names: readonly string[] },
): Promise<GroupRow[]> {
  if (names.length === 0) return []
  await demandRoom(ctx, courseId, names.length)
  const made: GroupRow[] = names.map(name => ({
    ...{ id: newId<'Group'>(), courseId, setId, name },
    ...{ changes: 0, version: 0, removedAt: null, removedBy: null },
  }))
  await groups.bulkCreate(made)
  await createContexts(ctx, { kind: 'group', ids: made.map(one => one.id) }, courseContext(courseId))
  return made
}

/** Makes groups in a set, or sections without one. Throws `not-found` and `too-many`. */
export async function createGroups(
  ctx: WriteCtx,
  input: { courseId: CourseId; setId: GroupSetId | null; names: readonly string[] },
): Promise<Group[]> {
  const { courseId, setId } = input
  await getCourse(ctx, courseId)
  if (setId !== null) await getSet(courseId, setId)
  const made = (await insertGroups(ctx, input)).map(one => groupOf(one, 0))
  if (made.length === 0) return []
  await audit.recordAll(
    ctx,
    made.map(one => ({
      verb: 'group.created',
      subject: { kind: 'group', id: one.id },
      context: courseContext(courseId),
      details: { name: one.name, setId },
    })),
  )
  ctx.announce(groupsScope, courseId, { kind: 'groupsCreated', body: { groups: made } })
  return made
}

interface OfGroup {
  courseId: CourseId
  groupId: GroupId
}

async function countedOf(ctx: WriteCtx, row: GroupRow): Promise<Group> {
  return groupOf(row, (await listMembers(ctx, row.courseId, [row.id])).length)
}

/** Renames a group. Throws `not-found`, `conflict` with the current one. */
export async function changeGroup(
  ctx: WriteCtx,
  { courseId, groupId, version, name }: OfGroup & { version: number; name: string },
): Promise<Group> {
  await ctx.sql('select from groups where id = $1 for update', [groupId])
  const row = await getGroup(courseId, groupId)
  const current = await countedOf(ctx, row)
  demand(row.version === version, 'conflict', { params: { current } })
  await groups.update({ name, version: version + 1 }, { where: { id: groupId } })
  await record(ctx, courseId, { kind: 'group', id: groupId }, 'changed', {
    before: { name: row.name },
    after: { name },
  })
  const next = { ...current, name, version: version + 1 }
  ctx.announce(groupsScope, courseId, { kind: 'groupChanged', body: { group: next } })
  return next
}

/** The group, standing or removed, with its set locked. Throws `not-found`, also where its set was removed. */
async function lockGroup({ courseId, groupId }: OfGroup): Promise<GroupRow> {
  const row = await groups.findOne({ where: { id: groupId, courseId }, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.setId !== null) {
    await groupSets.findOne({ where: { id: row.setId }, lock: true, raw: true })
    await getSet(courseId, row.setId)
  }
  const locked = await groups.findOne({ where: { id: groupId }, lock: true, raw: true })
  if (!locked) throw new Problem('not-found')
  return locked
}

/**
 * Removes a group; its people are free to go into another. One that is gone already changes nothing. Throws
 * `not-found`.
 */
export async function removeGroup(ctx: WriteCtx, { courseId, groupId }: OfGroup): Promise<void> {
  const row = await lockGroup({ courseId, groupId })
  if (row.removedAt !== null) return
  const members = await listMembers(ctx, courseId, [groupId])
  await groups.update({ removedAt: ctx.now, removedBy: actorOf(ctx.who) }, { where: { id: groupId } })
  await groupMembers.update({ setId: null }, { where: { groupId } })
  await forgetGroup(ctx, courseId, groupId)
  await record(ctx, courseId, { kind: 'group', id: groupId }, 'removed', { name: row.name, people: members.length })
  ctx.announce(groupsScope, courseId, { kind: 'groupRemoved', body: { id: groupId } })
  if (members.length > 0)
    ctx.announce(groupsStaffScope, courseId, { kind: 'groupsEmptied', body: { groupIds: [groupId] } })
  await tellMoved(
    ctx,
    members.map(one => one.accountId),
  )
}

/**
 * Brings a group back, with those of its people who are in the course and in no other group of the set. Throws
 * `not-found`, `too-many`.
 */
export async function restoreGroup(ctx: WriteCtx, { courseId, groupId }: OfGroup): Promise<void> {
  const row = await lockGroup({ courseId, groupId })
  if (row.removedAt === null) return
  await demandRoom(ctx, courseId, 1)
  await ctx.sql(
    `delete from group_members m where m.group_id = $1 and exists (
       select from group_members o where o.set_id = $2 and o.account_id = m.account_id)`,
    [groupId, row.setId],
  )
  await groups.update({ removedAt: null, removedBy: null }, { where: { id: groupId } })
  await groupMembers.update({ setId: row.setId }, { where: { groupId } })
  await record(ctx, courseId, { kind: 'group', id: groupId }, 'restored', { name: row.name })
  const members = await listMembers(ctx, courseId, [groupId])
  ctx.announce(groupsScope, courseId, {
    kind: 'groupsCreated',
    body: { groups: [groupOf(row, members.length)] },
  })
  if (members.length > 0)
    ctx.announce(groupsStaffScope, courseId, { kind: 'membersMoved', body: { out: [], into: members } })
  await tellMoved(
    ctx,
    members.map(one => one.accountId),
  )
}
