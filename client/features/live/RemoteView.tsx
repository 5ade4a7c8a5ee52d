// The host's remote, from the state alone: one primary act at the thumb that changes with the phase, the smaller acts
// above it, the live histogram, who is here, the agenda.
import {
  ChevronLeft,
  CircleStop,
  ExternalLink,
  FastForward,
  MessageSquare,
  NotebookPen,
  Pause,
  QrCode as QrIcon,
  SquarePen,
  Timer,
} from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useShortcuts } from '#client/app/keys/shortcuts.ts'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { CodeDisplay } from '#client/ui/CodeDisplay.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { Steer, Tally } from '#protocol/activities/staged.ts'
import type { RankBoard } from '#protocol/live/ranks.ts'
import type { AgendaEntry, HostStage } from '#protocol/live/stage.ts'
import type { RosterFilter, Run } from '#protocol/live.ts'
import type { TimeLeft } from './clock.ts'
import { type Act, nextAct, nextOnAgenda, sideActs, standOf, type Wish } from './next-act.ts'
import { QaButton } from './QaButton.tsx'
import { RemoteAgenda } from './RemoteAgenda.tsx'
import { RemoteBetween } from './RemoteBetween.tsx'
import { RemoteCounts } from './RemoteCounts.tsx'
import { RemoteRanks } from './RemoteRanks.tsx'
import { RemoteStage } from './RemoteStage.tsx'
import { noteStageOpened, StageHint } from './StageHint.tsx'
import { TwoStep } from './TwoStep.tsx'
import './RemoteHead.css'
import './RemoteView.css'

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
  /** Whether it was done; what was in its way is told. */
  readonly onSteer: (steer: Steer) => Promise<boolean>
  readonly onPut: (entry: AgendaEntry) => void
  readonly onAsk: () => void
  readonly onInvite: () => void
  readonly onPeople: (filter: RosterFilter) => void
  readonly onChat: () => void
  readonly handsUp: number
  readonly board: RankBoard | null
  readonly onHands: () => void
  readonly qaOpen: boolean
  readonly onQa: () => void
  readonly noteOpen: boolean
  readonly onNote: () => void
  readonly onAdd: () => void
  readonly onEnd: () => void
}

/** The whole remote below the page's head. */
export function RemoteView(props: RemoteViewProps) {
  const { run, stage, agenda, presence, busy, onAct, onSteer } = props
  const act = nextAct(stage, agenda)
  const side = sideActs(stage)
  const soon = useSoon(props, side)
  useRemoteKeys(props, act, side, soon)
  const end = (
    <TwoStep
      label={t('live.end')}
      sure={t('live.endSure')}
      not={t('live.endNot')}
      icon={CircleStop}
      busy={props.ending}
      primary={act.does === 'end'}
      onSure={props.onEnd}
    />
  )
  return (
    <div class="remote">
      <header class="remote-head">
        <div class="remote-title">
          <h1 class="one-line" dir="auto" tabIndex={-1}>
            {run.title}
          </h1>
          <p class="muted">
            <a
              class="remote-course"
              href={pathTo('course', { courseId: run.courseId })}
              aria-label={`${t('live.backToCourse')}: ${run.courseTitle}`}
            >
              <Icon as={ChevronLeft} />
              <span class="one-line" dir="auto">
                {run.courseTitle}
              </span>
            </a>
          </p>
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
          onClick={noteStageOpened}
          aria-label={t('live.openStage')}
          title={t('live.openStage')}
        >
          <Icon as={ExternalLink} size={20} />
          <span class="remote-stage-word">{t('live.openStage')}</span>
        </a>
        {run.noteId && (
          <IconButton icon={NotebookPen} label={t('live.classNotes')} pressed={props.noteOpen} onClick={props.onNote} />
        )}
        <QaButton run={run} open={props.qaOpen} onPress={props.onQa} />
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

      <RemoteCounts {...props} presence={presence} />

      <div class="remote-columns">
        <section class="remote-now" aria-label={t('live.stageNow')}>
          <StageHint runId={run.id} />
          {stage && stage.view.phase !== 'done' ? (
            <RemoteStage {...props} stage={stage} />
          ) : (
            <RemoteBetween stage={stage} next={nextOnAgenda(stage, agenda)} agenda={agenda.length} />
          )}
        </section>
        <div class="remote-plan">
          <RemoteAgenda {...props} />
          <RemoteRanks {...props} />
          {act.does !== 'end' && <div class="remote-end">{end}</div>}
        </div>
      </div>

      <div class="remote-thumb">
        <div class="remote-side">
          <SideButton
            icon={Timer}
            label={t('live.moreTime')}
            disabled={!side.moreTime || busy}
            onClick={() => side.moreTime && onSteer(side.moreTime)}
          />
          <SideButton
            icon={Pause}
            label={t('live.pause')}
            disabled={!side.pause || busy}
            onClick={() => onSteer({ do: 'pause' })}
          />
          <SideButton icon={FastForward} label={t('live.skip')} disabled={!side.skip || busy} onClick={soon.skip} />
          <SideButton icon={SquarePen} label={t('live.askShort')} disabled={false} onClick={props.onAsk} />
        </div>
        {act.does === 'end' ? (
          end
        ) : (
          <Button kind="primary" size="large" wide busy={busy || act.does === 'wait'} onClick={() => onAct(act)}>
            <span class="remote-act">{act.label}</span>
          </Button>
        )}
      </div>
    </div>
  )
}

