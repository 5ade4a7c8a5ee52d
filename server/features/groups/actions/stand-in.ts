// Somebody supposed is in groups: rows in a transaction that is taken back. They tell nobody and are never committed.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId } from '#protocol/groups.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { listGroups } from '../queries/groups.ts'

/**
 * Puts them into these groups of a course, whatever room there is. Throws `not-found` for one that does not stand there,
 * `malformed` for two of one set. Only inside `readSupposing`.
 */
export async function supposeMember(
  ctx: Ctx,
  { courseId, accountId, groupIds }: { courseId: CourseId; accountId: AccountId; groupIds: readonly GroupId[] },
): Promise<void> {
  const wanted = new Set(groupIds)
  if (wanted.size === 0) return
  const found = (await listGroups(ctx, courseId)).filter(one => wanted.has(one.id))
  demand(found.length === wanted.size, 'not-found')
  const sets = found.flatMap(one => one.setId ?? [])
  demand(new Set(sets).size === sets.length, 'malformed', { errors: [{ path: 'groupIds', code: 'one_of_a_set' }] })
  await ctx.sql(
    `insert into group_members (group_id, account_id, set_id, at)
     select id, $2, set_id, $3 from groups where id = any($1::uuid[])`,
    [[...wanted], accountId, ctx.now],
  )
}
