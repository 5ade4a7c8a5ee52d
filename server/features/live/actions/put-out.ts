// Puts somebody out of a class and lets them back: their seat is worth nothing meanwhile, on every screen they have open.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { liveCalls } from '#protocol/live.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { lowerHand } from './hands.ts'
import { hostedRun } from './hosted.ts'

async function change(
  ctx: WriteCtx,
  { runId, accountId }: Input<typeof liveCalls.putOut>,
  out: boolean,
): Promise<void> {
  const run = await hostedRun(ctx, runId)
  const changed = await ctx.sql<{ account_id: AccountId }>(
    `update seats set put_out_at = $3
      where run_id = $1 and account_id = $2 and role <> 'host' and (put_out_at is null) = $4 returning account_id`,
    [run.id, accountId, out ? ctx.now : null, out],
  )
  if (changed.length === 0) return
  if (out) await lowerHand(ctx, { runId: run.id, accountId })
  for (const one of changed) ctx.rightsChanged(one.account_id)
  await audit.record(ctx, {
    verb: out ? 'class.put-out' : 'class.let-back',
    subject: { kind: 'course', id: run.course_id },
    details: { accountId, runId: run.id },
  })
}

/** Puts somebody out who is no host; twice is once. Throws as `hostedRun`. */
export const putOut = (ctx: WriteCtx, input: Input<typeof liveCalls.putOut>): Promise<void> => change(ctx, input, true)

/** Lets somebody back who was put out. Throws as `hostedRun`. */
export const letBack = (ctx: WriteCtx, input: Input<typeof liveCalls.letBack>): Promise<void> =>
  change(ctx, input, false)
