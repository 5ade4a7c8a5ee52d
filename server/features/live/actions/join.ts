// Taking a seat: by code as anyone, or by run from inside the course. Wrong codes are counted, right ones never, since
// a whole school joins from one address.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { RunId } from '#protocol/live.ts'
import { createGuest, demandRoomForGuest, guessingCode } from '#server/features/accounts/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { findByCode, getRun, type RunFacts } from '../queries/runs.ts'
import { standings } from '../queries/standing.ts'
import { mayWatch, noStanding, type SeatRole, seatFor } from '../rules.ts'

/** The open class behind a code. Throws `code-unknown`, and `slow-down` after too many wrong ones. */
export const runByCode = (ctx: Ctx, code: string): Promise<RunFacts> =>
  guessingCode(ctx, async () => {
    const run = await findByCode(ctx, code)
    if (!run) throw new Problem('code-unknown')
    return run
  })

export interface JoinInput {
  code?: string | undefined
  runId?: RunId | undefined
  name?: string | undefined
}

async function sit(ctx: WriteCtx, runId: RunId, accountId: AccountId, role: SeatRole): Promise<void> {
  await ctx.sql(
    `insert into seats (run_id, account_id, role, joined_at) values ($1, $2, $3, $4)
     on conflict (run_id, account_id) do update set role = excluded.role where seats.role <> excluded.role`,
    [runId, accountId, role, ctx.now],
  )
}

/** The class that is meant, looked up before any transaction. */
async function meant(ctx: Ctx, { code, runId }: JoinInput): Promise<RunFacts> {
  if ([code, runId].filter(one => one !== undefined).length !== 1)
    throw new Problem('malformed', { errors: [{ path: 'code', code: 'one_of_two' }] })
  return code === undefined ? getRun(ctx, runId ?? '') : runByCode(ctx, code)
}

async function joinAsGuest(ctx: WriteCtx, runId: RunId, name: string): Promise<{ runId: RunId; role: SeatRole }> {
  if ((await getRun(ctx, runId)).phase === 'ended') throw new Problem('class-over')
  const guest = await createGuest(ctx, { name })
  await sit(ctx, runId, guest, 'guest')
  return { runId, role: 'guest' }
}

async function joinAs(
  ctx: WriteCtx,
  accountId: AccountId,
  runId: RunId,
  by: 'code' | 'run',
): Promise<{ runId: RunId; role: SeatRole }> {
  const [standing = { ...noStanding, phase: 'open' as const }] = await standings(ctx, [{ runId, accountId }])
  const role = seatFor(standing, by)
  // Nobody sits down any more, but whoever may read what the class left is let through to it.
  if (standing.phase === 'ended' && !mayWatch(standing, 'ended')) throw new Problem('class-over')
  if (standing.phase === 'open') await sit(ctx, runId, accountId, role)
  return { runId, role }
}

/**
 * Takes a seat, or goes back to one's own. Nobody with a code and a name becomes a guest, which sets their cookie.
 * Answers what takes it: who looks up a code may have to wait, so that comes before the transaction. Throws
 * `code-unknown`, `slow-down`, `not-found`, `not-allowed`, `class-over`, or `malformed` when the name is missing.
 */
export async function prepareJoin(
  ctx: Ctx,
  input: JoinInput,
): Promise<(tx: WriteCtx) => Promise<{ runId: RunId; role: SeatRole }>> {
  const { id } = await meant(ctx, input)
  const by = input.code === undefined ? 'run' : 'code'
  const { who } = ctx
  if (who.kind === 'account') return tx => joinAs(tx, who.accountId, id, by)
  const { name } = input
  if (by === 'run') throw new Problem('not-signed-in')
  if (name === undefined) throw new Problem('malformed', { errors: [{ path: 'name', code: 'too_small' }] })
  await demandRoomForGuest(ctx)
  return tx => joinAsGuest(tx, id, name)
}
