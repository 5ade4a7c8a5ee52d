// What a package of H5P says of itself, in statements of xAPI, as what is kept of it. Pure: what comes out of a package is cut to
// what can be kept, and never trusted further.
import type { PartData, PartState } from '#protocol/packages/attempts.ts'
import { longestSuspend } from '#protocol/packages/limits.ts'
import { type Said, scoreIn, under, word } from './cmi.ts'

/** What is kept of a part but for its time and its own words. */
export type Standing = Pick<PartData, 'completion' | 'success' | 'score'>

/** Verbs that say an end was come to; a question by itself is answered, what holds several is completed. */
const ends = /\/(?:completed|answered)$/

/** How a part stands as it is begun: where it was left, and no longer as if nobody had opened it. */
export const standingOf = (state: PartState | null): Standing => {
  const { completion = 'incomplete', success = 'unknown', score = null } = state?.data ?? {}
  return { completion: completion === 'not-attempted' ? 'incomplete' : completion, success, score }
}

const hasParent = (statement: unknown): boolean => {
  const { parent } = under(under(statement, 'context'), 'contextActivities')
  return Array.isArray(parent) ? parent.length > 0 : typeof parent === 'object' && parent !== null
}

/**
 * How a part stands after a statement; undefined where that says nothing of it: of something within, which has a parent, or
 * of another verb than an end.
 */
export function standingAfter(before: Standing, statement: unknown): Standing | undefined {
  if (hasParent(statement) || !ends.test(word(under(statement, 'verb'), 'id', 200))) return undefined
  const result: Said = under(statement, 'result')
  const score = scoreIn(under(result, 'score'))
  return {
    completion: result.completion === false ? before.completion : 'completed',
    success: result.success === true ? 'passed' : result.success === false ? 'failed' : before.success,
    score: score ?? before.score,
  }
}

/** What a part tells. `suspend`: what it keeps for its next sitting; where that is too much, it keeps nothing. */
export const toldWith = (standing: Standing, suspend: unknown, seconds: number): PartData => ({
  ...standing,
  seconds: Math.max(0, Math.min(10_000_000, Math.round(seconds))),
  location: '',
  suspend:
    typeof suspend === 'string' && suspend.length <= longestSuspend && !suspend.includes('\u0000') ? suspend : '',
  objectives: [],
})
