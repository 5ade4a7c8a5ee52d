// What holds for webhooks, from plain data: how a message is signed, when it is tried again, what an answer means. Pure.
// By Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
import { createHmac } from 'node:crypto'
import type { MessageType } from '#protocol/webhooks/events.ts'
import type { TryWord } from '#protocol/webhooks.ts'
import type { PostOutcome } from '#server/platform/http/post-outside.ts'

/** How long messages are signed with the secret before, too. */
export const oldSecretMs = 24 * 3_600_000

/** An endpoint at which nothing arrived for so long is paused. */
export const patienceWithEndpointMs = 3 * 24 * 3_600_000

const minute = 60_000
const hour = 60 * minute

/** Milliseconds before the second try and those after it; the first is at once. */
export const retryDelays: readonly number[] = [
  ...[5_000, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 10 * hour],
]

/** Up to so much later, so that what failed together does not come back together. */
const jitter = 0.2

/** When it is tried after `attempts` tries, in milliseconds from now; undefined: it is not. `chance`: from 0 to 1. */
export function retryAfter(attempts: number, chance: number): number | undefined {
  const delay = retryDelays[attempts - 1]
  return delay === undefined ? undefined : Math.round(delay * (1 + jitter * chance))
}

/** Bytes of a secret, of the 24 to 64 that the specification takes. */
export const secretBytes = 32

/** A secret as people are given it. */
export const secretText = (bytes: Buffer): string => `whsec_${bytes.toString('base64')}`

/** The id of a message as it goes out; the same at every try. */
export const wireId = (id: string): string => `msg_${id.replaceAll('-', '')}`

export interface Signing {
  readonly id: string
  readonly at: Date
  readonly body: string
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000)

/** One signature a secret, in order, a space between. Secrets as `secretText` writes them. */
export const signatureOf = ({ id, at, body }: Signing, secrets: readonly string[]): string =>
  secrets
    .map(secret =>
      createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
        .update(`${wireId(id)}.${seconds(at)}.${body}`)
        .digest('base64'),
    )
    .map(sum => `v1,${sum}`)
    .join(' ')

/** The headers of a try. */
export const headersOf = (id: string, at: Date, signature: string): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Lectern-Webhooks/1',
  'webhook-id': wireId(id),
  'webhook-timestamp': String(seconds(at)),
  'webhook-signature': signature,
})

/** The body of a message, byte for byte. */
export const bodyOf = (type: MessageType, at: Date, data: object): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data })

/** Why a try did not arrive; null where it did: with any status from 200 to 299. */
export function wordOf(outcome: PostOutcome): TryWord | null {
  if ('failure' in outcome) return outcome.failure === 'ended' ? 'silent' : outcome.failure
  if (outcome.status >= 200 && outcome.status < 300) return null
  if (outcome.status === 410) return 'gone'
  return outcome.status >= 300 && outcome.status < 400 ? 'redirect' : 'status'
}

/** What becomes of a message that was tried `attempts` times, the last one with this word. */
export function fateOf(
  word: TryWord | null,
  attempts: number,
  at: Date,
  chance: number,
): { readonly state: 'sent' | 'failed' | 'waiting'; readonly nextAt: Date | null } {
  if (word === null) return { state: 'sent', nextAt: null }
  const after = retryAfter(attempts, chance)
  return after === undefined
    ? { state: 'failed', nextAt: null }
    : { state: 'waiting', nextAt: new Date(at.getTime() + after) }
}

/** Why an endpoint is paused by what it answered; undefined where it is not. `failingSince`: this try counted. */
export function pauseAfter(word: TryWord, failingSince: Date, at: Date): 'gone' | 'failing' | undefined {
  if (word === 'gone') return 'gone'
  return at.getTime() - failingSince.getTime() >= patienceWithEndpointMs ? 'failing' : undefined
}
