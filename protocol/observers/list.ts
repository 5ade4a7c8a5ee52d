// Who observes whom as a list: taken away as CSV, brought in from one. Tried first, then done; what came in is ended together.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { nothing } from '../base/ids.ts'
import { longestList } from '../courses/import.ts'
import { observationId } from '../observers.ts'

/** Why a row can not be taken. */
export const observerRowError = z.enum([
  'no-learner',
  'no-observer',
  'bad-email',
  'bad-kind',
  /** A day is written as 2027-07-31. */
  'bad-until',
  'past',
  'twice',
  /** Nobody has an account with this address. */
  'learner-unknown',
  'observer-unknown',
  /** An administrator, a guest, somebody suspended, or oneself. */
  'not-observable',
  /** The learner would have too many observers, or the observer too many learners. */
  'too-many',
])
export type ObserverRowError = z.infer<typeof observerRowError>

/** What becomes of a row. `was there`: they observe already, however the row says; nothing changes. */
export const observerRow = z.object({
  /** The line of the list, the head being line 1. */
  line: z.int(),
  /** Names where there are accounts, else what the row says. */
  learner: z.string(),
  observer: z.string(),
  outcome: z.enum(['add', 'was there', 'error']),
  error: z.nullable(observerRowError),
})
export type ObserverRow = z.infer<typeof observerRow>

export const observerListRoutes = defineRoutes('observers', {
  /** Everybody who observes somebody now, as CSV in the reader's language; days in their time zone. For administrators. */
  csv: route('GET', '/observers.csv', read(nothing, z.unknown())),
  /**
   * Columns: e-mail of the learner, e-mail of the observer, and, where they are there, what they are and the last day. `try`
   * writes nothing; `good ones` links what can be and leaves the rest. A list that can not be read, or has no such columns, is
   * `malformed`. `made` are the links, to be ended together. For administrators.
   */
  bringIn: route(
    'POST',
    '/observers/list',
    write(
      z.strictObject({
        list: z.string().check(z.maxLength(longestList.characters)),
        how: z.enum(['try', 'good ones']),
      }),
      z.object({ made: z.array(observationId), rows: z.array(observerRow), unused: z.array(z.string()) }),
    ),
  ),
  /** Ends these, as far as they still hold. For administrators. */
  endMany: route(
    'POST',
    '/observations/end',
    write(
      z.strictObject({
        observationIds: z.array(observationId).check(z.minLength(1), z.maxLength(longestList.rows)),
      }),
      z.object({ ended: z.int() }),
    ),
  ),
})
