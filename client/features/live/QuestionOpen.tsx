// Over an open sheet on a phone: a question is open behind it, with the seconds it has, or the class has ended; a tap goes
// there. Where the pane stands beside the page all that is in sight and this is nothing.
import { ArrowRight } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { besideFrom, useMedia } from '#client/ui/Pane.tsx'
import type { Stage } from '#protocol/live/stage.ts'
import type { TimeLeft } from './clock.ts'
import './QuestionOpen.css'

export type QuestionOpenProps = {
  readonly stage: Stage | null
  readonly time: TimeLeft | undefined
  /** There is an answer to it already, sent or on its way. */
  readonly answered: boolean
  /** The class ended while the sheet was open. */
  readonly ended: boolean
  readonly onGo: () => void
}

const clock = (seconds: number): string => {
  const whole = Math.ceil(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** That a question came is announced by the page; this only stands there. */
export function QuestionOpen({ stage, time, answered, ended, onGo }: QuestionOpenProps) {
  const beside = useMedia(besideFrom)
  if (beside) return null
  if (ended) return <Behind words={t('live.endedTitle')} back={t('live.endedSee')} onGo={onGo} />
  if (stage?.view.phase !== 'open' || (time && time.left <= 0)) return null
  const { number } = stage.view
  const words = time ? t('live.openedNow', { number, left: clock(time.left) }) : t('live.openedNowLoose', { number })
  return <Behind words={words} back={t(answered ? 'live.openedNowSee' : 'live.openedNowBack')} onGo={onGo} />
}

type BehindProps = { readonly words: string; readonly back: string; readonly onGo: () => void }

function Behind({ words, back, onGo }: BehindProps) {
  return (
    <button type="button" class="question-open figures" onClick={onGo}>
      <span>{words}</span>
      <span class="question-open-go">
        {back}
        <Icon as={ArrowRight} />
      </span>
    </button>
  )
}
