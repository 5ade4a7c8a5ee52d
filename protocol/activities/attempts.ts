// How often one person may take a homework, and which of their attempts counts. Pure, and the same here and there.
import * as z from 'zod/mini'

/** As many attempts as a homework may allow, where it does not allow any number. */
export const mostAttempts = 20

/** Where any number is allowed: one person begins no more than so many at one homework. */
export const mostEver = 1_000

/** best: the one with the most points. last: the one handed in last. first: the one handed in first. */
export const attemptsCount = z.enum(['best', 'last', 'first'])
export type AttemptsCount = z.infer<typeof attemptsCount>

export const attemptsRule = z.strictObject({
  /** How many; null: as many as somebody likes. */
  most: z.nullable(z.int().check(z.minimum(1), z.maximum(mostAttempts))),
  counts: attemptsCount,
})
export type AttemptsRule = z.infer<typeof attemptsRule>

/** What holds where nobody has said anything. */
export const usualAttempts: AttemptsRule = { most: 1, counts: 'best' }

/** Which attempt somebody means: the first where they do not say, so that nothing slips into a later one. */
export const attemptNumber = z._default(z.int().check(z.minimum(1), z.maximum(mostEver)), 1)

/** Whether another attempt may follow so many. */
export const hasMore = ({ most }: Pick<AttemptsRule, 'most'>, begun: number): boolean => begun < (most ?? mostEver)
