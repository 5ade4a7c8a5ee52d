// What a browser carries while it is at a provider: sealed, for minutes, and good in that browser alone. Nothing of it is
// kept here.
import * as z from 'zod/mini'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { nextPath, type ProviderId, providerId } from '#protocol/providers.ts'
import type { Ctx, SessionDoor } from '#server/platform/ctx.ts'
import { seal, unseal } from '#server/platform/seal.ts'

const purpose = 'provider errand'
/** Long enough to find a password, to confirm a sign-in on a phone. */
const seconds = 600

const errand = z.object({
  providerId,
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  /** Whose account is being connected; null for a sign-in. */
  connects: z.nullable(accountId),
  next: nextPath,
  until: z.number(),
})
type Errand = z.infer<typeof errand>

/** The door of whoever asks. Throws a fault on a socket. */
export function doorOf(ctx: Ctx): SessionDoor {
  if (!ctx.session) throw new Error('A browser is sent elsewhere over HTTP only')
  return ctx.session
}

/** Gives the browser an errand; one it had before is forgotten. */
export function sendAway(ctx: Ctx, what: Omit<Errand, 'until'>): void {
  const until = ctx.now.getTime() + seconds * 1_000
  doorOf(ctx).carry(seal(purpose, JSON.stringify({ ...what, until })).toString('base64url'), seconds)
}

/**
 * Takes the errand a browser comes back with, once: it must be the one this state began, at this provider. Throws
 * `sign-in-over` for every other.
 */
export function comeBackWith(ctx: Ctx, came: { providerId: ProviderId; state: string | undefined }): Errand {
  const door = doorOf(ctx)
  const text = door.errand === undefined ? undefined : unseal(purpose, Buffer.from(door.errand, 'base64url'))
  const found = text === undefined ? undefined : errand.safeParse(JSON.parse(text)).data
  const good =
    found !== undefined &&
    found.state === came.state &&
    found.providerId === came.providerId &&
    found.until > ctx.now.getTime()
  // Another one's answer does not end what this browser is about.
  if (!good) throw new Problem('sign-in-over')
  door.carry('', 0)
  return found
}

/** Whose account an errand connects must be who is signed in when it ends. Throws `sign-in-over`. */
export function demandSame(ctx: Ctx, connects: AccountId): void {
  if (ctx.who.kind !== 'account' || ctx.who.accountId !== connects) throw new Problem('sign-in-over')
}
