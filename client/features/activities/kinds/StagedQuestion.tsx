// What kinds of questions share on the projector and in the card: the parts of the question's own type.
import { pickedOf } from '#client/features/questions/options.ts'
import { finding } from '#client/features/questions/types/choice-finding.ts'
import { typeParts } from '#client/features/questions/types/registry.ts'
import type { AnswerBoardProps } from '#client/features/questions/types/type.ts'
import { t } from '#client/platform/texts.ts'
import { questionTypeOf, type ToldKey } from '#protocol/question-types/registry.ts'
import { isOver } from '../finding.ts'
import type { BoardProps, HostBoardProps, KindParts, LearnerCardProps, StageProps } from './kind.ts'

/** The card of the question's type. */
export function TypeCard(props: LearnerCardProps) {
  const { Card } = typeParts[props.asked.type]
  return <Card {...props} />
}

/** As the question's type sends. */
export const typeSends: KindParts['sends'] = ({ type }, mayChange) => questionTypeOf(type).sends({ mayChange })

const keyOf = (view: BoardProps['view']): ToldKey | undefined =>
  view.result && 'key' in view.result ? view.result.key : undefined

function ResultBoard({ view, mine, stage }: Pick<BoardProps, 'view' | 'mine'> & Pick<AnswerBoardProps, 'stage'>) {
  if (!view.item || !view.result) return null
  const { asked } = view.item
  const { tally } = view.result
  const { Board } = typeParts[asked.type]
  return (
    <Board
      question={asked}
      tally={tally}
      summary={t('activities.answersIn', { count: tally.answered })}
      over={isOver(view)}
      answerKey={keyOf(view)}
      mine={mine}
      stage={stage}
    />
  )
}

const withOptions = ['single', 'multiple', 'true-false']

/**
 * The result, from the reveal on. Where the card of the question says what is right in its own boxes, the finding in a
 * line: nothing is said twice.
 */
export function TypeBoard({ view, mine }: BoardProps) {
  const key = keyOf(view)
  if (!view.item || !view.result || !key || !withOptions.includes(view.item.asked.type))
    return <ResultBoard view={view} mine={mine} />
  const { tally } = view.result
  return (
    <p class="class-finding">
      <strong>{finding(view.item.asked, tally, isOver(view), pickedOf(key))}</strong>{' '}
      <span class="muted figures">{t('activities.answersIn', { count: tally.answered })}</span>
    </p>
  )
}

/** The answers to choose from, or how to give one; the result once it is revealed. */
export function TypeStage({ view, locked }: StageProps) {
  if (!view.item) return null
  const { asked } = view.item
  const { Stage, stageSize } = typeParts[asked.type]
  if (!view.result) return <Stage asked={asked} locked={locked} />
  const { count, long } = stageSize(asked, view.result.tally)
  return (
    <div class="stage-board" data-count={count} data-long={long || undefined}>
      <ResultBoard view={view} stage />
    </div>
  )
}

/** The board of hosts: the tally of the moment, with what is right where the plan tells it. */
export function TypeHostBoard({ view, tally, joined }: HostBoardProps) {
  if (!view.item) return null
  const { id, asked } = view.item
  const plan: readonly { readonly itemId: string }[] = view.plan
  const planned = plan.find(one => one.itemId === id)
  const { Board } = typeParts[asked.type]
  return (
    <Board
      question={asked}
      tally={tally}
      summary={t('activities.answeredOf', { answered: tally.answered, joined })}
      over={isOver(view)}
      answerKey={planned && plannedKey(planned)}
    />
  )
}

const plannedKey = (planned: object): ToldKey | undefined =>
  'question' in planned ? (planned.question as { readonly key: ToldKey }).key : undefined
