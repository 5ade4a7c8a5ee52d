// What a tally of choices says, in a sentence, and its bars. Pure. Without a key nothing in here hints at one.
import { locale, t } from '#client/platform/texts.ts'
import type { Bar } from '#client/ui/Bars.tsx'
import type { Tally } from '#protocol/activities/staged.ts'
import type { AskedQuestion, WrittenQuestion } from '#protocol/question-types/registry.ts'
import { optionsOf } from '../options.ts'

/** The finding: how many were right where one answer is, else what was chosen most. `over`: no more answers come. */
export function finding(
  question: AskedQuestion | WrittenQuestion,
  tally: Tally,
  over: boolean,
  right: readonly string[],
): string {
  if (tally.answered === 0) return over ? t('activities.nobody') : t('activities.nobodyYet')
  const [only] = right
  if (question.type !== 'multiple' && only !== undefined) {
    return t('activities.allRight', { right: tally.counts[only] ?? 0, count: tally.answered })
  }
  const options = optionsOf(question)
  const most = Math.max(...options.map(option => tally.counts[option.id] ?? 0))
  const letters = options.filter(option => (tally.counts[option.id] ?? 0) === most).map(option => option.letter)
  if (letters.length === 1) return t('activities.mostChose', { letters: letters[0] ?? '' })
  return t('activities.tie', { letters: new Intl.ListFormat(locale).format(letters) })
}

/** A bar for each option. `right` marks what is right, `mine` what the reader chose. */
export const barsOf = (
  question: AskedQuestion | WrittenQuestion,
  tally: Tally,
  right: readonly string[],
  mine: readonly string[],
): readonly Bar[] =>
  optionsOf(question).map(option => ({
    key: option.id,
    label: option.text,
    count: tally.counts[option.id] ?? 0,
    letter: option.letter,
    right: right.includes(option.id),
    mine: mine.includes(option.id),
  }))
