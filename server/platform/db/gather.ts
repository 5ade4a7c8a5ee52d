// One query for the same question of many people. Never for what depends on who asks.
import { groupLimits, inGroups } from '../call/in-groups.ts'
import type { Ctx } from '../ctx.ts'
import { insideTransaction, sql } from './sequelize.ts'

type Asker = Pick<Ctx, 'sql'> & Partial<Pick<Ctx, 'log'>>

/**
 * Makes a single question of one that takes a list: `ask` answers each key, in order. Inside a transaction the question is
 * asked there, alone, so that it sees what was written.
 */
export function gather<K, V>(
  ask: (ctx: Asker, keys: readonly K[]) => Promise<readonly V[]>,
): (ctx: Asker, key: K) => Promise<V> {
  const together = inGroups(
    (asked: readonly { key: K; log: Ctx['log'] | undefined }[]) =>
      ask(
        { sql },
        asked.map(one => one.key),
      ),
    groupLimits,
    (error, asked) =>
      asked
        .find(one => one.log)
        ?.log?.error({ err: error, questions: asked.length }, 'questions failed together and are asked one by one'),
  )
  return async (ctx, key) =>
    'announce' in ctx || insideTransaction() ? ((await ask(ctx, [key]))[0] as V) : together({ key, log: ctx.log })
}
