// Which classes that run somebody may host. Changes nothing.
import type { RunId } from '#protocol/live.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { mayHost } from '../rules.ts'
import { standings } from './standing.ts'

/** Open classes that whoever asks may host. Throws `not-signed-in`. Two queries. */
export async function hostedRuns(ctx: Ctx): Promise<RunId[]> {
  const accountId = accountOf(ctx.who)
  const open = await ctx.sql<{ id: RunId }>("select id from runs where phase = 'open' order by id")
  const found = await standings(
    ctx,
    open.map(({ id }) => ({ runId: id, accountId })),
  )
  return open.filter((_, at) => found[at] && mayHost(found[at])).map(({ id }) => id)
}
