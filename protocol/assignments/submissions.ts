// What is handed in for an assignment, as its learner and those who mark see it: the draft, each hand-in, the mark, and how it
// stands.
import * as z from 'zod/mini'
import { accountId, decimal, idSchema, instant, version } from '../base/ids.ts'
import { fileForm } from '../files.ts'
import { lateness } from '../grades/late.ts'

export const submissionFileId = idSchema<'SubmissionFile'>()
export type SubmissionFileId = z.infer<typeof submissionFileId>

/** Characters of a text that is handed in. */
export const longestSubmission = 100_000
/** Characters of what is said to a mark. */
export const longestComment = 10_000

/** Characters of why lateness takes nothing. */
export const longestReason = 500

export const submissionFile = z.object({
  id: submissionFileId,
  name: z.string(),
  form: fileForm,
  type: z.string(),
  /** In bytes. */
  size: z.int(),
})
export type SubmissionFile = z.infer<typeof submissionFile>

/** One time that somebody handed in. It never changes. */
export const handIn = z.object({
  /** The first is 1. */
  number: z.int(),
  text: z.string(),
  files: z.array(submissionFile),
  at: instant,
  /** How long after it was due; null for in time. */
  lateSeconds: z.nullable(z.int()),
})
export type HandIn = z.infer<typeof handIn>

export const mark = z.object({
  /** What whoever marked gave. */
  score: decimal,
  /** What the gradebook says: the score, less what coming late takes. */
  grade: decimal,
  late: z.nullable(lateness),
  /** Why lateness takes nothing; null where it does. */
  waived: z.nullable(z.string()),
  comment: z.string(),
  at: instant,
  /** Who gave it last; null once that account is erased. */
  by: z.nullable(z.string()),
})
export type Mark = z.infer<typeof mark>

/** What its learner writes and has not handed in. */
export const draft = z.object({
  text: z.string(),
  files: z.array(submissionFile),
  version,
  /** Null while nothing was written. */
  savedAt: z.nullable(instant),
})
export type Draft = z.infer<typeof draft>

/** A learner's own. `handIns` newest first. */
export const ownSubmission = z.object({
  draft,
  handIns: z.array(handIn),
  mark: z.nullable(mark),
  /** What nothing handed in by the cut-off counts as, in points; null where it does not. */
  missing: z.nullable(decimal),
})
export type OwnSubmission = z.infer<typeof ownSubmission>

/** none: nothing was handed in. late: after it was due. marked: whatever was handed in. */
export const submissionStatuses = ['none', 'handed-in', 'late', 'marked'] as const
export const submissionStatus = z.enum(submissionStatuses)
export type SubmissionStatus = z.infer<typeof submissionStatus>

/** to-mark: handed in, in time or late, and not marked. */
export const submissionFilter = z.enum(['all', 'to-mark', ...submissionStatuses])
export type SubmissionFilter = z.infer<typeof submissionFilter>

export const submissionRow = z.object({
  accountId,
  name: z.string(),
  status: submissionStatus,
  /** When it was handed in last. */
  at: z.nullable(instant),
  lateSeconds: z.nullable(z.int()),
  score: z.nullable(decimal),
  /** What the gradebook says; null for nothing. */
  grade: z.nullable(decimal),
  /** Nothing came by the cut-off, and that counts as the grade. */
  missing: z.boolean(),
})
export type SubmissionRow = z.infer<typeof submissionRow>

/** How many learners there are of each; together all. */
export const submissionCounts = z.object({ none: z.int(), 'handed-in': z.int(), late: z.int(), marked: z.int() })
export type SubmissionCounts = z.infer<typeof submissionCounts>
