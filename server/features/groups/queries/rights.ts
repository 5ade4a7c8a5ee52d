// What groups say of their own about who may do what in them, for those who ask for several at once. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId, GroupSetId } from '#protocol/groups.ts'
import { lawIn, may } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { groupContext, standing } from './groups.ts'

const idsOf = (rows: readonly { id: GroupId }[]) => rows.map(row => row.id)

/** The groups and sections of a course that stand. */
export const groupsOfCourse = async (ctx: Ctx, courseId: CourseId): Promise<GroupId[]> =>
  idsOf(await ctx.sql<{ id: GroupId }>(`select g.id from groups g where g.course_id = $1 and ${standing}`, [courseId]))

/** The groups of a set. */
export const groupsOfSet = async (ctx: Ctx, courseId: CourseId, setId: GroupSetId): Promise<GroupId[]> =>
  idsOf(
    await ctx.sql<{ id: GroupId }>(
      'select id from groups where course_id = $1 and set_id = $2 and removed_at is null',
      [courseId, setId],
    ),
  )

/** The other groups of the same set that these people are in: who comes into one leaves them. */
export const leftFor = async (ctx: Ctx, into: GroupId, accountIds: readonly AccountId[]): Promise<GroupId[]> =>
  idsOf(
    await ctx.sql<{ id: GroupId }>(
      `select distinct g.id from groups g join group_members m on m.group_id = g.id
        where g.set_id = (select set_id from groups where id = $1) and g.id <> $1 and g.removed_at is null
          and m.account_id = any($2::uuid[])`,
      [into, accountIds],
    ),
  )

/** Those of these groups of whose own rules one takes a capability from whoever asks. One query, and one more for each with rules. */
export async function shutTo(ctx: Ctx, capability: Capability, groupIds: readonly GroupId[]): Promise<GroupId[]> {
  const lawOf = await lawIn(ctx, groupIds.map(groupContext))
  const ruled = groupIds.filter(id =>
    lawOf(groupContext(id)).overrides.some(one => one.depth === 0 && one.capability === capability),
  )
  const shut: GroupId[] = []
  for (const id of ruled) if (!(await may(ctx, capability, groupContext(id)))) shut.push(id)
  return shut
}
