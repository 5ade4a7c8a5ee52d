// What things in the trail are called, said by the features that have them: audit stands below them all and keeps ids.
import type { Ctx } from '#server/platform/ctx.ts'

/** The names of things of one kind; what has none is left out. */
export type Naming = (ctx: Ctx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

const namings = new Map<string, Naming>()

/** Says how things of a kind are called; once at boot for each kind. */
export const registerAuditNaming = (kind: string, naming: Naming): void => {
  namings.set(kind, naming)
}

/** The names that one query says: `$1` are the ids, and its rows are `{ id, name }`. */
export const namesFrom =
  (query: string): Naming =>
  async (ctx, ids) =>
    new Map((await ctx.sql<{ id: string; name: string }>(query, [[...ids]])).map(row => [row.id, row.name]))

export interface Thing {
  readonly kind: string
  readonly id: string
}

const keyOf = ({ kind, id }: Thing): string => `${kind} ${id}`
const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Names many things at once, a query a kind; answers what one is called, or null. */
export async function nameThings(ctx: Ctx, things: readonly Thing[]): Promise<(thing: Thing) => string | null> {
  const names = new Map<string, string>()
  for (const [kind, naming] of namings) {
    const ids = new Set(things.filter(one => one.kind === kind && idForm.test(one.id)).map(one => one.id))
    if (ids.size === 0) continue
    for (const [id, name] of await naming(ctx, [...ids])) names.set(keyOf({ kind, id }), name)
  }
  return thing => names.get(keyOf(thing)) ?? null
}
