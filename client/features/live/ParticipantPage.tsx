// A participant's screen: takes a seat, follows the class, sends answers through the outbox. A reload, another device
// or a dropped connection finds everything where it was.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { connection, person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { mineOf, type Refusal, type Seat, useHeardRefusals, useSeat } from '#client/features/activities/seat.ts'
import { ChatPane } from '#client/features/channels/ChatPane.tsx'
import { QaPane } from '#client/features/channels/forum/QaPane.tsx'
import { useChannel } from '#client/features/channels/store.ts'
import { NotePane } from '#client/features/notes/NoteView.tsx'
import { isGiven } from '#client/features/questions/answer-line.ts'
import { request } from '#client/platform/call.ts'
import type { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Pane } from '#client/ui/Pane.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import { liveRoutes, runScope } from '#protocol/live.ts'
import { timeLeft, useServerNow } from './clock.ts'
import { Ended } from './EndedView.tsx'
import { ClassHead, type ClassPane, ParticipantView } from './ParticipantView.tsx'
import { QuestionOpen } from './QuestionOpen.tsx'
import { draftEnds, givingDoes, leftUnsent } from './sending.ts'
import { type Answered, shownNow } from './shown-now.ts'

/** /class/:runId */
export function ParticipantPage({ params: { runId } }: PageProps<'class'>) {
  // Taking a seat twice changes nothing; where it is refused, the class itself says why.
  const seat = useLoad(runId, () =>
    request(liveRoutes.join, { runId } as InputBefore<typeof liveRoutes.join>).catch(() => null),
  )
  if (seat.value === undefined) return <Skeleton form="page" />
  return <ClassScreen runId={runId} host={seat.value?.role === 'host'} />
}

function ClassScreen({ runId, host }: { readonly runId: string; readonly host: boolean }) {
  const scope = useScope(runScope, runId)
  const state = scope.state.value
  usePageTitle(state?.run.title ?? t('app.classTitle'))
  if (!state) {
    const problem = scope.problem.value
    return problem ? <NotIn runId={runId} problem={problem} /> : <Skeleton form="page" />
  }
  if (state.run.phase === 'ended' && host) return <ToReport runId={runId} />
  const { presence, answered, corrected } = scope.fleeting.value
  return (
    <InClass
      state={state}
      connected={presence?.connected ?? 0}
      answered={answered}
      host={host}
      correctedAt={corrected?.at}
    />
  )
}

/** A class that is not, or not any more, for whoever asks: the way in says why. */
function NotIn({ runId, problem }: { readonly runId: string; readonly problem: ClientProblem }) {
  const why = useLoad(runId, () =>
    request(liveRoutes.join, { runId } as InputBefore<typeof liveRoutes.join>).then(
      () => problem,
      (error: unknown) => error,
    ),
  )
  return why.loading ? <Skeleton form="page" /> : <NoClass detail={problemWords(why.value)} />
}

/** What a class left for its staff has an address of its own. */
function ToReport({ runId }: { readonly runId: string }) {
  const { route: go } = useLocation()
  useEffect(() => go(pathTo('classReport', { runId }), true), [runId])
  return <Skeleton form="page" />
}

/** Where there is no class to show, or no right to see it. */
export function NoClass({ detail }: { readonly detail?: string | undefined }) {
  return (
    <ErrorState
      page
      title={t('live.noClass')}
      detail={detail ?? t('live.noClassDetail')}
      action={<ButtonLink href={pathTo('join')}>{t('live.joinTitle')}</ButtonLink>}
    />
  )
}

type InClassProps = {
  readonly state: StateOf<typeof runScope>
  readonly connected: number
  readonly answered: Answered | undefined
  readonly host: boolean
  readonly correctedAt: string | undefined
}

/** How long a refusal in the line of its own question is there to be read, in milliseconds. */
const readWithinMs = 4_000

