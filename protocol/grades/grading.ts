// How a course grades: its defaults, which one page of the course shows and changes as one.
import * as z from 'zod/mini'
import { version } from '../base/ids.ts'
import { latePolicy, noLatePolicy } from './late.ts'

export const grading = z.object({
  /** What holds for assignments that have no policy of their own. */
  late: latePolicy,
  version,
})
export type Grading = z.infer<typeof grading>

/** What holds in a course where nobody has said anything. */
export const usualGrading: Grading = { late: noLatePolicy, version: 0 }

/** What can be changed of it; what is left out stays. */
export const gradingChange = z.strictObject({
  late: z.optional(latePolicy),
})
export type GradingChange = z.infer<typeof gradingChange>
