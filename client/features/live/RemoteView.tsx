// The host's remote, from the state alone: one primary act at the thumb that changes with the phase, the smaller acts
// above it, the live histogram, who is here, the agenda.
import {
  Check,
  CircleStop,
  ExternalLink,
  FastForward,
  MessageSquare,
  Pause,
  Plus,
  QrCode as QrIcon,
  SquarePen,
  Timer,
} from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { emptyTally } from '#client/features/activities/finding.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Badge, type Tone } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { CodeDisplay } from '#client/ui/CodeDisplay.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Ring } from '#client/ui/Ring.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import type { Phase, Steer, Tally } from '#protocol/activities/staged.ts'
import type { AgendaEntry, HostStage, Run } from '#protocol/live.ts'
import type { TimeLeft } from './clock.ts'
import { type Act, nextAct, sideActs } from './next-act.ts'
import { TwoStep } from './TwoStep.tsx'
import './RemoteView.css'

export type RosterFilter = 'all' | 'silent' | 'reconnecting' | 'absent'

export type RemoteViewProps = {
  readonly run: Run
  readonly stage: HostStage | null
  readonly agenda: readonly AgendaEntry[]
  readonly presence: { readonly connected: number; readonly reconnecting: number; readonly joined: number }
  readonly tally: Tally | undefined
  readonly time: TimeLeft | undefined
  readonly unread: number
  /** Which act is on its way, so that it is not pressed twice. */
  readonly busy: boolean
  readonly ending: boolean
  readonly onAct: (act: Act) => void
  readonly onSteer: (steer: Steer) => void
  readonly onPut: (entry: AgendaEntry) => void
  readonly onAsk: () => void
  readonly onInvite: () => void
  readonly onPeople: (filter: RosterFilter) => void
  readonly onChat: () => void
  readonly onAdd: () => void
  readonly onEnd: () => void
}

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

/** The whole remote below the page's head. */
export function RemoteView(props: RemoteViewProps) {
  const { run, stage, agenda, presence, busy, onAct, onSteer } = props
  const act = nextAct(stage, agenda)
  const side = sideActs(stage)
  return (
    <div class="remote">
      <header class="remote-head">
        <div class="remote-title">
          <h1 tabIndex={-1}>{run.title}</h1>
          <p class="muted">{run.courseTitle}</p>
        </div>
        {run.code && (
          <button type="button" class="remote-code" onClick={props.onInvite} title={t('live.invite')}>
            <CodeDisplay code={run.code} size="medium" />
            <Icon as={QrIcon} size={20} label={t('live.invite')} />
          </button>
        )}
        <a
          class="icon-button"
          href={pathTo('stage', { runId: run.id })}
          target="lectern-stage"
          aria-label={t('live.openStage')}
          title={t('live.openStage')}
        >
          <Icon as={ExternalLink} size={20} />
        </a>
        <span class="class-head-chat">
          <IconButton
            icon={MessageSquare}
            label={props.unread > 0 ? t('live.openChatUnread', { count: props.unread }) : t('live.openChat')}
            onClick={props.onChat}
          />
          {props.unread > 0 && (
            <span class="class-head-badge figures" aria-hidden="true">
              {props.unread > 99 ? '99+' : props.unread}
            </span>
          )}
        </span>
      </header>

      <Counts {...props} presence={presence} />

      <div class="remote-columns">
        <section class="remote-now" aria-label={t('live.stageNow')}>
          {stage && stage.view.phase !== 'done' ? (
            <OnStage {...props} stage={stage} />
          ) : (
            <EmptyState title={t('live.stageEmpty')}>
              {agenda.length > 0 && agenda.every(entry => entry.done)
                ? t('live.agendaFinished')
                : t('live.stageEmptyDetail')}
            </EmptyState>
          )}
        </section>
        <div class="remote-plan">
          <Agenda {...props} />
          <div class="remote-end">
            <TwoStep
              label={t('live.end')}
              sure={t('live.endSure')}
              not={t('live.endNot')}
              icon={CircleStop}
              busy={props.ending}
              onSure={props.onEnd}
            />
          </div>
        </div>
      </div>

      <div class="remote-thumb">
        <div class="remote-side">
          <SideButton
            icon={Timer}
            label={t('live.moreTime')}
            disabled={!side.moreTime || busy}
            onClick={() => onSteer({ do: 'extend', seconds: 30 })}
          />
          <SideButton
            icon={Pause}
            label={t('live.pause')}
            disabled={!side.pause || busy}
            onClick={() => onSteer({ do: 'pause' })}
          />
          <SideButton
            icon={FastForward}
            label={t('live.skip')}
            disabled={!side.skip || busy}
            onClick={() => side.skip && onSteer(side.skip)}
          />
          <SideButton icon={SquarePen} label={t('live.askShort')} disabled={false} onClick={props.onAsk} />
        </div>
        <Button kind="primary" size="large" wide busy={busy || act.does === 'wait'} onClick={() => onAct(act)}>
          <span class="remote-act">{act.label}</span>
        </Button>
      </div>
    </div>
  )
}

