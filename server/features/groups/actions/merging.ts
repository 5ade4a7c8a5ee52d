// What becomes of somebody's places in groups when their account is erased or goes into another one.
import * as z from 'zod/mini'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { courseId } from '#protocol/courses.ts'
import type { GroupMember, GroupPlace, GroupSetId } from '#protocol/groups.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { groupSets, groups } from '../tables.ts'
import { announceMoves, tellMoved } from './announce.ts'
import { leaveGroups } from './members.ts'
import { lockSet } from './sets.ts'

const leaving = z.object({ courseId, accountId })

/** A course each, since an action tells no more than a few audiences. */
export const erasedJob: JobBinding = {
  name: 'groups.erased',
  run: async (ctx, data) => {
    const of = z.parse(leaving, data)
    await leaveGroups(ctx, of.courseId, [of.accountId])
  },
}

const mergedInCourse = z.object({ courseId, from: accountId, into: accountId })

/**
 * A course each, since an action tells no more than a few audiences. Where both are in groups of one set, `into` stays
 * where it is; who has left the course meanwhile takes no place over.
 */
export const mergedJob: JobBinding = {
  name: 'groups.merged',
  run: async (ctx, data) => {
    const { courseId: id, from, into } = z.parse(mergedInCourse, data)
    const sets = await ctx.sql<{ id: GroupSetId }>(
      `select distinct s.id from group_members m join group_sets s on s.id = m.set_id
        where m.account_id = $1 and s.course_id = $2 and s.removed_at is null order by s.id`,
      [from, id],
    )
    for (const set of sets) await lockSet(ctx, { courseId: id, setId: set.id })
    const cameOver = await ctx.sql<GroupMember>(
      `update group_members m set account_id = $2 from groups g
        where g.id = m.group_id and g.course_id = $3 and m.account_id = $1
          and exists (select from enrolments e where e.course_id = $3 and e.account_id = $2 and e.ended_at is null)
          and not exists (select from group_members o
            where o.account_id = $2 and (o.group_id = m.group_id or o.set_id = m.set_id))
       returning m.group_id as "groupId", m.account_id as "accountId", m.leads`,
      [from, into, id],
    )
    const left = await ctx.sql<GroupPlace>(
      `delete from group_members m using groups g
        where g.id = m.group_id and g.course_id = $2 and m.account_id = $1
       returning m.group_id as "groupId", m.account_id as "accountId"`,
      [from, id],
    )
    const out = [...left, ...cameOver.map(({ groupId }) => ({ groupId, accountId: from }))]
    await announceMoves(ctx, id, { out, into: cameOver })
    if (cameOver.length > 0) await tellMoved(ctx, [into])
  },
}

const coursesOfMember = (ctx: WriteCtx, accountId: AccountId) =>
  ctx.sql<{ courseId: string }>(
    `select distinct g.course_id as "courseId" from group_members m join groups g on g.id = m.group_id
      where m.account_id = $1`,
    [accountId],
  )

/** Takes somebody out of all groups, a job a course. */
export async function eraseMembers(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  for (const one of await coursesOfMember(ctx, accountId)) await ctx.enqueue(erasedJob, { ...one, accountId })
}

/** Moves one account's places to another, a job a course. */
export async function mergeMembers(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  for (const one of await coursesOfMember(ctx, from)) await ctx.enqueue(mergedJob, { ...one, from, into })
  for (const model of [groupSets, groups])
    await ctx.sql(`update ${model.getTableName()} set removed_by = $2 where removed_by = $1`, [from, into])
}
