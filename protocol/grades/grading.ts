// How a course grades: its defaults, which one page of the course shows and changes as one.
import * as z from 'zod/mini'
import { attemptsRule, usualAttempts } from '../activities/attempts.ts'
import { uuid, version } from '../base/ids.ts'
import { latePolicy, noLatePolicy } from './late.ts'
import { scale, usualScale } from './scale.ts'
import { category, mostCategories, totalRules } from './total.ts'

export const grading = z.object({
  /** What holds for assignments that have no policy of their own. */
  late: latePolicy,
  /** What holds for homework that is given out without saying. */
  attempts: attemptsRule,
  scale,
  total: totalRules,
  /** In the order in which they are shown. */
  categories: z.array(category),
  version,
})
export type Grading = z.infer<typeof grading>

/** What holds in a course where nobody has said anything. */
export const usualGrading: Grading = {
  late: noLatePolicy,
  attempts: usualAttempts,
  scale: usualScale,
  total: { by: 'columns', told: true },
  categories: [],
  version: 0,
}

const named = z.extend(category, { id: z.optional(uuid()) })

/** No title and no column twice. */
const categoriesGiven = z.array(named).check(
  z.maxLength(mostCategories),
  z.refine(all => new Set(all.map(one => one.title.toLocaleLowerCase())).size === all.length),
  z.refine(all => {
    const columns = all.flatMap(one => one.columns)
    return new Set(columns).size === columns.length
  }),
)

/** What can be changed of it; what is left out stays. Categories are given as a whole, those that stay with their ids. */
export const gradingChange = z.strictObject({
  late: z.optional(latePolicy),
  attempts: z.optional(attemptsRule),
  scale: z.optional(scale),
  total: z.optional(totalRules),
  categories: z.optional(categoriesGiven),
})
export type GradingChange = z.infer<typeof gradingChange>
