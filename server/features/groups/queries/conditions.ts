// Being in a group or in any of a set, as conditions that open things. Changes nothing and asks no rights.
import type { ConditionOf } from '#protocol/conditions.ts'
import type { ConditionKind } from '#server/features/conditions/index.ts'
import { standing } from './groups.ts'

/** Being in a group, as a condition that opens things. */
export const groupConditions: ConditionKind<ConditionOf<'group'>> = {
  kind: 'group',
  targets: async (ctx, ids) => {
    const rows = await ctx.sql<{ id: string; course_id: string; name: string }>(
      `select g.id, g.course_id, g.name from groups g where g.id = any($1::uuid[]) and ${standing}`,
      [[...ids]],
    )
    return new Map(rows.map(row => [row.id, { courseId: row.course_id, title: row.name, itemIds: [] }]))
  },
  judge: async (ctx, conditions, accountIds) => {
    const rows = await ctx.sql<{ group_id: string; account_id: string }>(
      'select group_id, account_id from group_members where group_id = any($1::uuid[]) and account_id = any($2::uuid[])',
      [[...new Set(conditions.map(one => one.groupId))], [...accountIds]],
    )
    const found = new Set(rows.map(row => `${row.group_id} ${row.account_id}`))
    return (one, accountId) => (found.has(`${one.groupId} ${accountId}`) ? 'yes' : 'no')
  },
}

/** Being in any group of a set, as a condition that opens things. */
export const setConditions: ConditionKind<ConditionOf<'set'>> = {
  kind: 'set',
  targets: async (ctx, ids) => {
    const rows = await ctx.sql<{ id: string; course_id: string; name: string }>(
      'select id, course_id, name from group_sets where id = any($1::uuid[]) and removed_at is null',
      [[...ids]],
    )
    return new Map(rows.map(row => [row.id, { courseId: row.course_id, title: row.name, itemIds: [] }]))
  },
  judge: async (ctx, conditions, accountIds) => {
    const rows = await ctx.sql<{ set_id: string; account_id: string }>(
      `select distinct g.set_id, m.account_id from groups g join group_members m on m.group_id = g.id
        where g.set_id = any($1::uuid[]) and m.account_id = any($2::uuid[]) and ${standing}`,
      [[...new Set(conditions.map(one => one.setId))], [...accountIds]],
    )
    const found = new Set(rows.map(row => `${row.set_id} ${row.account_id}`))
    return (one, accountId) => (found.has(`${one.setId} ${accountId}`) ? 'yes' : 'no')
  },
}
