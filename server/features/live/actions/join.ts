// Taking a seat: by code as anyone, or by run from inside the course. Wrong codes are counted, right ones never, since
// a whole school joins from one address.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { RunId } from '#protocol/live.ts'
import { createGuest, guessingCode } from '#server/features/accounts/index.ts'
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

/**
 * Takes a seat, or goes back to one's own. Nobody with a code and a name becomes a guest, which sets their cookie.
 * Throws `code-unknown`, `slow-down`, `not-found`, `not-allowed`, `not-open`, or `malformed` when the name is missing.
 */
export async function joinRun(ctx: WriteCtx, input: JoinInput): Promise<{ runId: RunId; role: SeatRole }> {
  const given = [input.code, input.runId].filter(one => one !== undefined).length
  if (given !== 1) throw new Problem('malformed', { errors: [{ path: 'code', code: 'one_of_two' }] })
  const run = input.code === undefined ? await getRun(ctx, input.runId ?? '') : await runByCode(ctx, input.code)
  const by = input.code === undefined ? 'run' : 'code'
  if (ctx.who.kind === 'nobody') {
    if (by === 'run') throw new Problem('not-signed-in')
    if (input.name === undefined) throw new Problem('malformed', { errors: [{ path: 'name', code: 'too_small' }] })
    const guest = await createGuest(ctx, { name: input.name })
    await sit(ctx, run.id, guest, 'guest')
    return { runId: run.id, role: 'guest' }
  }
  const { accountId } = ctx.who
  const [standing = noStanding] = await standings(ctx, [{ runId: run.id, accountId }])
  const role = seatFor(standing, by)
  // Nobody sits down any more, but whoever may read what the class left is let through to it.
  if (run.phase === 'ended' && !mayWatch(standing, 'ended')) throw new Problem('not-open')
  if (run.phase === 'open') await sit(ctx, run.id, accountId, role)
  return { runId: run.id, role }
}
