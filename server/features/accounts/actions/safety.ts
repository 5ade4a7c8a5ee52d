// Tells somebody's open pages that how they come in has changed.
import { safetyScope } from '#protocol/accounts/safety.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Says on every device of a person that their devices, steps, tokens or connections are others now. */
export function tellSafety(ctx: WriteCtx, accountId: AccountId): void {
  ctx.announce(safetyScope, accountId, { kind: 'changed', body: {} })
}
