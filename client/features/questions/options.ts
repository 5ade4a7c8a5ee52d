// The options of a question as every screen shows them: in one order, each with its letter. True or false has options
// of the product's own. Never knows which one is right.

import { t } from '#client/platform/texts.ts'
import { type AnswerLetter, answerLetters, type Choice } from '#protocol/question-types/question-type.ts'
import { type AskedQuestion, questionTypeOf, type WrittenQuestion } from '#protocol/question-types/registry.ts'

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
      : question.body.options
  return options.map((option, index) => ({ ...option, letter: letterAt(index) }))
}

export type Verdict = 'right' | 'partly' | 'wrong' | 'unanswered'

/** How an answer stands against a key, by the same pure rule the server scores with. */
export function verdictOf(
  question: AskedQuestion | WrittenQuestion,
  key: { readonly optionIds: readonly string[] },
  answer: Choice | undefined,
): Verdict {
  if (!answer || answer.optionIds.length === 0) return 'unanswered'
  const share = questionTypeOf(question.type).score(question.body, key, answer)
  if (share >= 10_000) return 'right'
  return share > 0 ? 'partly' : 'wrong'
}
