// The one line of status under a question, with its mark. It keeps its height, so that nothing moves.
import { Check, Circle, CircleDot, CircleSlash2, Lock, Pause, Smartphone, X } from 'lucide-preact'
import { Icon } from '#client/ui/Icon.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import type { AnswerWords } from './answer-line.ts'
import './AnswerCard.css'

const icons = {
  circle: Circle,
  dot: CircleDot,
  device: Smartphone,
  check: Check,
  lock: Lock,
  pause: Pause,
  cross: X,
  half: CircleSlash2,
}

/** Read out when it changes. */
export function AnswerLine({ line }: { readonly line: AnswerWords }) {
  return (
    <p class="answer-line" data-tone={line.tone} role="status">
      {line.mark === 'spin' ? <Spinner /> : <Icon as={icons[line.mark]} size={20} />}
      <span>{line.words}</span>
    </p>
  )
}
