// The roles made here that people may be enrolled with. Changes nothing, and asks no rights.
import type { BuiltInRoleKey, CustomRoleId } from '#protocol/access.ts'
import { fitsCourse } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Those that are there, by name. One query. */
export async function customRolesOfCourses(
  ctx: Ctx,
): Promise<{ id: CustomRoleId; name: string; basedOn: BuiltInRoleKey }[]> {
  const rows = await ctx.sql<{ id: CustomRoleId; name: string; basedOn: BuiltInRoleKey }>(
    `select id, name, based_on as "basedOn" from custom_roles where removed_at is null order by lower(name)`,
  )
  return rows.filter(one => fitsCourse(one.basedOn))
}
