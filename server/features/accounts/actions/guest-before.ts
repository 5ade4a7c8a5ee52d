// What somebody did as a guest, brought along once they have signed in on the same device. Nobody else is ever offered a guest's
// work: the session that remembers the guest is the one that took the guest's place in the same browser.
import { demand } from '#protocol/base/problems.ts'
import { demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { findGuestBefore } from '../queries/guest-before.ts'
import { sessions } from '../tables.ts'
import { mergeAccounts } from './hooks.ts'

/**
 * Moves all the guest did to the account that is signed in; what both did is kept once, as in every merge. It can't be
 * taken back. Throws `merged-with-itself`, `not-found` where this device was no guest, or what the guest did went
 * elsewhere.
 */
export async function bringGuest(ctx: WriteCtx): Promise<void> {
  const { accountId, sessionId } = demandAccount(ctx.who)
  const guest = await findGuestBefore(ctx, sessionId)
  demand(guest !== undefined, 'not-found')
  await mergeAccounts(ctx, guest.id, accountId)
}

/** Forgets the guest: what they did stays a guest's. Where there is none, nothing happens. */
export async function leaveGuest(ctx: WriteCtx): Promise<void> {
  const { sessionId } = demandAccount(ctx.who)
  await sessions.update({ guestId: null }, { where: { id: sessionId } })
}
