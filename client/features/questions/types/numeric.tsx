// A number on the screen: typed in the reader's own decimal sign, drawn as a histogram, the right range only where the
// key is known.
import { t } from '#client/platform/texts.ts'
import { Bars } from '#client/ui/Bars.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Histogram } from '#client/ui/Histogram.tsx'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import { type NumericKey, rightRange } from '#protocol/question-types/numeric.ts'
import {
  type AskedQuestion,
  scoreAnswer,
  type ToldKey,
  type WrittenQuestion,
} from '#protocol/question-types/registry.ts'
import { readTyped, shownNumber, typedOf } from '../numbers.ts'
import { TypedCard } from '../TypedCard.tsx'
import { StageTyped } from './StageTyped.tsx'
import type { AnswerBoardProps, AnswerCardProps, FieldsProps, TypeParts } from './type.ts'

type Asked = AskedQuestion | WrittenQuestion
const unitOf = ({ body }: Asked): string | undefined => ('unit' in body ? body.unit : undefined)
const keyOf = (key: ToldKey | undefined): NumericKey | undefined => (key && 'toleranceIn' in key ? key : undefined)
const valueIn = (move: ActivityMove | null | undefined): string | undefined =>
  move && 'value' in move ? move.value : undefined

const withUnit = (asked: Asked, words: string): string => {
  const unit = unitOf(asked)
  return unit ? `${words} ${unit}` : words
}

/** The right values in words: one, or from the first to the last. */
function rightWords(asked: Asked, key: NumericKey): string {
  const { from, to } = rightRange(key)
  if (from === to) return withUnit(asked, shownNumber(from))
  return withUnit(asked, t('questions.range', { from: shownNumber(from), to: shownNumber(to) }))
}

function NumericCard(props: AnswerCardProps) {
  const { asked, answerKey } = props
  const key = keyOf(answerKey)
  return (
    <TypedCard
      {...props}
      read={typed => {
        const value = readTyped(typed)
        return value === undefined ? null : { value }
      }}
      write={move => typedOf(valueIn(move) ?? '')}
      maxLength={60}
      inputMode="decimal"
      unit={unitOf(asked)}
      note={typed => {
        if (typed.trim() === '') return undefined
        const value = readTyped(typed)
        if (value === undefined) return t('questions.noNumber')
        return typed.trim() === typedOf(value) ? undefined : t('questions.readAs', { value: shownNumber(value) })
      }}
      right={key && t('questions.rightIs', { answer: rightWords(asked, key) })}
    />
  )
}

function NumericFields({ draft, gaps, onDraft, onLeave }: FieldsProps) {
  return (
    <div class="numeric-fields">
      <Field
        name="value"
        label={t('questions.value')}
        inputMode="decimal"
        value={draft.value}
        maxLength={60}
        error={gaps?.value ? t('questions.writeValue') : undefined}
        onValue={value => onDraft({ ...draft, value })}
        onLeave={onLeave}
      />
      <Field
        name="tolerance"
        label={t('questions.tolerance')}
        inputMode="decimal"
        value={draft.tolerance}
        maxLength={60}
        error={gaps?.tolerance ? t('questions.writeTolerance') : undefined}
        onValue={tolerance => onDraft({ ...draft, tolerance })}
        onLeave={onLeave}
      />
      <Field
        type="select"
        name="toleranceIn"
        label={t('questions.toleranceIn')}
        value={draft.toleranceIn}
        options={[
          { value: 'absolute', label: t('questions.toleranceAbsolute') },
          { value: 'percent', label: t('questions.tolerancePercent') },
        ]}
        onValue={value => {
          onDraft({ ...draft, toleranceIn: value === 'percent' ? 'percent' : 'absolute' })
          onLeave()
        }}
      />
      <Field
        name="unit"
        label={t('questions.unit')}
        optional
        value={draft.unit}
        maxLength={40}
        placeholder={t('questions.unitPlaceholder')}
        onValue={unit => onDraft({ ...draft, unit })}
        onLeave={onLeave}
      />
    </div>
  )
}

const valuesOf = ({ counts }: Tally) =>
  Object.entries(counts)
    .map(([value, count]) => ({ value, at: Number(value), count }))
    .sort((a, b) => a.at - b.at)

/** How many different values stand as a bar each; more make a histogram. */
const mostBars = 8

function findingOf({ question, tally, over, answerKey }: AnswerBoardProps): string {
  if (tally.answered === 0) return over ? t('activities.nobody') : t('activities.nobodyYet')
  const values = valuesOf(tally)
  if (answerKey) {
    const right = values
      .filter(({ value }) => scoreAnswer(question, answerKey, { value }) > 0)
      .reduce((sum, one) => sum + one.count, 0)
    return t('activities.allRight', { right, count: tally.answered })
  }
  const total = values.reduce((sum, one) => sum + one.count, 0)
  // Half of all answers are at most this one.
  let left = total / 2
  let middle = '0'
  for (const { value, count } of values) {
    middle = value
    left -= count
    if (left <= 0) break
  }
  return t('questions.middle', { value: withUnit(question, shownNumber(middle)) })
}

function NumericBoard(props: AnswerBoardProps) {
  const { question, tally, summary, over, answerKey, mine, stage } = props
  const values = valuesOf(tally)
  const key = keyOf(answerKey)
  const own = valueIn(mine)
  const title = findingOf(props)
  const isRight = (value: string) => answerKey !== undefined && scoreAnswer(question, answerKey, { value }) > 0
  // What was right is told also where nobody gave it.
  const told = over && key && !values.some(({ value }) => isRight(value)) ? rightWords(question, key) : undefined
  if (values.length <= mostBars)
    return (
      <Bars
        title={title}
        summary={summary}
        bars={[
          ...values.map(({ value, count }) => ({
            key: value,
            label: withUnit(question, shownNumber(value)),
            count,
            right: isRight(value),
            mine: value === own,
          })),
          ...(told === undefined ? [] : [{ key: 'right', label: told, count: 0, right: true }]),
        ]}
        total={tally.answered}
        stage={stage}
      />
    )
  const range = key && rightRange(key)
  return (
    <Histogram
      title={title}
      summary={summary}
      values={values.map(({ value, at, count }) => ({ at, label: shownNumber(value), count, right: isRight(value) }))}
      unit={unitOf(question)}
      right={range && { from: Number(range.from), to: Number(range.to), words: rightWords(question, key) }}
      mine={own === undefined ? undefined : Number(own)}
      stage={stage}
    />
  )
}

const WrittenValue: TypeParts['Written'] = ({ question, keyed }) => {
  if (question.type !== 'numeric' || !keyed) return null
  return <p class="item-key">{t('questions.rightIs', { answer: rightWords(question, question.key) })}</p>
}

const givenWords: TypeParts['givenWords'] = (asked, move) => withUnit(asked, shownNumber(valueIn(move) ?? '0'))

export const numericParts: TypeParts = {
  label: t('questions.numeric'),
  Fields: NumericFields,
  Card: NumericCard,
  Board: NumericBoard,
  Stage: ({ asked, locked }) => <StageTyped locked={locked} unit={unitOf(asked)} />,
  stageSize: (_asked, { counts }) => ({ count: Math.min(6, Object.keys(counts).length), long: false }),
  Written: WrittenValue,
  Given: ({ asked, move }) => <span>{givenWords(asked, move)}</span>,
  givenWords,
  keyWords: (asked, told) => {
    const key = keyOf(told)
    return key ? rightWords(asked, key) : ''
  },
}
