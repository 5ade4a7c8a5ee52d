// A word or a few on the screen: typed, drawn as groups of answers that are the same, what is right only where the key
// is known.
import { t } from '#client/platform/texts.ts'
import { Bars } from '#client/ui/Bars.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { scoreAnswer, type ToldKey } from '#protocol/question-types/registry.ts'
import { foldShort, type Ignorable, longestShort, type ShortTextKey } from '#protocol/question-types/short-text.ts'
import { tidyLine } from '#protocol/question-types/typed.ts'
import { TypedCard } from '../TypedCard.tsx'
import { StageTyped } from './StageTyped.tsx'
import type { AnswerBoardProps, AnswerCardProps, FieldsProps, TypeParts } from './type.ts'

const keyOf = (key: ToldKey | undefined): ShortTextKey | undefined => (key && 'accepted' in key ? key : undefined)
const textOf = (move: ActivityMove | null | undefined): string => (move && 'text' in move ? move.text : '')

/** An accepted answer as learners read it: stars that stand for any words are no part of an answer. */
const acceptedWord = (accepted: string): string => accepted.replace(/^(\* )+|( \*)+$/g, '').replace(/ \*(?= )/g, ' …')
const acceptedWords = (key: ShortTextKey): string => key.accepted.map(acceptedWord).join(', ')

function ShortTextCard(props: AnswerCardProps) {
  const key = keyOf(props.answerKey)
  return (
    <TypedCard
      {...props}
      read={typed => (tidyLine(typed) === '' ? null : { text: tidyLine(typed) })}
      write={textOf}
      maxLength={longestShort}
      right={key && t('questions.rightIs', { answer: acceptedWords(key) })}
    />
  )
}

const ignorables: readonly { readonly value: Ignorable; readonly label: string }[] = [
  { value: 'case', label: t('questions.ignoreCase') },
  { value: 'accents', label: t('questions.ignoreAccents') },
  { value: 'spaces', label: t('questions.ignoreSpaces') },
]

function ShortTextFields({ draft, gaps, onDraft, onLeave }: FieldsProps) {
  return (
    <div class="stack">
      <Field
        type="textarea"
        name="accepted"
        label={t('questions.accepted')}
        hint={t('questions.acceptedHint')}
        rows={3}
        maxLength={10_000}
        value={draft.accepted}
        error={gaps?.right ? t('questions.writeAccepted') : undefined}
        onValue={accepted => onDraft({ ...draft, accepted })}
        onLeave={onLeave}
      />
      <fieldset class="question-ignores">
        <legend class="field-label">{t('questions.ignores')}</legend>
        {ignorables.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={draft.ignores.includes(value)}
            onChecked={on => {
              const ignores = on ? [...draft.ignores, value] : draft.ignores.filter(one => one !== value)
              onDraft({ ...draft, ignores })
              onLeave()
            }}
          />
        ))}
      </fieldset>
    </div>
  )
}

/** How many groups are drawn; the phone and the projector have no room for more. */
const mostDrawn = { stage: 6, else: 12 } as const

function ShortTextBoard({ question, tally, summary, over, answerKey, mine, stage }: AnswerBoardProps) {
  const key = keyOf(answerKey)
  const isRight = (text: string) => answerKey !== undefined && scoreAnswer(question, answerKey, { text }) > 0
  const [told] = key?.accepted ?? []
  const given = Object.entries(tally.counts).map(([text, count]) => ({ text, count, right: isRight(text) }))
  // What was right is told also where nobody wrote it.
  const nobody = over && told !== undefined && !given.some(one => one.right)
  const groups = [...given, ...(nobody ? [{ text: acceptedWord(told), count: 0, right: true }] : [])].sort(
    (a, b) => b.count - a.count || (a.text < b.text ? -1 : 1),
  )
  const own = tidyLine(textOf(mine))
  const ignores = key?.ignores ?? ['case']
  const isMine = (text: string) => own !== '' && foldShort(ignores, text) === foldShort(ignores, own)
  const right = groups.filter(one => one.right).reduce((sum, one) => sum + one.count, 0)
  const most = stage ? mostDrawn.stage : mostDrawn.else
  // The right ones are there however few gave them.
  const kept = new Set([...groups.filter(one => one.right), ...groups.filter(one => !one.right)].slice(0, most))
  const drawn = groups.filter(one => kept.has(one))
  const more = groups.length - drawn.length + (tally.others ?? 0)
  const title =
    tally.answered === 0
      ? over
        ? t('activities.nobody')
        : t('activities.nobodyYet')
      : answerKey
        ? t('activities.allRight', { right, count: tally.answered })
        : t('questions.mostWrote', { text: groups[0]?.text ?? '' })
  return (
    <Bars
      title={title}
      summary={more > 0 ? t('questions.andMore', { summary, count: more }) : summary}
      bars={drawn.map(({ text, count, right: yes }) => ({
        key: text,
        label: text,
        count,
        right: yes,
        mine: isMine(text),
      }))}
      total={tally.answered}
      stage={stage}
    />
  )
}

const WrittenAccepted: TypeParts['Written'] = ({ question, keyed }) =>
  question.type === 'short-text' && keyed ? (
    <p class="item-key">{t('questions.rightIs', { answer: question.key.accepted.join(', ') })}</p>
  ) : null

const givenWords: TypeParts['givenWords'] = (_asked, move) => tidyLine(textOf(move))

export const shortTextParts: TypeParts = {
  label: t('questions.shortText'),
  Fields: ShortTextFields,
  Card: ShortTextCard,
  Board: ShortTextBoard,
  Stage: ({ locked }) => <StageTyped locked={locked} />,
  stageSize: (_asked, { counts }) => ({ count: Math.min(6, Object.keys(counts).length), long: false }),
  Written: WrittenAccepted,
  Given: ({ asked, move }) => <bdi>{givenWords(asked, move)}</bdi>,
  givenWords,
  keyWords: (_asked, told) => {
    const key = keyOf(told)
    return key ? acceptedWords(key) : ''
  },
}
