// A participant's screen, from the state alone: the question, the choices, one line that always says how the answer
// stands. Every part keeps its place while states change, so that nothing moves under the finger.
import { ArrowLeft, MessageSquare, MonitorPlay, NotebookPen, Users } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { AnswerLine } from '#client/features/questions/AnswerLine.tsx'
import {
  type AnswerStand,
  type AnswerWords,
  answerWords,
  type ItemStand,
  isGiven,
} from '#client/features/questions/answer-line.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Ring } from '#client/ui/Ring.tsx'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import type { Stage } from '#protocol/live/stage.ts'
import type { Run } from '#protocol/live.ts'
import type { TimeLeft } from './clock.ts'
import { HandButton } from './HandButton.tsx'
import { OwnRank } from './OwnRank.tsx'
import { QaButton } from './QaButton.tsx'
import { takesTaps } from './sending.ts'
import './ParticipantView.css'

/** What can stand beside the question. */
export type ClassPane = 'chat' | 'qa' | 'note'

export type ClassHeadProps = {
  readonly run: Run
  readonly connected: number | undefined
  readonly unread: number
  readonly pane: ClassPane | undefined
  readonly onPane: (pane: ClassPane) => void
  readonly mayGoBack: boolean
  readonly host: boolean
  /** Whose hand the head holds; nobody's for hosts. */
  readonly meId: string | undefined
}

