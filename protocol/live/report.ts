// What is left of a class once it was held: what each was asked and gave, what was caught up at home, the report for hosts.
import * as z from 'zod/mini'
import { decimal, instant, uuid } from '#protocol/base/ids.ts'
import { activityKindName, activityMove } from '../activities/registry.ts'
import { activityId, deliveryId, itemId, ruling } from '../activities.ts'
import { askedQuestion, toldKey } from '../question-types/registry.ts'

/** One item of a class for the one who asks: what they gave and, once everybody may know, what was right. */
export const recapItem = z.object({
  deliveryId,
  itemId,
  kind: activityKindName,
  asked: askedQuestion,
  /** The answer that counts, or the newest while that is not settled. */
  move: z.nullable(activityMove),
  /** Null before the reveal, and where nothing is right or wrong. */
  result: z.nullable(
    z.object({
      key: toldKey,
      /** Null where nothing is scored. */
      score: z.nullable(z.string()),
      points: z.string(),
    }),
  ),
  /** The latest correction of its key, once everybody may know that. */
  corrected: z.nullable(z.object({ at: instant, note: z.string() })),
})
export type RecapItem = z.infer<typeof recapItem>

/** One activity of a missed class, given to the reader as homework. */
export const catchUpEntry = z.object({
  deliveryId,
  title: z.string(),
  dueAt: z.nullable(instant),
  finishedAt: z.nullable(instant),
  over: z.boolean(),
})
export type CatchUpEntry = z.infer<typeof catchUpEntry>

/** One person's part in a class that ended: each answer with what it earned, and the grade they came to. */
export const reportRow = z.object({
  accountId: uuid(),
  name: z.string(),
  role: z.enum(['learner', 'guest']),
  joinedAt: instant,
  answers: z.array(
    z.object({
      deliveryId,
      itemId,
      answered: z.boolean(),
      /** Null where nothing is scored. */ score: z.nullable(decimal),
    }),
  ),
  grade: z.nullable(z.object({ score: decimal, points: decimal })),
})
export type ReportRow = z.infer<typeof reportRow>

export const reportQuestion = z.object({
  deliveryId,
  itemId,
  activityTitle: z.string(),
  prompt: z.string(),
  points: decimal,
  scored: z.boolean(),
  activityId,
  ruling,
  corrected: z.nullable(z.object({ at: instant, note: z.string() })),
})
export type ReportQuestion = z.infer<typeof reportQuestion>
