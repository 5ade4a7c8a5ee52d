// What the log takes and what it gives back. Shared by the transaction helper, the log and the publisher.
import type { ScopeAddress } from '#protocol/base/scope.ts'

/** Collected by `ctx.announce`, not yet numbered. */
export interface CollectedEvent {
  readonly scope: ScopeAddress
  readonly kind: string
  readonly body: unknown
  readonly actor: string | null
  readonly at: Date
}

/** Numbered, stored and encoded as a feed frame (protocol/base/wire.ts): relayed as this text, never decoded again. */
export interface EncodedEvent {
  readonly scope: ScopeAddress
  readonly seq: number
  readonly text: string
  /** Its body was blanked: `text` is empty, and whoever would have to replay it gets a snapshot instead. */
  readonly blank?: boolean
  /** Earlier events of the scope were blanked with it: nodes forget the frames they keep from before it. */
  readonly forget?: boolean
}

/** The minute a moment lies in: as exact as what is anonymous may be. */
export const toMinute = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 60_000) * 60_000)
