// What is on stage as hosts see it: the question with its live histogram, or what comes.
import { emptyTally } from '#client/features/activities/finding.ts'
import { kindIcons } from '#client/features/activities/kinds/icons.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { typeParts } from '#client/features/questions/types/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Badge, type Tone } from '#client/ui/Badge.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Ring } from '#client/ui/Ring.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { Phase } from '#protocol/activities/staged.ts'
import type { HostStage } from '#protocol/live/stage.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import type { RemoteViewProps } from './RemoteView.tsx'
import './RemoteBetween.css'

const phaseWords = {
  waiting: 'live.phaseWaiting',
  open: 'live.phaseOpen',
  paused: 'live.phasePaused',
  closing: 'live.phaseClosing',
  closed: 'live.phaseClosed',
  revealed: 'live.phaseRevealed',
  done: 'live.phaseDone',
} as const

const phaseTones: Readonly<Record<Phase, Tone>> = {
  waiting: 'neutral',
  open: 'good',
  paused: 'warn',
  closing: 'neutral',
  closed: 'neutral',
  revealed: 'accent',
  done: 'neutral',
}

/** The delivery on stage. */
export function RemoteStage({
  stage,
  tally,
  presence,
  time,
  onSteer,
}: RemoteViewProps & { readonly stage: HostStage }) {
  const { view } = stage
  const { HostBoard } = kindParts[view.kind]
  const counted = view.result?.tally ?? tally ?? emptyTally
  const [first] = view.plan
  const heading = view.item?.asked.body.prompt ?? (first && promptOf(first))
  return (
    <div class="remote-stage">
      <div class="remote-stage-head">
        <div class="remote-stage-words">
          <p class="cluster muted remote-stage-line">
            <Icon as={kindIcons[view.kind]} />
            <span>{inOwnDirection(stage.title)}</span>
            {view.number > 0 && (
              <span class="figures">{t('live.questionOf', { number: view.number, total: view.total })}</span>
            )}
            <Badge tone={phaseTones[view.phase]}>{t(phaseWords[view.phase])}</Badge>
          </p>
          {heading && <h2 class="prompt">{heading}</h2>}
        </div>
        {time && <Ring left={time.left} total={time.total} paused={time.paused} />}
      </div>
      {view.item && view.phase !== 'waiting' ? (
        <HostBoard
          activityId={stage.activityId}
          deliveryId={stage.deliveryId}
          view={view}
          tally={counted}
          // Who has just joined may answer before they are counted.
          joined={Math.max(presence.joined, counted.answered)}
          onSteer={onSteer}
        />
      ) : (
        <Plan stage={stage} />
      )}
      {view.phase === 'revealed' && <Following stage={stage} />}
    </div>
  )
}

const promptOf = (one: HostStage['view']['plan'][number]): string =>
  ('question' in one ? one.question : one.asked).body.prompt

/** The question after this one, while its result is looked at. */
function Following({ stage: { view } }: { readonly stage: HostStage }) {
  const next = view.plan[view.number]
  return next ? (
    <p class="remote-following">
      <span class="muted">{t('live.comesNext')}</span> {inOwnDirection(promptOf(next))}
    </p>
  ) : null
}

/** What comes, before the first question is open: that one as it will be, the others by name. */
function Plan({ stage: { view } }: { readonly stage: HostStage }) {
  const [first, ...others] = view.plan
  if (!first) return null
  return (
    <>
      {'question' in first && <Answers question={first.question} keyed={kindParts[view.kind].keyed} />}
      {others.length > 0 && (
        <section class="remote-next" aria-label={t('live.comesAfter')}>
          <p class="muted">{t('live.comesAfter')}</p>
          <ol class="remote-questions" start={2}>
            {others.map(one => (
              <li key={one.itemId}>{inOwnDirection(promptOf(one))}</li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

function Answers({ question, keyed }: { readonly question: WrittenQuestion; readonly keyed: boolean }) {
  const { Written } = typeParts[question.type]
  return <Written question={question} keyed={keyed} />
}
