// Lessons in words: where a choice leads, what is wrong with a page, how a learner stands.
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { Tone } from '#client/ui/Badge.tsx'
import type { WalkState } from '#protocol/lessons/walks.ts'
import type { LessonChoice, LessonTarget, LessonWarning } from '#protocol/lessons.ts'

interface Titled {
  readonly id: string
  readonly title: string
}

/** Where a choice of a page leads: a page, the end, or one that was taken out. */
export function targetOf<P extends Titled>(pages: readonly P[], from: string, to: LessonTarget): P | 'end' | 'gone' {
  if (to === 'end') return 'end'
  if (to === 'next') return pages[pages.findIndex(one => one.id === from) + 1] ?? 'end'
  return pages.find(one => one.id === to) ?? 'gone'
}

/** What stands on the button of a choice. */
export const choiceWords = ({ text }: LessonChoice, target: unknown): string =>
  text || t(target === 'end' ? 'lessons.finish' : 'lessons.continue')

const warnings = {
  unreached: 'lessons.warnUnreached',
  'no-way-out': 'lessons.warnNoWayOut',
  gone: 'lessons.warnGone',
  traps: 'lessons.warnTraps',
} as const satisfies Record<LessonWarning['what'], PlainTextKey>

export const warningWords = ({ what }: LessonWarning): string => t(warnings[what])

/** Whether what is wrong keeps a learner who comes there from the end. */
export const trapping = (what: LessonWarning['what']): boolean => what === 'no-way-out' || what === 'traps'

const states = {
  none: 'lessons.stateNone',
  on: 'lessons.stateOn',
  finished: 'lessons.stateFinished',
} as const satisfies Record<WalkState, PlainTextKey>

export const stateWords = (state: WalkState): string => t(states[state])

export const stateTones: { readonly [S in WalkState]: Tone } = { none: 'neutral', on: 'accent', finished: 'good' }
