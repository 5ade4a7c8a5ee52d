// The word cloud on the screen: settings, the card, the cloud for everybody and the list for hosts.
import { Keyboard } from 'lucide-preact'
import { useMemo } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { RadioGroup, Switch } from '#client/ui/Choice.tsx'
import { Cloud } from '#client/ui/Cloud.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import type { Tally } from '#protocol/activities/staged.ts'
import { mostWords } from '#protocol/activities/word-cloud.ts'
import { stopLists } from '#protocol/activities/words.ts'
import { isOver } from '../finding.ts'
import type { BoardProps, HostBoardProps, KindParts, SettingsProps, StageProps } from './kind.ts'
import { LimitField } from './LimitField.tsx'
import { WordsCard } from './WordsCard.tsx'
import { WordsModeration, wordStand } from './WordsModeration.tsx'
import './Words.css'

const languageNames = new Intl.DisplayNames('en', { type: 'language' })

function CloudSettings({ settings, onSettings }: SettingsProps) {
  const number = (name: string, absent: number) =>
    typeof settings[name] === 'number' ? (settings[name] as number) : absent
  const live = settings.show !== 'reveal'
  return (
    <>
      <Field
        type="select"
        name="words"
        label={t('activities.wordsMost')}
        value={String(number('words', 3))}
        options={Array.from({ length: mostWords }, (_, at) => ({ value: String(at + 1), label: String(at + 1) }))}
        onValue={words => onSettings({ ...settings, words: Number(words) })}
      />
      <RadioGroup
        label={t('activities.wordsShow')}
        name="show"
        value={live ? 'live' : 'reveal'}
        options={[
          { value: 'live', label: t('activities.wordsLive') },
          { value: 'reveal', label: t('activities.wordsReveal') },
        ]}
        onValue={show => onSettings({ ...settings, show })}
      />
      {live && (
        <Field
          type="select"
          name="atLeast"
          label={t('activities.wordsAtLeast')}
          value={String(number('atLeast', 3))}
          options={[...new Set([0, 2, 3, 5, 10, 20, number('atLeast', 3)])]
            .sort((a, b) => a - b)
            .map(one => ({ value: String(one), label: String(one) }))}
          onValue={atLeast => onSettings({ ...settings, atLeast: Number(atLeast) })}
        />
      )}
      <Switch
        label={t('activities.wordsModerated')}
        hint={t('activities.wordsModeratedHint')}
        checked={settings.moderated === true}
        onChecked={moderated => onSettings({ ...settings, moderated })}
      />
      <Field
        type="select"
        name="stopList"
        label={t('activities.stopList')}
        value={settings.stopList === null ? 'null' : String(settings.stopList ?? 'en')}
        options={[
          { value: 'null', label: t('activities.stopListNone') },
          ...Object.keys(stopLists).map(one => ({ value: one, label: languageNames.of(one) ?? one })),
        ]}
        onValue={value => onSettings({ ...settings, stopList: value === 'null' ? null : value })}
      />
      <LimitField settings={settings} onSettings={onSettings} absent={null} />
    </>
  )
}

type DrawnProps = { readonly tally: Tally; readonly over: boolean; readonly stage?: boolean | undefined }

function Drawn({ tally, over, stage }: DrawnProps) {
  const text = JSON.stringify(tally.counts)
  const words = useMemo(() => Object.entries(tally.counts).map(([word, count]) => ({ text: word, count })), [text])
  const [first, second] = [...words].sort((a, b) => b.count - a.count)
  const sum = words.reduce((all, one) => all + one.count, 0)
  const people = t('activities.cloudPeople', {
    words: t('activities.cloudWords', { count: sum }),
    count: tally.answered,
  })
  return (
    <Cloud
      title={
        first
          ? first.count > (second?.count ?? 0)
            ? t('activities.cloudFirst', { word: first.text })
            : t('activities.cloud')
          : over
            ? t('activities.nobody')
            : t('activities.cloudEmpty')
      }
      summary={left => {
        const more = left + (tally.others ?? 0)
        return more > 0 ? t('activities.cloudMore', { summary: people, count: more }) : people
      }}
      words={words}
      heads={{ word: t('activities.word'), times: t('activities.times') }}
      stage={stage}
    />
  )
}

function CloudBoard({ view, now }: BoardProps) {
  if (view.kind !== 'word-cloud') return null
  const tally = now ?? view.result?.tally
  return tally ? <Drawn tally={tally} over={isOver(view)} /> : null
}

function CloudStage({ view, now, locked }: StageProps) {
  if (view.kind !== 'word-cloud') return null
  const tally = now ?? view.result?.tally
  if (!tally)
    return (
      <p class="stage-typed" data-locked={locked || undefined}>
        <Icon as={Keyboard} />
        <span>{locked ? t('activities.stageLocked') : t('activities.stageWords', { count: view.words })}</span>
      </p>
    )
  return (
    <div class="stage-cloud">
      <Drawn tally={tally} over={isOver(view)} stage />
    </div>
  )
}

function CloudHostBoard({ view, tally, joined, onSteer }: HostBoardProps) {
  if (view.kind !== 'word-cloud') return null
  const seen = Object.fromEntries(Object.entries(tally.counts).filter(([word]) => wordStand(view, word) === 'seen'))
  return (
    <div class="stack">
      <p class="muted figures">{t('activities.answeredOf', { answered: tally.answered, joined })}</p>
      <Drawn tally={{ answered: tally.answered, counts: seen }} over={isOver(view)} />
      <WordsModeration view={view} tally={tally} onSteer={onSteer} />
    </div>
  )
}

export const wordCloudParts: KindParts = {
  kind: 'word-cloud',
  label: t('activities.word-cloud'),
  lead: t('activities.wordCloudLead'),
  newTitle: t('activities.newWordCloud'),
  keyed: false,
  SettingsPart: CloudSettings,
  LearnerCard: WordsCard,
  sends: () => 'at once',
  Board: CloudBoard,
  StagePart: CloudStage,
  HostBoard: CloudHostBoard,
  verdict: () => undefined,
  toldKey: () => undefined,
}
