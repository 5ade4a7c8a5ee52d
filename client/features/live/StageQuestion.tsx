// The question on the projector: prompt, time, answers, then the result. Nothing in it can be clicked and nothing is cut.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { optionsOf } from '#client/features/questions/options.ts'
import { t } from '#client/platform/texts.ts'
import { AnswerMark } from '#client/ui/AnswerMark.tsx'
import { Ring } from '#client/ui/Ring.tsx'
import type { Stage } from '#protocol/live.ts'
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

/** The question with its answers, or with the result once it is revealed. */
export function StageQuestion({ stage, time }: { readonly stage: Stage; readonly time: TimeLeft | undefined }) {
  const { view } = stage
  const box = useFit(`${view.item?.id ?? ''} ${view.phase}`)
  if (!view.item) return null
  const { asked } = view.item
  const { Board } = kindParts[view.kind]
  const options = optionsOf(asked)
  const widest = Math.max(...options.map(option => option.text.length))
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
      {revealed && view.result ? (
        <div class="stage-board" data-count={options.length} data-long={widest > 60 || undefined}>
          <Board view={view} stage />
        </div>
      ) : (
        <ul
          class="stage-options"
          data-columns={options.length > 4 || (widest <= 70 && options.length > 1) ? 2 : 1}
          data-count={options.length}
          data-locked={locked || undefined}
        >
          {options.map(option => (
            <li class="stage-option" key={option.id}>
              <AnswerMark letter={option.letter} size="em" />
              <span>
                <span class="visually-hidden">{option.letter}. </span>
                {option.text}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
