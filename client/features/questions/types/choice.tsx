// The three types with options on the screen: one card, one editor, one board of bars.
import { Check } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { AnswerMark } from '#client/ui/AnswerMark.tsx'
import { Bars } from '#client/ui/Bars.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'
import { ChoiceCard } from '../ChoiceCard.tsx'
import { ChoiceFields } from '../ChoiceFields.tsx'
import { optionsOf, pickedOf } from '../options.ts'
import { barsOf, finding } from './choice-finding.ts'
import type { AnswerBoardProps, TypeParts } from './type.ts'

function ChoiceBoard({ question, tally, summary, over, answerKey, mine, stage }: AnswerBoardProps) {
  const right = pickedOf(answerKey)
  return (
    <Bars
      title={finding(question, tally, over, right)}
      summary={summary}
      bars={barsOf(question, tally, right, pickedOf(mine))}
      total={tally.answered}
      stage={stage}
    />
  )
}

const widestOf = (asked: AskedQuestion) => Math.max(...optionsOf(asked).map(option => option.text.length))

const ChoiceStage: TypeParts['Stage'] = ({ asked, locked }) => {
  const options = optionsOf(asked)
  const list = (
    <ul
      class="stage-options"
      data-columns={options.length > 4 || (widestOf(asked) <= 70 && options.length > 1) ? 2 : 1}
      data-count={options.length}
      data-locked={locked || undefined}
    >
      {options.map(option => (
        <li class="stage-option" key={option.id}>
          <AnswerMark letter={option.letter} size="em" />
          <span>
            <span class="visually-hidden">{option.letter}. </span>
            {option.text}
          </span>
        </li>
      ))}
    </ul>
  )
  if (asked.type !== 'multiple') return list
  return (
    <>
      <p class="stage-more">{t('questions.pickSeveralStage')}</p>
      {list}
    </>
  )
}

const WrittenOptions: TypeParts['Written'] = ({ question, keyed }) => (
  <ul class="item-options">
    {optionsOf(question).map(option => {
      const right = keyed && pickedOf(question.key).includes(option.id)
      return (
        <li key={option.id} data-right={right || undefined}>
          <AnswerMark letter={option.letter} size={24} />
          <span class="item-option-words">{option.text}</span>
          {right && (
            <span class="item-right">
              <Icon as={Check} />
              {t('activities.rightAnswer')}
            </span>
          )}
        </li>
      )
    })}
  </ul>
)

const GivenOptions: TypeParts['Given'] = ({ asked, move }) => (
  <>
    {optionsOf(asked)
      .filter(option => pickedOf(move).includes(option.id))
      .map(option => (
        <span class="grade-picked" key={option.id}>
          <AnswerMark letter={option.letter} size={24} />
          <span>
            <span class="visually-hidden">{option.letter}. </span>
            {option.text}
          </span>
        </span>
      ))}
  </>
)

const textsOf = (asked: AskedQuestion, ids: readonly string[]): string =>
  optionsOf(asked)
    .filter(option => ids.includes(option.id))
    .map(option => `${option.letter}. ${option.text}`)
    .join(', ')

const choice: Omit<TypeParts, 'label'> = {
  Fields: ChoiceFields,
  Card: ChoiceCard,
  Board: ChoiceBoard,
  Stage: ChoiceStage,
  stageSize: asked => ({ count: optionsOf(asked).length, long: widestOf(asked) > 60 }),
  Written: WrittenOptions,
  Given: GivenOptions,
  givenWords: (asked, move) => textsOf(asked, pickedOf(move)),
  keyWords: (asked, key) => textsOf(asked, pickedOf(key)),
}

export const singleParts: TypeParts = { ...choice, label: t('questions.single') }
export const multipleParts: TypeParts = { ...choice, label: t('questions.multiple') }
export const trueFalseParts: TypeParts = { ...choice, label: t('questions.trueFalse') }
