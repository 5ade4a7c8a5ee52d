// What is on stage as hosts see it: the question with its live histogram, or what comes.
import { emptyTally } from '#client/features/activities/finding.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Badge, type Tone } from '#client/ui/Badge.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Ring } from '#client/ui/Ring.tsx'
import type { Phase } from '#protocol/activities/staged.ts'
import type { HostStage } from '#protocol/live/stage.ts'
import type { RemoteViewProps } from './RemoteView.tsx'

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
  const { HostBoard, icon } = kindParts[view.kind]
  const counted = view.result?.tally ?? tally ?? emptyTally
  return (
    <div class="remote-stage">
      <div class="remote-stage-head">
        <div class="remote-stage-words">
          <p class="cluster muted remote-stage-line">
            <Icon as={icon} />
            <span>{stage.title}</span>
            {view.number > 0 && (
              <span class="figures">{t('live.questionOf', { number: view.number, total: view.total })}</span>
            )}
            <Badge tone={phaseTones[view.phase]}>{t(phaseWords[view.phase])}</Badge>
          </p>
          {view.item && <h2 class="prompt">{view.item.asked.body.prompt}</h2>}
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
    </div>
  )
}

/** What comes, before the first question is open. */
function Plan({ stage }: { readonly stage: HostStage }) {
  const { plan } = stage.view
  return (
    <ol class="remote-questions">
      {plan.map(one => (
        <li key={one.itemId}>{'question' in one ? one.question.body.prompt : one.asked.body.prompt}</li>
      ))}
    </ol>
  )
}
