// The button below a card whose answer is not sent by giving it.
import { Button } from '#client/ui/Button.tsx'
import type { AnswerCardProps } from './types/type.ts'

/** Nothing where giving sends at once. */
export function SendButton({ confirm }: Pick<AnswerCardProps, 'confirm'>) {
  if (!confirm) return null
  return (
    <div class="choice-card-send">
      <Button kind="primary" size="large" wide disabled={confirm.disabled} onClick={confirm.onSend}>
        {confirm.label}
      </Button>
    </div>
  )
}
