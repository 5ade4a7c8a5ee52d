// Words for what is kept, why it stays, and how the end of an account stands.
import { type PlainTextKey, region, t } from '#client/platform/texts.ts'
import type { Erasure, ErasureState, KeptBecause } from '#protocol/privacy.ts'
import { partTexts } from '#protocol/privacy-parts.ts'

/** A day in words, in the reader's own zone. */
export const dayWords = (at: string): string =>
  new Intl.DateTimeFormat(region, { dateStyle: 'long' }).format(new Date(at))

/** What a feature keeps, as people call it. */
export const featureWords = (feature: string): string => {
  const key: PlainTextKey = feature in partTexts ? partTexts[feature as keyof typeof partTexts] : 'people.keptOther'
  return t(key)
}

const becauseTexts = {
  record: 'privacy.becauseRecord',
  course: 'privacy.becauseCourse',
  talk: 'privacy.becauseTalk',
  trail: 'privacy.becauseTrail',
} as const satisfies Record<KeptBecause, PlainTextKey>

/** Why something stays without a name. */
export const becauseWords = (because: KeptBecause): string => t(becauseTexts[because])

const stateTexts = {
  asked: 'privacy.stateAsked',
  withdrawn: 'privacy.stateWithdrawn',
  refused: 'privacy.stateRefused',
  running: 'privacy.stateRunning',
  proving: 'privacy.stateProving',
  done: 'privacy.stateDone',
} as const satisfies Record<ErasureState, PlainTextKey>

/** How it stands, in a word or two. */
export const stateWords = (state: ErasureState): string => t(stateTexts[state])

export const stateTones = {
  asked: 'warn',
  withdrawn: 'neutral',
  refused: 'neutral',
  running: 'accent',
  proving: 'accent',
  done: 'good',
} as const satisfies Record<ErasureState, string>

/** Whether something is still being done. */
export const works = ({ state }: Erasure): boolean => state === 'running' || state === 'proving'

/** A time in whole years where it is, else in months. */
export const monthsWords = (months: number): string =>
  months % 12 === 0 ? t('privacy.years', { count: months / 12 }) : t('privacy.months', { count: months })
