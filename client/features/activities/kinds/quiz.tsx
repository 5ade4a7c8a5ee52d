// The quiz on the screen: settings, the learner's card, the board for everybody and the one for hosts.
import { ListChecks } from 'lucide-preact'
import { ChoiceCard } from '#client/features/questions/ChoiceCard.tsx'
import { verdictOf } from '#client/features/questions/options.ts'
import { t } from '#client/platform/texts.ts'
import { Bars } from '#client/ui/Bars.tsx'
import { RadioGroup, Switch } from '#client/ui/Choice.tsx'
import { barsOf, finding, isOver } from '../finding.ts'
import type { BoardProps, HostBoardProps, KindParts, SettingsProps } from './kind.ts'
import { LimitField } from './LimitField.tsx'

function QuizSettings({ settings, onSettings }: SettingsProps) {
  return (
    <>
      <RadioGroup
        label={t('activities.scoring')}
        name="scoring"
        value={settings.scoring === 'none' ? 'none' : 'accuracy'}
        options={[
          { value: 'accuracy', label: t('activities.scoringAccuracy') },
          { value: 'none', label: t('activities.scoringNone') },
        ]}
        onValue={scoring => onSettings({ ...settings, scoring })}
      />
      <LimitField settings={settings} onSettings={onSettings} absent={30} />
      <Switch
        label={t('activities.mayChange')}
        hint={t('activities.mayChangeHint')}
        checked={settings.mayChange !== false}
        onChecked={mayChange => onSettings({ ...settings, mayChange })}
      />
    </>
  )
}

function QuizBoard({ view, mine, stage }: BoardProps) {
  if (view.kind !== 'quiz' || !view.item || !view.result) return null
  const { key, tally } = view.result
  return (
    <Bars
      title={finding(view.item.asked, tally, isOver(view), key)}
      summary={t('activities.answersIn', { count: tally.answered })}
      bars={barsOf(view.item.asked, tally, key, mine)}
      total={tally.answered}
      stage={stage}
    />
  )
}

function QuizHostBoard({ view, tally, joined }: HostBoardProps) {
  if (view.kind !== 'quiz' || !view.item) return null
  const id = view.item.id
  const question = view.plan.find(one => one.itemId === id)?.question
  return (
    <Bars
      title={finding(view.item.asked, tally, isOver(view), question?.key)}
      summary={t('activities.answeredOf', { answered: tally.answered, joined })}
      bars={barsOf(view.item.asked, tally, question?.key)}
      total={tally.answered}
    />
  )
}

export const quizParts: KindParts = {
  kind: 'quiz',
  label: t('activities.quiz'),
  lead: t('activities.quizLead'),
  icon: ListChecks,
  keyed: true,
  SettingsPart: QuizSettings,
  LearnerCard: ChoiceCard,
  Board: QuizBoard,
  HostBoard: QuizHostBoard,
  verdict: (view, asked, answer) =>
    view.kind === 'quiz' && view.result ? verdictOf(asked, view.result.key, answer) : undefined,
  rightIds: view => (view.kind === 'quiz' ? view.result?.key.optionIds : undefined),
}
