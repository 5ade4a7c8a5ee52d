// Open text on the screen: the card to write in, what the class is shown, the list for hosts.
import { Keyboard } from 'lucide-preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { SendButton } from '#client/features/questions/SendButton.tsx'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import type { ShownText } from '#protocol/activities/open-text.ts'
import { tidyText } from '#protocol/question-types/typed.ts'
import type { BoardProps, HostBoardProps, KindParts, LearnerCardProps, StageProps } from './kind.ts'
import { LimitField } from './LimitField.tsx'
import { WrittenList } from './WrittenList.tsx'
import './Words.css'

/** Most characters of an answer. */
const mostText = 1_000

const textOf = (move: LearnerCardProps['move']): string => (move && 'text' in move ? move.text : '')

function WriteCard({ asked, phase, move, onMove, confirm }: LearnerCardProps) {
  const given = textOf(move)
  const [typed, setTyped] = useState(given)
  // What this card said last: anything else comes from outside and takes its place.
  const said = useRef(given)
  useEffect(() => {
    if (given === said.current) return
    said.current = given
    setTyped(given)
  }, [given])
  const noteId = useId()
  const open = phase === 'open'
  return (
    <div class="typed-card">
      <textarea
        class="field-input write-input"
        dir="auto"
        rows={5}
        value={typed}
        maxLength={mostText}
        readOnly={!open}
        aria-label={t('questions.answersTo', { prompt: asked.body.prompt })}
        aria-describedby={noteId}
        placeholder={t('activities.writeHere')}
        onInput={event => {
          const text = event.currentTarget.value
          const tidied = tidyText(text)
          said.current = tidied
          setTyped(text)
          onMove(tidied === '' ? null : { text: tidied })
        }}
      />
      <p class="typed-note muted figures" id={noteId}>
        {open && t('activities.written', { count: typed.length, most: mostText })}
      </p>
      <SendButton confirm={confirm} />
    </div>
  )
}

function Shown({ shown }: { readonly shown: readonly ShownText[] }) {
  return (
    <ul class="texts-shown" aria-label={t('activities.shownTexts')}>
      {[...shown].reverse().map(one => (
        <li class="texts-card" key={one.number} dir="auto">
          {one.text}
        </li>
      ))}
    </ul>
  )
}

function ShownBoard({ view }: BoardProps) {
  if (view.kind !== 'open-text' || view.shown.length === 0) return null
  return (
    <div class="stack-tight">
      <h3 class="texts-head">{t('activities.shownTexts')}</h3>
      <Shown shown={view.shown} />
    </div>
  )
}

/** How many shown answers the projector has room for, and how large they are by what they have in all. */
const mostStaged = 6
const sizeOf = (shown: readonly ShownText[]): 'short' | 'middle' | 'long' => {
  const length = shown.reduce((sum, one) => sum + one.text.length + 40, 0)
  return length <= 260 ? 'short' : length <= 900 ? 'middle' : 'long'
}

function ShownStage({ view, locked }: StageProps) {
  if (view.kind !== 'open-text') return null
  if (view.shown.length === 0)
    return (
      <p class="stage-typed" data-locked={locked || undefined}>
        <Icon as={Keyboard} />
        <span>{locked ? t('activities.stageLocked') : t('activities.stageWrite')}</span>
      </p>
    )
  const shown = view.shown.slice(-mostStaged)
  return (
    <div class="stage-texts" data-size={sizeOf(shown)} data-count={shown.length}>
      <Shown shown={shown} />
    </div>
  )
}

function TextHostBoard({ activityId, deliveryId, view, tally, joined, onSteer }: HostBoardProps) {
  if (view.kind !== 'open-text' || !view.item) return null
  return (
    <div class="stack">
      <p class="muted figures">{t('activities.answeredOf', { answered: tally.answered, joined })}</p>
      <WrittenList
        activityId={activityId}
        deliveryId={deliveryId}
        itemId={view.item.id}
        tally={tally}
        shown={view.moderation.shown}
        open={view.phase === 'open' || view.phase === 'closing'}
        onSteer={onSteer}
      />
    </div>
  )
}

export const openTextParts: KindParts = {
  kind: 'open-text',
  label: t('activities.open-text'),
  lead: t('activities.openTextLead'),
  newTitle: t('activities.newOpenText'),
  keyed: false,
  SettingsPart: props => <LimitField {...props} absent={null} />,
  LearnerCard: WriteCard,
  sends: () => 'by button',
  Board: ShownBoard,
  StagePart: ShownStage,
  HostBoard: TextHostBoard,
  verdict: () => undefined,
  toldKey: () => undefined,
}
