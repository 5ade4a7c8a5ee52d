// The question on the projector: prompt, time, answers, then the result. Nothing in it can be clicked and nothing is cut.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Ring } from '#client/ui/Ring.tsx'
import type { Tally } from '#protocol/activities/staged.ts'
import type { Stage } from '#protocol/live/stage.ts'
import type { TimeLeft } from './clock.ts'
import './StageQuestion.css'

/**
 * Longer prompts get smaller type: 5 % of the height and more up to what is read at a glance, 4 % where the answers would
 * not be whole else. Past that the phone has the rest.
 */
const sizeOf = ({ length }: string): 'short' | 'middle' | 'long' | 'full' | 'endless' =>
  length <= 60 ? 'short' : length <= 150 ? 'middle' : length <= 260 ? 'long' : length <= longest ? 'full' : 'endless'

/** Most characters that fit beside the answers. */
const longest = 420

/** Smallest share of the usual size that answers shrink to. */
const leastFit = 0.36

/** Shrinks the answers until everything fits, anew for each question and size of the screen. */
function useFit(key: string) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const shrink = () => {
      const box = ref.current
      if (!box) return
      for (let share = 1; share >= leastFit; share -= 0.04) {
        box.style.setProperty('--fit', share.toFixed(2))
        const list = box.lastElementChild
        const whole = !list || list.scrollHeight <= list.clientHeight
        if (whole && box.scrollHeight <= box.clientHeight) return
      }
    }
    shrink()
    addEventListener('resize', shrink)
    return () => removeEventListener('resize', shrink)
  }, [key])
  return ref
}

type StageQuestionProps = {
  readonly stage: Stage
  readonly now: Tally | undefined
  readonly time: TimeLeft | undefined
}

/** The question with its answers, or with the result once it is revealed. */
export function StageQuestion({ stage, now, time }: StageQuestionProps) {
  const { view } = stage
  const box = useFit(`${view.item?.id ?? ''} ${view.phase}`)
  if (!view.item) return null
  const { asked } = view.item
  const { StagePart } = kindParts[view.kind]
  const revealed = view.phase === 'revealed'
  const locked = view.phase === 'closing' || view.phase === 'closed' || (time !== undefined && time.left <= 0)
  return (
    <div class="stage-asked" ref={box} data-revealed={(revealed && view.result !== null) || undefined}>
      <div class="stage-question">
        <h1 class="stage-prompt" data-size={sizeOf(asked.body.prompt)}>
          {asked.body.prompt}
        </h1>
        <div class="stage-time">
          {locked ? (
            <p class="stage-state">{t('live.stageLocked')}</p>
          ) : (
            time && <Ring left={time.left} total={time.total} size="stage" paused={time.paused} />
          )}
          {view.phase === 'paused' && <p class="stage-state">{t('live.stagePaused')}</p>}
        </div>
      </div>
      {asked.body.prompt.length > longest && <p class="stage-more">{t('live.stageMore')}</p>}
      <StagePart view={view} now={now} locked={locked} />
    </div>
  )
}
