// The platform's own calls: subscribe to a scope from a known number on, let go of it, and ask for the time.
import * as z from 'zod/mini'
import { defineCalls, read } from './call.ts'
import { nothing } from './ids.ts'
import { feedFrame } from './wire.ts'

const scopeAddress = z.string().check(z.minLength(3), z.maxLength(120))

/**
 * `events`: everything after `since` up to `head`. `snapshot`: the state at `head`, because `since` was absent, too
 * old, or from before the reader's entry into the audience. Fleeting values of the moment come along.
 */
export const subscription = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('events'), head: z.int(), events: z.array(feedFrame), fleeting: z.array(feedFrame) }),
  z.object({ mode: z.literal('snapshot'), head: z.int(), state: z.unknown(), fleeting: z.array(feedFrame) }),
])
export type Subscription = z.infer<typeof subscription>

export const realtimeCalls = defineCalls('realtime', {
  subscribe: read(z.strictObject({ scope: scopeAddress, since: z.optional(z.int()) }), subscription, 'anyone'),
  unsubscribe: read(z.strictObject({ scope: scopeAddress }), nothing, 'anyone'),
  time: read(nothing, z.object({ now: z.iso.datetime() }), 'anyone'),
})
