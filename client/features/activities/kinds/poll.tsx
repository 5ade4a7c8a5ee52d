// The poll on the screen: the same staging as the quiz, with nothing right or wrong.
import { t } from '#client/platform/texts.ts'
import { Switch } from '#client/ui/Choice.tsx'
import type { KindParts, SettingsProps } from './kind.ts'
import { LimitField } from './LimitField.tsx'
import { TypeBoard, TypeCard, TypeHostBoard, TypeStage, typeSends } from './StagedQuestion.tsx'

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

export const pollParts: KindParts = {
  kind: 'poll',
  label: t('activities.poll'),
  lead: t('activities.pollLead'),
  newTitle: t('activities.newPoll'),
  keyed: false,
  SettingsPart: PollSettings,
  LearnerCard: TypeCard,
  sends: typeSends,
  Board: TypeBoard,
  StagePart: TypeStage,
  HostBoard: TypeHostBoard,
  verdict: () => undefined,
  toldKey: () => undefined,
}
