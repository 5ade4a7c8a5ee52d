// One answer to tap: letter, shape and colour, at least 56 pixels, and a state that is never told by colour alone.
// Its size does not change with its state, so that nothing moves under the finger.

import { Check, CircleDot, Lock, Square, SquareCheck, X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { t } from '#client/platform/texts.ts'
import { AnswerMark } from '#client/ui/AnswerMark.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { AnswerLetter } from '#protocol/question-types/choice.ts'
import './ChoiceButton.css'

/** idle: may be tapped. picked: the server has it. pending: on its way. locked: closed. right, wrong: revealed. */
export type ChoiceState = 'idle' | 'picked' | 'pending' | 'locked' | 'right' | 'wrong'

export type ChoiceButtonProps = {
  readonly letter: AnswerLetter
  readonly state: ChoiceState
  /** This is among the reader's own answers; picked and pending are so by themselves. */
  readonly mine?: boolean | undefined
  /** Several may be picked: shows a box to tick. */
  readonly several?: boolean | undefined
  readonly onPick?: (() => void) | undefined
  readonly children: ComponentChildren
}

/** An answer. Frozen (no tap, still readable and reachable) when locked, right or wrong. */
export function ChoiceButton({ letter, state, mine = false, several = false, onPick, children }: ChoiceButtonProps) {
  const frozen = state === 'locked' || state === 'right' || state === 'wrong'
  const picked = mine || state === 'picked' || state === 'pending'
  const words = {
    idle: mine ? t('ui.picked') : '',
    picked: t('ui.picked'),
    pending: t('ui.pending'),
    locked: mine ? t('ui.picked') : '',
    right: t('ui.correct'),
    wrong: mine ? t('ui.wrong') : '',
  }[state]
  return (
    <button
      type="button"
      class="choice-button"
      data-letter={letter}
      data-state={state}
      data-mine={picked || undefined}
      aria-pressed={picked}
      aria-disabled={frozen || undefined}
      onClick={() => {
        if (!frozen) onPick?.()
      }}
    >
      <AnswerMark letter={letter} />
      <span class="choice-button-words">
        <span class="visually-hidden">{letter}. </span>
        {inOwnDirection(children)}
      </span>
      <span class="choice-button-state">
        <StateMark state={state} picked={picked} several={several} />
        <span class="visually-hidden">{words}</span>
      </span>
    </button>
  )
}

function StateMark({
  state,
  picked,
  several,
}: {
  readonly state: ChoiceState
  readonly picked: boolean
  readonly several: boolean
}) {
  if (state === 'pending') return <Spinner />
  if (state === 'right') return <Icon as={Check} size={20} />
  if (state === 'wrong') return picked ? <Icon as={X} size={20} /> : null
  if (state === 'locked' && !picked) return <Icon as={Lock} />
  if (several) return <Icon as={picked ? SquareCheck : Square} size={20} />
  return picked ? <Icon as={CircleDot} size={20} /> : null
}

/** The answers of one question, named by it. One column on a phone, two where there is room. */
export function ChoiceList({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a form's meaning to what is sent tap by tap.
    <div class="choice-list" role="group" aria-label={label}>
      {children}
    </div>
  )
}
