// What stands in an empty cell of the gradebook, in one vocabulary for staff and learners.
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { EmptyCell } from '#protocol/grades.ts'

const words: { readonly [W in Exclude<EmptyCell['why'], 'not-given'>]: PlainTextKey } = {
  absent: 'grades.missed',
  silent: 'grades.silent',
  pending: 'grades.pending',
  missing: 'grades.missing',
  unmarked: 'grades.unmarked',
  'not-yet': 'grades.not-yet',
  'held-back': 'grades.notReleased',
}

/** The word for why there is no grade; a dash where nothing was given. */
export const emptyWords = (why: EmptyCell['why'] | undefined): string =>
  why === undefined || why === 'not-given' ? '–' : t(words[why])