interface Soon {
  /** Steers once the question is closed that closes just now. */
  readonly wish: (steer: Wish['steer']) => void
  /** Leaves what is asked: an open question is locked first, for its last answers are still on their way. */
  readonly skip: () => void
}

/** What waits for the close of a question: locking takes a moment, and a hand on the keys is faster. */
function useSoon({ stage, busy, onSteer }: RemoteViewProps, side: ReturnType<typeof sideActs>): Soon {
  const [wished, setWished] = useState<Wish | undefined>(undefined)
  const stand = standOf(wished, stage)
  useEffect(() => {
    if (wished === undefined || stand === 'wait' || (stand === 'do' && busy)) return
    setWished(undefined)
    if (stand === 'do') void onSteer(wished.steer)
  }, [wished, stand, busy])
  const wish = (steer: Wish['steer']) =>
    setWished(stage?.view.item ? { itemId: stage.view.item.id, step: stage.step, steer } : undefined)
  const skip = () => {
    if (!side.skip) return
    if (side.skip.do === 'finish' || stage?.view.phase === 'closed') return void onSteer(side.skip)
    wish(side.skip)
    // What could not be locked is not left later either, when nobody thinks of it any more.
    void onSteer({ do: 'lock' }).then(done => done || setWished(undefined))
  }
  return { wish, skip }
}

/** One key an act, only for what makes sense now. */
function useRemoteKeys(
  { stage, busy, onAct, onSteer, onAsk, onPeople, onChat }: RemoteViewProps,
  act: Act,
  side: ReturnType<typeof sideActs>,
  soon: Soon,
): void {
  const phase = stage?.view.phase
  const steer = (keys: string, label: string, what: Steer) => ({ keys, label, run: () => onSteer(what) })
  useShortcuts(t('keys.remote'), [
    ...(busy
      ? []
      : [
          ...(act.does === 'wait' || act.does === 'end'
            ? []
            : [{ keys: 'space', label: t('keys.nextAct'), run: () => onAct(act) }]),
          ...(phase === 'open' ? [steer('l', t('live.actLock'), { do: 'lock' })] : []),
          ...(phase === 'closed' ? [steer('r', t('live.actReveal'), { do: 'reveal' })] : []),
          ...(side.moreTime ? [steer('m', t('live.moreTime'), side.moreTime)] : []),
          ...(side.pause ? [steer('p', t('live.pause'), { do: 'pause' })] : []),
          ...(side.skip ? [{ keys: 's', label: t('live.skip'), run: soon.skip }] : []),
        ]),
    ...(phase === 'closing' ? [{ keys: 'r', label: t('live.actReveal'), run: () => soon.wish({ do: 'reveal' }) }] : []),
    { keys: 'q', label: t('live.askShort'), run: onAsk },
    { keys: 'w', label: t('live.people'), run: () => onPeople('all') },
    { keys: 'c', label: t('live.openChat'), run: onChat },
  ])
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
