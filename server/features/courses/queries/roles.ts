// The roles that people may be enrolled with: those made here, and what the words of lists stand for. Changes nothing, and
// asks no rights.
import type { BuiltInRoleKey, CustomRoleId, RoleKey } from '#protocol/access.ts'
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

/** A role as a list gives it: by its word, or as it is called where it was made here. */
export interface ListedRole {
  readonly key: EnrolledKey
  readonly name: string
  readonly staff: boolean
}

/** What a list enrols with. */
export type EnrolledKey = (typeof builtIn)[number] | CustomRoleId

const builtIn = ['learner', 'assistant', 'instructor'] as const

/** Roles as lists and OneRoster 1.1 (4.13.4, RoleType) write them. */
const roleWords: Readonly<Record<string, (typeof builtIn)[number]>> = {
  learner: 'learner',
  student: 'learner',
  assistant: 'assistant',
  aide: 'assistant',
  ta: 'assistant',
  instructor: 'instructor',
  teacher: 'instructor',
}

/** What the words of a role column stand for, in small letters, and the role of rows that name none. */
export interface ListedRoles {
  readonly words: ReadonlyMap<string, ListedRole>
  readonly fallback: ListedRole | null
}

/** The roles that a list may give: those every Lectern has, and those made here by their names. One query. */
export async function listedRoles(ctx: Ctx, fallback: RoleKey = 'learner'): Promise<ListedRoles> {
  const made = await customRolesOfCourses(ctx)
  const listed = (key: EnrolledKey, name: string, basedOn: string) => ({ key, name, staff: basedOn !== 'learner' })
  const words = new Map([
    ...made.map(one => [one.name.toLowerCase(), listed(one.id, one.name, one.basedOn)] as const),
    ...Object.entries(roleWords).map(([word, key]) => [word, listed(key, '', key)] as const),
  ])
  return { words, fallback: [...words.values()].find(one => one.key === fallback) ?? null }
}
