// How learners go through lessons, as their staff read it: who is where, and which way somebody took.
import * as z from 'zod/mini'
import { accountId, idSchema, instant } from '../base/ids.ts'

export { accountId }
export const lessonId = idSchema<'Lesson'>()
export type LessonId = z.infer<typeof lessonId>
export const lessonPageId = idSchema<'LessonPage'>()
export type LessonPageId = z.infer<typeof lessonPageId>

/** none: not begun. on: on a page. finished: came to the end, since they began anew. */
export const walkState = z.enum(['none', 'on', 'finished'])
export type WalkState = z.infer<typeof walkState>
export const walkerFilter = z.enum(['all', ...walkState.options])
export type WalkerFilter = z.infer<typeof walkerFilter>

export const walker = z.object({
  accountId,
  name: z.string(),
  state: walkState,
  /** Where they are, with `on`. */
  page: z.nullable(z.string()),
  /** When they took their last step, or came to the end. */
  at: z.nullable(instant),
  /** How often they began. */
  times: z.int(),
})
export type Walker = z.infer<typeof walker>

export const walkCounts = z.object({ none: z.int(), on: z.int(), finished: z.int() })
export type WalkCounts = z.infer<typeof walkCounts>

/** moved: they were taken from a page that was taken out. */
export const stepHow = z.enum(['began', 'chose', 'back', 'jumped', 'moved'])
export type StepHow = z.infer<typeof stepHow>

/** One step: what they chose, in the words it has now, and where they came to. */
export const walkedStep = z.object({
  at: instant,
  how: stepHow,
  /** The page they were on; null as they began, and from the end. */
  from: z.nullable(z.string()),
  /** With `chose`; null for a plain way on, and where the choice is gone. */
  choice: z.nullable(z.string()),
  /** Null at the end. */
  to: z.nullable(z.string()),
})
export type WalkedStep = z.infer<typeof walkedStep>
