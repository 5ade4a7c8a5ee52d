// What stands in a person's profile, as a condition that opens things. Fields are the school's, not a course's; what only
// administrators see is offered to nobody, and goes on where a condition named it before.
import type { ProfileField } from '#protocol/accounts/profile.ts'
import type { ConditionOf } from '#protocol/conditions.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { profileHolds } from '../rules.ts'
import type { ConditionKind } from './kinds.ts'

const seenInCourses = "seen_by in ('fellows', 'teachers')"

/** The fields that a condition may be about, in their order. One query; asks no rights. */
export const fieldsOffered = (
  ctx: Ctx,
): Promise<Pick<ProfileField, 'id' | 'name' | 'kind' | 'options' | 'filledBy'>[]> =>
  ctx.sql(
    `select id, name, kind, options, filled_by as "filledBy" from profile_fields
      where removed_at is null and ${seenInCourses} order by place, id`,
  )

/** What a profile says. One query for targets and one to judge. */
export const profileConditions: ConditionKind<ConditionOf<'profile'>> = {
  kind: 'profile',
  targets: async (ctx, ids) => {
    const rows = await ctx.sql<{ id: string; name: string; offered: boolean }>(
      `select id, name, ${seenInCourses} as offered from profile_fields
        where id = any($1::uuid[]) and removed_at is null`,
      [[...ids]],
    )
    return new Map(
      rows.map(row => [row.id, { courseId: null, title: row.name, itemIds: [], offered: row.offered }] as const),
    )
  },
  judge: async (ctx, conditions, accountIds) => {
    const rows = await ctx.sql<{ field_id: string; account_id: string; value: string }>(
      `select field_id, account_id, value from profile_values
        where field_id = any($1::uuid[]) and account_id = any($2::uuid[])`,
      [[...new Set(conditions.map(one => one.fieldId))], [...accountIds]],
    )
    const values = new Map(rows.map(row => [`${row.field_id} ${row.account_id}`, row.value]))
    return (one, accountId) => (profileHolds(one, values.get(`${one.fieldId} ${accountId}`)) ? 'yes' : 'no')
  },
}
