// The poll on the screen: the same staging as the quiz, with nothing right or wrong.
import { ChartBar } from 'lucide-preact'
import { ChoiceCard } from '#client/features/questions/ChoiceCard.tsx'
import { t } from '#client/platform/texts.ts'
import { Bars } from '#client/ui/Bars.tsx'
import { Switch } from '#client/ui/Choice.tsx'
import { barsOf, finding, isOver } from '../finding.ts'
import type { BoardProps, HostBoardProps, KindParts, SettingsProps } from './kind.ts'
import { LimitField } from './LimitField.tsx'

function PollSettings({ settings, onSettings }: SettingsProps) {
  return (
    <>
      <LimitField settings={settings} onSettings={onSettings} absent={null} />
      <Switch
        label={t('activities.mayChange')}
        hint={t('activities.mayChangeHint')}
        checked={settings.mayChange !== false}
        onChecked={mayChange => onSettings({ ...settings, mayChange })}
      />
    </>
  )
}

function PollBoard({ view, mine, stage }: BoardProps) {
  if (view.kind !== 'poll' || !view.item || !view.result) return null
  const { tally } = view.result
  return (
    <Bars
      title={finding(view.item.asked, tally, isOver(view))}
      summary={t('activities.answersIn', { count: tally.answered })}
      bars={barsOf(view.item.asked, tally, undefined, mine)}
      total={tally.answered}
      stage={stage}
    />
  )
}

function PollHostBoard({ view, tally, joined }: HostBoardProps) {
  if (view.kind !== 'poll' || !view.item) return null
  return (
    <Bars
      title={finding(view.item.asked, tally, isOver(view))}
      summary={t('activities.answeredOf', { answered: tally.answered, joined })}
      bars={barsOf(view.item.asked, tally)}
      total={tally.answered}
    />
  )
}

export const pollParts: KindParts = {
  kind: 'poll',
  label: t('activities.poll'),
  lead: t('activities.pollLead'),
  icon: ChartBar,
  keyed: false,
  SettingsPart: PollSettings,
  LearnerCard: ChoiceCard,
  Board: PollBoard,
  HostBoard: PollHostBoard,
  verdict: () => undefined,
  rightIds: () => undefined,
}