/** The head of a class: where one is, how many are here, the ways to the note, the questions and the chat. */
export function ClassHead(props: ClassHeadProps) {
  const { run, connected, unread, pane, onPane, mayGoBack, host, meId } = props
  // Whoever has just come in begins at the heading, and the answers follow it.
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header class="class-head">
      <a
        class="icon-button"
        href={mayGoBack ? pathTo('course', { courseId: run.courseId }) : pathTo('today')}
        aria-label={mayGoBack ? t('live.backToCourse') : t('live.leaveClass')}
        title={mayGoBack ? t('live.backToCourse') : t('live.leaveClass')}
      >
        <Icon as={ArrowLeft} size={20} />
      </a>
      <div class="class-head-words">
        <h1 class="one-line" dir="auto" tabIndex={-1} ref={heading}>
          {run.title}
        </h1>
        <p class="one-line" dir="auto">
          {run.courseTitle}
        </p>
      </div>
      {connected !== undefined && run.phase === 'open' && (
        <p class="class-head-count figures">
          <Icon as={Users} />
          <span aria-hidden="true">{connected}</span>
          <span class="visually-hidden">{t('live.peopleHere', { count: connected })}</span>
        </p>
      )}
      {host && run.phase === 'open' && (
        <a
          class="icon-button"
          href={pathTo('remote', { runId: run.id })}
          aria-label={t('live.remote')}
          title={t('live.remote')}
        >
          <Icon as={MonitorPlay} size={20} />
        </a>
      )}
      <div class="class-head-acts">
        {meId !== undefined && run.phase === 'open' && !host && <HandButton runId={run.id} meId={meId} />}
        {run.noteId && (
          <IconButton
            icon={NotebookPen}
            label={t('live.classNotes')}
            pressed={pane === 'note'}
            onClick={() => onPane('note')}
          />
        )}
        <QaButton run={run} open={pane === 'qa'} onPress={() => onPane('qa')} />
        <button
          type="button"
          class="icon-button class-head-chat"
          aria-pressed={pane === 'chat'}
          aria-label={unread > 0 ? t('live.openChatUnread', { count: unread }) : t('live.openChat')}
          title={t('live.openChat')}
          onClick={() => onPane('chat')}
        >
          <Icon as={MessageSquare} size={20} />
          {unread > 0 && (
            <span class="class-head-badge figures" aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </button>
      </div>
    </header>
  )
}

export type ParticipantViewProps = {
  readonly stage: Stage | null
  /** The class, where it has ranks. */
  readonly rankedIn: string | undefined
  readonly connected: number
  readonly time: TimeLeft | undefined
  readonly move: ActivityMove | null
  readonly stand: AnswerStand
  /** What everybody may see of the moment, where the class sees answers come. */
  readonly now: Tally | undefined
  readonly onGive: (move: ActivityMove | null) => void
  /** Sends what is given, where giving does not. */
  readonly onSend: () => void
  readonly offline: boolean
  /** Refusals of earlier answers, in words. */
  readonly notices: readonly string[]
}

/** What the question's phase means to the one who answers; time that has run out locks without waiting for word. */
export function itemStandOf(stage: Stage, time: TimeLeft | undefined): ItemStand {
  const { phase } = stage.view
  if (phase === 'revealed') return 'revealed'
  if (phase === 'paused') return 'paused'
  if (phase === 'open') return time !== undefined && time.left <= 0 ? 'locked' : 'open'
  return 'locked'
}

/** The question on stage, or the word to wait. */
export function ParticipantView(props: ParticipantViewProps) {
  const { stage, notices } = props
  const asking = stage?.view.item && stage.view.phase !== 'waiting' && stage.view.phase !== 'done'
  return (
    <div class="class-body">
      {asking ? (
        <Question {...props} stage={stage} />
      ) : (
        <>
          <Waiting connected={props.connected} first={stage === null || stage.view.phase === 'waiting'} />
          <Notices notices={notices} />
        </>
      )}
    </div>
  )
}

/** At the foot, over the page: what comes late must not move what is being tapped. */
function Notices({ notices }: { readonly notices: readonly string[] }) {
  if (notices.length === 0) return null
  return (
    <div class="class-notices">
      {notices.map(notice => (
        <Banner tone="warn" key={notice}>
          {notice}
        </Banner>
      ))}
    </div>
  )
}

function Waiting({ connected, first }: { readonly connected: number; readonly first: boolean }) {
  return (
    <div class="class-wait">
      <span class="class-wait-pulse" aria-hidden="true" />
      <p class="class-wait-title">{t('live.waitingTitle')}</p>
      <p class="muted">{first ? t('live.waitingDetail') : t('live.nextSoon')}</p>
      {connected > 0 && <p class="class-wait-count figures">{t('live.peopleHere', { count: connected })}</p>}
    </div>
  )
}

function Question({
  stage,
  rankedIn,
  time,
  move,
  now,
  stand,
  onGive,
  onSend,
  offline,
  notices,
}: ParticipantViewProps & { readonly stage: Stage }) {
  const { view } = stage
  if (!view.item) return null
  const { asked } = view.item
  const { LearnerCard, Board, sends, verdict, toldKey } = kindParts[view.kind]
  const item = itemStandOf(stage, time)
  const given = isGiven(stand)
  const answer = given ? move : null
  const quiet = offline && item === 'open' && stand.is === 'none'
  const line: AnswerWords = quiet
    ? { tone: 'warn', mark: 'device', words: t('questions.offline') }
    : answerWords(item, stand, verdict(view, asked, answer))
  return (
    <article class="class-question">
      <div class="class-question-head">
        <div class="class-question-words">
          <p class="muted figures class-question-number">
            {t('live.questionOf', { number: view.number, total: view.total })}
          </p>
          <h2 class="prompt class-prompt">{asked.body.prompt}</h2>
        </div>
        <div class="class-ring">{time && <Ring left={time.left} total={time.total} paused={time.paused} spoken />}</div>
      </div>
      <LearnerCard
        asked={asked}
        phase={item === 'open' && takesTaps(view, stand) ? 'open' : item === 'revealed' ? 'revealed' : 'locked'}
        move={move}
        pending={stand.is === 'sending' || stand.is === 'kept'}
        answerKey={toldKey(view)}
        most={'words' in view ? view.words : undefined}
        onMove={onGive}
        confirm={
          sends(asked, view.mayChange) === 'by button' && item === 'open'
            ? {
                label: t('questions.sendAnswer'),
                disabled: stand.is !== 'draft' || move === null,
                onSend,
              }
            : undefined
        }
      />
      <div class="class-board">
        <Board view={view} now={now} mine={move} />
      </div>
      {rankedIn && item === 'revealed' && <OwnRank runId={rankedIn} step={stage.step} />}
      <div class="class-line">
        <Notices notices={notices} />
        <AnswerLine line={line} />
      </div>
    </article>
  )
}

/** A card in the middle of the class screen, for ends and faults. */
export function ClassNote({ children }: { readonly children: ComponentChildren }) {
  return <div class="class-note">{children}</div>
}
