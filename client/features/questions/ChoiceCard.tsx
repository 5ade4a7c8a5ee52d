// The card of single choice, multiple choice and true or false: the same live and at home. It shows what it is told
// and says what was tapped; it sends nothing itself and never moves under the finger.

import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { ChoiceButton, ChoiceList, type ChoiceState } from '#client/ui/ChoiceButton.tsx'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'
import { optionsOf } from './options.ts'
import './ChoiceCard.css'

/** open: may be tapped. locked: may not. revealed: the key is shown. */
export type CardPhase = 'open' | 'locked' | 'revealed'

export type ChoiceCardProps = {
  readonly asked: AskedQuestion
  readonly phase: CardPhase
  /** What stands picked, sent or not. */
  readonly picked: readonly string[]
  /** Whether what is picked is on its way. */
  readonly pending: boolean
  readonly rightIds?: readonly string[] | undefined
  readonly onPick: (optionIds: readonly string[]) => void
  /** Set where picking does not send at once: the button that sends, with its words. */
  readonly confirm?: { readonly label: string; readonly disabled: boolean; readonly onSend: () => void } | undefined
}

/** The choices of one question. */
export function ChoiceCard({ asked, phase, picked, pending, rightIds, onPick, confirm }: ChoiceCardProps) {
  const several = asked.type === 'multiple'
  const pick = (id: string) => {
    if (!several) onPick([id])
    else onPick(picked.includes(id) ? picked.filter(one => one !== id) : [...picked, id])
  }
  const stateOf = (id: string): ChoiceState => {
    if (phase === 'revealed') return rightIds?.includes(id) ? 'right' : rightIds ? 'wrong' : 'locked'
    if (phase === 'locked') return 'locked'
    if (!picked.includes(id)) return 'idle'
    return pending ? 'pending' : 'picked'
  }
  return (
    <div class="choice-card">
      {several && <p class="choice-card-hint muted">{t('questions.pickSeveral')}</p>}
      <ChoiceList label={t('questions.answersTo', { prompt: asked.body.prompt })}>
        {optionsOf(asked).map(option => (
          <ChoiceButton
            key={option.id}
            letter={option.letter}
            state={stateOf(option.id)}
            mine={picked.includes(option.id)}
            several={several}
            onPick={() => pick(option.id)}
          >
            {option.text}
          </ChoiceButton>
        ))}
      </ChoiceList>
      {confirm && (
        <div class="choice-card-send">
          <Button kind="primary" size="large" wide disabled={confirm.disabled} onClick={confirm.onSend}>
            {confirm.label}
          </Button>
        </div>
      )}
    </div>
  )
}
