// Questions as they are being written, and answers as they are being given: what is there yet, and what is missing. Pure.
import { v7 as newId } from 'uuid'
import * as z from 'zod/mini'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { FormError } from '#client/ui/Form.tsx'
import { type SurveyAnswer, type SurveyQuestion, type SurveyQuestionKind, surveyAnswer } from '#protocol/surveys.ts'

export const kindWords = {
  choice: 'surveys.kindChoice',
  choices: 'surveys.kindChoices',
  scale: 'surveys.kindScale',
  text: 'surveys.kindText',
} as const satisfies Record<SurveyQuestionKind, PlainTextKey>

export const kinds = Object.keys(kindWords) as readonly SurveyQuestionKind[]

const emptyOption = () => ({ id: newId(), text: '' })

/** A question of a kind with nothing in it; what another question says goes over as far as it fits. */
export function questionOf(kind: SurveyQuestionKind, before?: SurveyQuestion): SurveyQuestion {
  const common = { id: before?.id ?? newId(), wording: before?.wording ?? '', required: before?.required ?? false }
  switch (kind) {
    case 'choice':
    case 'choices': {
      const options = before && 'options' in before ? before.options : [emptyOption(), emptyOption()]
      return { kind, ...common, options }
    }
    case 'scale':
      return { kind, ...common, low: '', high: '' }
    case 'text':
      return { kind, ...common }
  }
}

/** One more option. */
export const withOption = <Q extends Extract<SurveyQuestion, { options: unknown }>>(question: Q): Q => ({
  ...question,
  options: [...question.options, emptyOption()],
})

/** What is missing in questions, by the names of their fields. */
export const missingIn = (questions: readonly SurveyQuestion[]): FormError[] =>
  questions.flatMap(question => [
    ...(question.wording.trim() === ''
      ? [{ name: `${question.id} wording`, message: t('surveys.wordingMissing') }]
      : []),
    ...('options' in question
      ? question.options.flatMap(one =>
          one.text.trim() === '' ? [{ name: `${question.id} ${one.id}`, message: t('surveys.optionMissing') }] : [],
        )
      : []),
  ])

/** Answers by their questions. */
export type Given = Readonly<Record<string, SurveyAnswer | undefined>>

export const givenOf = (answers: readonly SurveyAnswer[]): Given =>
  Object.fromEntries(answers.map(one => [one.questionId, one]))

/** What this device kept of answers that were begun; undefined for what is none. */
export function begunIn(kept: unknown): Given | undefined {
  const read = z.safeParse(z.record(z.string(), surveyAnswer), kept)
  return read.success ? read.data : undefined
}

/** What is said, in the order of the questions; a text of spaces says nothing. */
export const saidIn = (questions: readonly SurveyQuestion[], given: Given): SurveyAnswer[] =>
  questions.flatMap(({ id }) => {
    const answer = given[id]
    return !answer || (answer.kind === 'text' && answer.text.trim() === '') ? [] : [answer]
  })
