// How learners get on with a package: attempts, what their parts tell of themselves, and the lines that staff read. What a
// package tells is somebody else's word: it is taken in this shape alone.
import * as z from 'zod/mini'
import { accountId, decimal, idSchema, instant } from '../base/ids.ts'
import { longestLocation, longestSuspend, mostObjectives } from './limits.ts'

export const attemptId = idSchema<'PackageAttempt'>()
export type PackageAttemptId = z.infer<typeof attemptId>

export const completion = z.enum(['not-attempted', 'incomplete', 'completed'])
export type Completion = z.infer<typeof completion>
export const success = z.enum(['unknown', 'passed', 'failed'])
export type Success = z.infer<typeof success>

/** How an attempt stands, in one word: the success where the package tells one, else how far it is. */
export const attemptStatuses = ['begun', 'completed', 'passed', 'failed'] as const
export const attemptStatus = z.enum(attemptStatuses)
export type AttemptStatus = z.infer<typeof attemptStatus>

export const packageAttempt = z.object({
  id: attemptId,
  /** The first is 1. */
  number: z.int(),
  status: attemptStatus,
  /** Completed, passed or failed: another one may be begun. */
  over: z.boolean(),
  /** In points; null while the package told none. */
  score: z.nullable(decimal),
  seconds: z.int(),
  begunAt: instant,
  /** When the package last told something. */
  at: instant,
})
export type PackageAttempt = z.infer<typeof packageAttempt>

/** Somebody's own. */
export const ownAttempts = z.object({
  /** The newest first, the latest hundred. */
  attempts: z.array(packageAttempt),
  /** What counts: the best score of all attempts. */
  best: z.nullable(decimal),
})
export type OwnAttempts = z.infer<typeof ownAttempts>

const figure = z.optional(z.number().check(z.minimum(-1e9), z.maximum(1e9)))
/** As the package tells it; what it comes to lies between nothing and all. */
export const partScore = z.strictObject({ raw: figure, min: figure, max: figure, scaled: figure })
export type PartScore = z.infer<typeof partScore>

// Nothing that no database keeps.
const told = (most: number) =>
  z.string().check(
    z.maxLength(most),
    z.refine(words => !words.includes('\u0000')),
  )

/** What one part tells of itself, whole, each time: two models of data in one form. */
export const partData = z.strictObject({
  completion,
  success,
  score: z.nullable(partScore),
  /** Of this sitting. */
  seconds: z.int().check(z.minimum(0), z.maximum(10_000_000)),
  /** Where the learner is, in the part's own words. */
  location: told(longestLocation),
  /** What the part keeps for its next sitting, in its own words. */
  suspend: told(longestSuspend),
  objectives: z
    .array(
      z.strictObject({
        id: told(255),
        completion: told(20),
        success: told(20),
        score: z.nullable(partScore),
      }),
    )
    .check(z.maxLength(mostObjectives)),
})
export type PartData = z.infer<typeof partData>

/** What a part is begun with. */
export const partState = z.object({
  part: z.string(),
  data: partData,
  /** Of all sittings before. */
  seconds: z.int(),
})
export type PartState = z.infer<typeof partState>

export const learnerStatus = z.enum(['none', ...attemptStatuses])
export type LearnerStatus = z.infer<typeof learnerStatus>
export const learnerFilter = z.enum(['all', ...learnerStatus.options])
export type LearnerFilter = z.infer<typeof learnerFilter>

/** One learner: how the newest attempt stands, and what all of them come to. */
export const learnerRow = z.object({
  accountId,
  name: z.string(),
  status: learnerStatus,
  attempts: z.int(),
  score: z.nullable(decimal),
  seconds: z.int(),
  at: z.nullable(instant),
})
export type LearnerRow = z.infer<typeof learnerRow>

export const learnerCounts = z.object({
  none: z.int(),
  begun: z.int(),
  completed: z.int(),
  passed: z.int(),
  failed: z.int(),
})
export type LearnerCounts = z.infer<typeof learnerCounts>
