// The quiz on the screen: settings, the learner's card, the board for everybody and the one for hosts.
import { verdictOf } from '#client/features/questions/options.ts'
import { t } from '#client/platform/texts.ts'
import { RadioGroup, Switch } from '#client/ui/Choice.tsx'
import type { KindParts, SettingsProps } from './kind.ts'
import { LimitField } from './LimitField.tsx'
import { TypeBoard, TypeCard, TypeHostBoard, TypeStage, typeSends } from './StagedQuestion.tsx'

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

export const quizParts: KindParts = {
  kind: 'quiz',
  label: t('activities.quiz'),
  lead: t('activities.quizLead'),
  newTitle: t('activities.newQuiz'),
  keyed: true,
  SettingsPart: QuizSettings,
  LearnerCard: TypeCard,
  sends: typeSends,
  Board: TypeBoard,
  StagePart: TypeStage,
  HostBoard: TypeHostBoard,
  verdict: (view, asked, answer) =>
    view.kind === 'quiz' && view.result ? verdictOf(asked, view.result.key, answer) : undefined,
  toldKey: view => (view.kind === 'quiz' ? view.result?.key : undefined),
}
