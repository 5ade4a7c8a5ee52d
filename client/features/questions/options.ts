// The options of a choice question as every screen shows them: in one order, each with its letter. True or false has
// options of the product's own; a question of another type has none. Never knows which one is right.

import { t } from '#client/platform/texts.ts'
import { type AnswerLetter, answerLetters } from '#protocol/question-types/choice.ts'
import { fullShare } from '#protocol/question-types/question-type.ts'
import {
  type AskedQuestion,
  scoreAnswer,
  type ToldKey,
  type WrittenQuestion,
} from '#protocol/question-types/registry.ts'

export interface LetteredOption {
  readonly id: string
  readonly text: string
  readonly letter: AnswerLetter
}

/** As many as there are letters, shapes and colours. */
export const mostOptions = answerLetters.length

/** The letter at a place from 0. Past the last one that stands, which the wire never lets happen. */
export const letterAt = (index: number): AnswerLetter => answerLetters[index] ?? 'H'

/** The options with their letters, in the order of the question. */
export function optionsOf(question: AskedQuestion | WrittenQuestion): readonly LetteredOption[] {
  const options =
    question.type === 'true-false'
      ? [
          { id: 'true', text: t('questions.true') },
          { id: 'false', text: t('questions.false') },
        ]
      : 'options' in question.body
        ? question.body.options
        : []
  return options.map((option, index) => ({ ...option, letter: letterAt(index) }))
}

/** What a move or a key names of the options; nothing for those of other types. */
export const pickedOf = (given: object | null | undefined): readonly string[] =>
  given && 'optionIds' in given ? (given.optionIds as readonly string[]) : []

export type Verdict = 'right' | 'partly' | 'wrong' | 'unanswered'

/** How an answer stands against a key, by the same pure rule the server scores with. */
export function verdictOf(question: AskedQuestion, key: ToldKey, answer: object | null | undefined): Verdict {
  if (!answer) return 'unanswered'
  const share = scoreAnswer(question, key, answer)
  if (share >= fullShare) return 'right'
  return share > 0 ? 'partly' : 'wrong'
}