function InClass({ state, connected, answered, host, correctedAt }: InClassProps) {
  const { run, stage } = state
  const me = person.value
  const meId = me?.id ?? ''
  const [pane, setPane] = useState<ClassPane>()
  // Whether the class went on when the pane was opened.
  const openedIn = useRef(run.phase)
  const toggle = (one: ClassPane) => {
    openedIn.current = run.phase
    setPane(pane === one ? undefined : one)
  }
  const channel = useChannel(run.channelId, meId)
  const seat = useSeat(stage?.deliveryId)
  const view = stage?.view
  const item = view?.item ?? undefined
  const now = useServerNow(view?.phase === 'open' && view.closesAt !== null ? 'going' : 'standing')
  const time = view && timeLeft(view, now)
  const mine = mineOf(seat, item?.id)

  // Prompts that were seen, so that a refusal can name its question.
  const prompts = useRef(new Map<string, string>())
  if (item) prompts.current.set(item.id, item.asked.body.prompt)
  const [notices, setNotices] = useState<readonly string[]>([])
  // A new question is said, and the one in the way of it goes.
  const itemId = item?.id
  useEffect(() => {
    if (itemId === undefined || view?.phase !== 'open') return
    setNotices([])
    announce(
      `${t('live.questionOf', { number: view.number, total: view.total })}. ${prompts.current.get(itemId) ?? ''}`,
    )
  }, [itemId])

  // A notice names a question that is over; what was refused for the one on stage stands in its own line, and follows as a
  // notice only when the next question came before it could be read.
  const heard = useHeardRefusals()
  const told = useRef(new Set<Refusal>(heard))
  const cameAt = useRef(new Map<Refusal, number>())
  useEffect(() => {
    const words: string[] = []
    for (const one of heard) {
      if (told.current.has(one)) continue
      if (!cameAt.current.has(one)) cameAt.current.set(one, Date.now())
      if (one.itemId === item?.id) continue
      told.current.add(one)
      const { itemId, late, reason } = one
      const prompt = prompts.current.get(itemId)
      if (Date.now() - (cameAt.current.get(one) ?? 0) > readWithinMs) continue
      if (prompt === undefined) words.push(late ? t('live.lateAny') : t('live.refusedAny', { reason }))
      else words.push(late ? t('live.lateAnswer', { prompt }) : t('live.refusedAnswer', { prompt, reason }))
    }
    if (words.length > 0) setNotices(before => [...new Set([...before, ...words])].slice(-2))
  }, [heard, item?.id])

  const send = (move: ActivityMove | null) => {
    if (item && seat && view && move) seat.send(item.id, move, view.mayChange ? 'instead' : 'beside')
  }
  const ends = view && draftEnds(view, mine.stand, mine.move, time, now)
  useEffect(() => {
    if (ends === 'send') send(mine.move)
    else if (ends === 'drop' && item) seat?.drop(item.id)
  }, [ends, item?.id])

  // The class went on, or ended, over something that was picked and not sent: the server waits a moment for it, as at a lock.
  const stood = useRef<{ readonly seat: Seat; readonly itemId: string; readonly mayChange: boolean }>(undefined)
  useEffect(() => {
    const before = stood.current
    stood.current = seat && item && view ? { seat, itemId: item.id, mayChange: view.mayChange } : undefined
    if (!before || before.itemId === item?.id) return
    const left = before.seat.of(before.itemId)
    if (leftUnsent(left.stand, left.move) && left.move)
      before.seat.send(before.itemId, left.move, before.mayChange ? 'instead' : 'beside')
  }, [seat, item?.id, view?.mayChange])

  const ended = run.phase === 'ended' && openedIn.current !== 'ended'
  const open = (
    <QuestionOpen
      stage={stage}
      time={time}
      answered={isGiven(mine.stand)}
      ended={ended}
      onGo={() => setPane(undefined)}
    />
  )
  return (
    <div class="class-screen">
      <ClassHead
        run={run}
        connected={connected > 0 ? connected : undefined}
        unread={pane === 'chat' ? 0 : channel.unread.value}
        pane={pane}
        onPane={toggle}
        mayGoBack={me !== null && me !== undefined && !me.guest}
        host={host}
        meId={me?.id}
      />
      {run.phase === 'ended' ? (
        <Ended run={run} notices={notices} correctedAt={correctedAt} />
      ) : (
        <ParticipantView
          stage={stage}
          rankedIn={run.ranks === 'off' || host ? undefined : run.id}
          connected={connected}
          time={time}
          move={mine.move}
          now={shownNow(stage, answered)}
          stand={mine.stand}
          onGive={move => {
            if (!item || !seat || !view) return
            const { sends } = kindParts[view.kind]
            if (givingDoes(sends(item.asked, view.mayChange), move) === 'send') send(move)
            else seat.draft(item.id, move)
          }}
          onSend={() => send(mine.move)}
          offline={!connection.value.online}
          notices={notices}
        />
      )}
      <Pane open={pane === 'chat'} onClose={() => setPane(undefined)} title={t('channels.chat')}>
        {open}
        <ChatPane store={channel} meId={meId} mayModerate={host} />
      </Pane>
      <Pane open={pane === 'qa'} onClose={() => setPane(undefined)} title={t('forum.qa')}>
        {open}
        <QaPane
          qaId={run.qaId}
          courseId={run.courseId}
          moderator={host}
          mayWrite={run.phase === 'open' || me?.guest === false}
        />
      </Pane>
      {run.noteId && (
        <Pane open={pane === 'note'} onClose={() => setPane(undefined)} title={t('live.classNotes')}>
          {open}
          <NotePane noteId={run.noteId} />
        </Pane>
      )}
    </div>
  )
}
