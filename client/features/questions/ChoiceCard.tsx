// The card of single choice, multiple choice and true or false: the same live and at home. It shows what it is told
// and says what was tapped; it sends nothing itself and never moves under the finger.

import { useShortcuts } from '#client/app/keys/shortcuts.ts'
import { t } from '#client/platform/texts.ts'
import { ChoiceButton, ChoiceList, type ChoiceState } from '#client/ui/ChoiceButton.tsx'
import { optionsOf, pickedOf } from './options.ts'
import { SendButton } from './SendButton.tsx'
import type { AnswerCardProps } from './types/type.ts'
import './AnswerCard.css'

/** The choices of one question. */
export function ChoiceCard({ asked, phase, move, pending, answerKey, onMove, confirm }: AnswerCardProps) {
  const several = asked.type === 'multiple'
  const picked = pickedOf(move)
  const rightIds = answerKey && pickedOf(answerKey)
  const pick = (id: string) => {
    const next = several ? (picked.includes(id) ? picked.filter(one => one !== id) : [...picked, id]) : [id]
    // Nothing picked is no answer.
    onMove(next.length > 0 ? { optionIds: next } : null)
  }
  const stateOf = (id: string): ChoiceState => {
    if (phase === 'revealed') return rightIds?.includes(id) ? 'right' : rightIds ? 'wrong' : 'locked'
    if (phase === 'locked') return 'locked'
    if (!picked.includes(id)) return 'idle'
    return pending ? 'pending' : 'picked'
  }
  useShortcuts(
    t('keys.answering'),
    phase === 'revealed' || phase === 'locked'
      ? []
      : optionsOf(asked).map((option, at) => ({
          // G begins the shortcuts that go somewhere.
          keys: option.letter <= 'F' ? option.letter.toLowerCase() : String(at + 1),
          alsoKeys: option.letter <= 'F' ? String(at + 1) : undefined,
          label: t('keys.choose', { letter: option.letter }),
          run: () => pick(option.id),
        })),
  )
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
      <SendButton confirm={confirm} />
    </div>
  )
}
