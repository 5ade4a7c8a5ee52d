// The shape shared by kinds that put one item at a time on the stage (quiz, poll): phases, the steering verbs and the
// view. A kind adds what is its own, such as the key at the reveal.

import * as z from 'zod/mini'
import { instant, uuid } from '#protocol/base/ids.ts'
import { askedQuestion } from '../question-types/registry.ts'
import { moderate } from './moderation.ts'

/**
 * waiting: before the first item. open: answers are taken. paused: the clock stands, answers are still kept out.
 * closing: the close was said, answers stamped before it are still flushed. closed: no answer is taken, results are
 * with the hosts. revealed: results are with everybody. done: the activity is over.
 */
export const phase = z.enum(['waiting', 'open', 'paused', 'closing', 'closed', 'revealed', 'done'])
export type Phase = z.infer<typeof phase>

/** How long an item takes answers once it is open; null without a limit. */
export const limitSeconds = z.nullable(z.int().check(z.minimum(5), z.maximum(3_600)))

/** What is read of the settings of every staged kind; a kind whose answers may always be changed has no `mayChange`. */
export const stagedSettings = z.object({ limitSeconds, mayChange: z.boolean() })

/** What a host may do. `next` opens the following item; `open` names one (also to open one again). */
export const steer = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('open'),
    itemId: z.optional(uuid()),
    limitSeconds: z.optional(limitSeconds),
  }),
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('extend'), seconds: z.int().check(z.minimum(5), z.maximum(600)) }),
  z.strictObject({ do: z.literal('lock') }),
  z.strictObject({ do: z.literal('reveal') }),
  z.strictObject({ do: z.literal('next') }),
  z.strictObject({ do: z.literal('finish') }),
  ...moderate,
])
export type Steer = z.infer<typeof steer>

/** What a host decides about what somebody wrote; everything else moves the delivery on. */
export type Moderate = Extract<Steer, { itemId: string; mark: string }>

/** Whether a host decides about words with it, rather than moves the delivery on. */
export const isModerate = (steer: Steer): steer is Moderate => 'mark' in steer

/** How many people answered, and how often each thing: an option by its id, a value or a wording as it is to be read. */
export const tally = z.object({
  answered: z.int(),
  counts: z.record(z.string(), z.int()),
  /** How many different answers are not in it; absent when all are. */
  others: z.optional(z.int()),
})
export type Tally = z.infer<typeof tally>

/** The part of a view every staged kind has. Times are server instants; clients count with the server's clock. */
export const stagedView = {
  phase,
  /** 1-based position of the item on stage; 0 while waiting. */
  number: z.int(),
  total: z.int(),
  item: z.nullable(z.object({ id: uuid(), points: z.string(), asked: askedQuestion })),
  openedAt: z.nullable(instant),
  closesAt: z.nullable(instant),
  /** What was left when it was paused, in milliseconds. */
  remainingMs: z.nullable(z.int()),
  limitSeconds: z.nullable(z.int()),
  /** Whether an answer may be changed while the item is open; the last one counts. Else the first one does. */
  mayChange: z.boolean(),
}

/** How long a lock by hand waits for what is picked or typed and not sent yet, where that needs a button, in milliseconds. */
export const lastWordMs = 1_500

/** How long after the close answers stamped before it are still taken while nodes flush, in milliseconds. */
export const flushMs = 500
