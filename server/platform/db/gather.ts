// One query for the same question of many people. Never for what depends on who asks.
import { inGroups } from '../call/in-groups.ts'
import type { Ctx } from '../ctx.ts'
import { insideTransaction, sql } from './sequelize.ts'

type Asker = Pick<Ctx, 'sql'>

/**
 * Makes a single question of one that takes a list: `ask` answers each key, in order. Inside a transaction the question is
 * asked there, alone, so that it sees what was written.
 */
export function gather<K, V>(
  ask: (ctx: Asker, keys: readonly K[]) => Promise<readonly V[]>,
): (ctx: Asker, key: K) => Promise<V> {
  const together = inGroups((keys: readonly K[]) => ask({ sql }, keys))
  return async (ctx, key) =>
    'announce' in ctx || insideTransaction() ? ((await ask(ctx, [key]))[0] as V) : together(key)
}
