// The frames between client and server over Socket.IO. Four events exist: `call` and `feed`, `hello` once a connection
// and `move` when a node is about to go. Everything a feature sends travels inside them.
import * as z from 'zod/mini'
import { uuid } from './ids.ts'
import { problemBody } from './problems.ts'

/** Raised with every change of a call's input that a client of an older build does not make. */
export const protocolVersion = 1

/** The oldest whose writes are still understood: those of the last two releases. */
export const oldestProtocol = 1

/**
 * What a client says of itself at the handshake. One that says no protocol (programs) speaks today's; one that says something
 * else there is refused. Whatever stands in `preview` asks for one, so that a broken word is not taken for none.
 */
export const handshake = z.object({ protocol: z._default(z.int(), protocolVersion), preview: z.optional(z.unknown()) })

/** Where a page says, in HTTP and at the handshake, as whom it asks to be shown a course (protocol/preview.ts). */
export const previewHeader = 'lectern-preview'

export const wireEvents = { call: 'call', feed: 'feed', hello: 'hello', move: 'move' } as const

/**
 * Client to server: one call. `op` is required for writes. `protocol` stands where the input was written under another one
 * than the handshake's, by an earlier page of this browser.
 */
export const callFrame = z.strictObject({
  name: z.string().check(z.maxLength(80)),
  input: z.unknown(),
  op: z.optional(uuid()),
  protocol: z.optional(z.int()),
})

/** The acknowledgement of a call. For a write `ok: true` means committed in PostgreSQL. */
export const callAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: problemBody }),
])
export type CallAnswer = z.infer<typeof callAnswer>

/**
 * Server to client: the event `feed` carries ONE string, a JSON array of these. A durable frame has a sequence `n`;
 * a fleeting one has none. Short keys: this is the busiest frame of the product.
 * s scope address, n sequence, k kind, b body, a actor's account id, t instant.
 */
export const feedFrame = z.object({
  s: z.string(),
  n: z.optional(z.int()),
  k: z.string(),
  b: z.unknown(),
  a: z.optional(z.nullable(z.string())),
  t: z.optional(z.string()),
})
export type FeedFrame = z.infer<typeof feedFrame>
export const feedFrames = z.array(feedFrame)

/**
 * Fleeting kinds of the platform itself, which no scope may use. resume: ask again from what you have. closed: you may not
 * hear this any more; the body is the problem.
 */
export const platformKinds = { resume: 'resume', closed: 'closed' } as const
export type PlatformKind = keyof typeof platformKinds

/** Sent once by the server after connecting. `drift` is left to the client: it compares `now` with its own clock. */
export const helloFrame = z.object({
  protocol: z.int(),
  build: z.string(),
  now: z.string(),
  accountId: z.nullable(z.string()),
})
export type HelloFrame = z.infer<typeof helloFrame>

/** Come back at a random moment within so many milliseconds: this node goes. */
export const moveFrame = z.object({ within: z.number() })