function SideButton({
  icon,
  label,
  disabled,
  onClick,
}: {
  readonly icon: typeof Pause
  readonly label: string
  readonly disabled: boolean
  readonly onClick: () => void
}) {
  return (
    <button type="button" class="remote-side-button" disabled={disabled} onClick={onClick}>
      <Icon as={icon} size={20} />
      <span>{label}</span>
    </button>
  )
}

function Counts({ presence, tally, stage, onPeople }: RemoteViewProps) {
  const asking = stage?.view.item && stage.view.phase !== 'waiting' && stage.view.phase !== 'done'
  const answered = tally?.answered ?? 0
  const counts: readonly { label: string; count: number; filter: RosterFilter; tone?: 'warn' }[] = [
    { label: t('live.here'), count: presence.connected, filter: 'all' },
    ...(asking
      ? [
          { label: t('live.answered'), count: answered, filter: 'all' as const },
          { label: t('live.silent'), count: Math.max(0, presence.joined - answered), filter: 'silent' as const },
        ]
      : [{ label: t('live.joined'), count: presence.joined, filter: 'all' as const }]),
    {
      label: t('live.reconnecting'),
      count: presence.reconnecting,
      filter: 'reconnecting',
      ...(presence.reconnecting > 0 ? { tone: 'warn' as const } : {}),
    },
  ]
  return (
    <div class="remote-counts">
      {counts.map(one => (
        <button
          type="button"
          class="remote-count"
          key={one.label}
          data-tone={one.tone}
          onClick={() => onPeople(one.filter)}
        >
          <strong class="figures">{one.count}</strong>
          <span>{one.label}</span>
          <VisuallyHidden>{t('live.showPeople')}</VisuallyHidden>
        </button>
      ))}
    </div>
  )
}

function OnStage({ stage, tally, presence, time }: RemoteViewProps & { readonly stage: HostStage }) {
  const { view } = stage
  const { HostBoard, icon } = kindParts[view.kind]
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
        <HostBoard view={view} tally={view.result?.tally ?? tally ?? emptyTally} joined={presence.joined} />
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

function Agenda({ agenda, stage, busy, onPut, onAdd }: RemoteViewProps) {
  return (
    <Section
      title={t('live.agenda')}
      actions={
        <Button size="small" kind="quiet" icon={Plus} onClick={onAdd}>
          {t('live.addActivity')}
        </Button>
      }
    >
      {agenda.length === 0 ? (
        <p class="muted">{t('live.agendaEmpty')}</p>
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one.
        <ol class="remote-agenda" role="list">
          {agenda.map(entry => {
            const here = entry.deliveryId === stage?.deliveryId && stage.view.phase !== 'done'
            return (
              <li class="remote-entry" key={entry.deliveryId} data-here={here || undefined}>
                <Icon as={entry.done ? Check : kindParts[entry.kind].icon} size={20} />
                <div class="remote-entry-words">
                  <span>{entry.title}</span>
                  <span class="muted figures">
                    {entry.done ? t('live.stateDone') : t('live.progress', { asked: entry.asked, items: entry.items })}
                  </span>
                </div>
                {here ? (
                  <Badge tone="accent">{t('live.stateOnStage')}</Badge>
                ) : (
                  <Button
                    size="small"
                    kind={entry.done ? 'quiet' : 'plain'}
                    disabled={busy}
                    onClick={() => onPut(entry)}
                  >
                    {t('live.putOnStage')}
                  </Button>
                )}
              </li>
            )
          })}
        </ol>
      )}
    </Section>
  )
}
