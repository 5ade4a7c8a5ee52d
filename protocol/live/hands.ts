// Hands in a class: who waits, in order, is for its hosts; one's own hand is for one's own seat; everybody else hears how
// many are up and never whose. protocol/live.ts has the calls.

import * as z from 'zod/mini'
import { instant, uuid } from '#protocol/base/ids.ts'
import { defineScope } from '#protocol/base/scope.ts'

/** How many hands are told one by one; of those behind them only the number is. */
export const handsTold = 50

/** `calledAt`: since when it is this person's turn. */
export const ownHand = z.object({ raisedAt: instant, calledAt: z.nullable(instant) })
export type OwnHand = z.infer<typeof ownHand>

export const raisedHand = z.extend(ownHand, { accountId: uuid(), name: z.string() })
export type RaisedHand = z.infer<typeof raisedHand>

/** Those who are called stand before those who wait. `up` counts all, `first` holds at most `handsTold`. */
export const handQueue = z.object({ up: z.int(), first: z.array(raisedHand).check(z.maxLength(handsTold)) })
export type HandQueue = z.infer<typeof handQueue>

/** The id of somebody's seat, under which they alone hear of it. */
export const seatId = (runId: string, accountId: string): string => `${runId}~${accountId}`

/** One person's own part in a class: nobody else's. */
export const seatScope = defineScope({
  name: 'seat',
  state: z.object({ hand: z.nullable(ownHand) }),
  feeds: { handChanged: z.object({ hand: z.nullable(ownHand) }) },
  fleeting: {
    /** How many wait before them; told to the first who wait. */
    place: z.object({ before: z.int() }),
  },
  apply: (state, event) => (event.kind === 'handChanged' ? { ...state, hand: event.body.hand } : state),
})
