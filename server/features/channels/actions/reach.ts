// Whom somebody may bring into a talk, and how fast: the same for a new one and for a group that grows.
import type { AccountId } from '#protocol/base/ids.ts'
import { refuse } from '#protocol/base/problems.ts'
import { paceOfEach, tooFast } from '#server/platform/call/pace.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { relations } from '../queries/direct.ts'
import { startBudget, whyOutOfReach } from '../rules/messages.ts'

const starts = paceOfEach(startBudget)

/** Throws what `whyOutOfReach` answers unless whoever asks may write to each of them. */
export async function demandReach(ctx: WriteCtx, others: readonly AccountId[]): Promise<void> {
  const me = accountOf(ctx.who)
  const stand = await relations(
    ctx,
    others.map(other => ({ me, other })),
  )
  for (const relation of stand) refuse(whyOutOfReach(relation))
}

/** Throws `slow-down` for whoever brings people together too fast. */
export function takeStart(ctx: WriteCtx): void {
  const wait = starts.take(accountOf(ctx.who), ctx.now)
  if (wait > 0) throw tooFast(wait)
}
