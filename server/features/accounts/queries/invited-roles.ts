// What roles made here are called that invitations lead to.
import type { CustomRoleId, NamedRole } from '#protocol/access.ts'
import { nameThings } from '#server/features/audit/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Answers how each of these roles is told, removed ones too; null for none. One query at most. */
export async function invitedRolesNamed(
  ctx: Ctx,
  customs: readonly (CustomRoleId | null)[],
): Promise<(custom: CustomRoleId | null) => NamedRole | null> {
  const thing = (id: string) => ({ kind: 'role', id })
  const nameOf = await nameThings(
    ctx,
    customs.flatMap(one => (one === null ? [] : thing(one))),
  )
  return custom => custom && { key: custom, name: nameOf(thing(custom)) ?? '' }
}
