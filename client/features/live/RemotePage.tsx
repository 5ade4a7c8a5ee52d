// The host's page: follows what hosts may see, steers, asks, invites, ends. It names the step it saw, so that two
// hosts never do a thing twice; it works when the stage's tab is gone.
import { Ban } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { ChatPane } from '#client/features/channels/ChatPane.tsx'
import { QaPane } from '#client/features/channels/forum/QaPane.tsx'
import { useChannel } from '#client/features/channels/store.ts'
import { NotePane } from '#client/features/notes/NoteView.tsx'
import { call } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { shareHost, shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { CodeDisplay } from '#client/ui/CodeDisplay.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Pane } from '#client/ui/Pane.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import { Sheet } from '#client/ui/Sheet.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Steer } from '#protocol/activities/staged.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import type { RankBoard } from '#protocol/live/ranks.ts'
import type { AgendaEntry } from '#protocol/live/stage.ts'
import { liveCalls, type RosterFilter, type Run, runHostsScope, runScope } from '#protocol/live.ts'
import { AddToAgenda } from './AddToAgenda.tsx'
import { type Asked, AskForm } from './AskForm.tsx'
import { timeLeft, useServerNow } from './clock.ts'
import { Hands, useHandsSaid } from './Hands.tsx'
import type { Act } from './next-act.ts'
import { NoClass } from './ParticipantPage.tsx'
import { ClassNote } from './ParticipantView.tsx'
import { RemoteView } from './RemoteView.tsx'
import { Roster } from './Roster.tsx'

/** /class/:runId/remote */
export function RemotePage({ params: { runId } }: PageProps<'remote'>) {
  const all = useScope(runScope, runId)
  const hosts = useScope(runHostsScope, runId)
  const run = all.state.value?.run
  const state = hosts.state.value
  usePageTitle(run ? run.title : t('app.remoteTitle'))
  const refused = hosts.problem.value
  if (refused && run) {
    return (
      <EmptyState
        icon={Ban}
        title={t('live.notHost')}
        action={<ButtonLink href={pathTo('class', { runId })}>{t('live.goToParticipant')}</ButtonLink>}
      />
    )
  }
  if (!run || !state) {
    const problem = all.problem.value ?? refused
    return problem ? <NoClass detail={problemWords(problem)} /> : <Skeleton form="page" />
  }
  if (run.phase === 'ended') return <RemoteEnded run={run} />
  return <Steering run={run} state={state} board={all.state.value?.board ?? null} fleeting={hosts.fleeting.value} />
}

function RemoteEnded({ run }: { readonly run: Run }) {
  return (
    <ClassNote>
      <div>
        <p class="muted">
          <bdi>{run.title}</bdi> · <bdi>{run.courseTitle}</bdi>
        </p>
        <h1 tabIndex={-1}>{t('live.endedTitle')}</h1>
        <p class="muted">{t('live.endedHost')}</p>
      </div>
      <div class="cluster">
        <ButtonLink kind="primary" href={pathTo('classReport', { runId: run.id })}>
          {t('live.seeReport')}
        </ButtonLink>
        <ButtonLink href={pathTo('grades', { courseId: run.courseId })}>{t('live.seeGradebook')}</ButtonLink>
        <ButtonLink href={pathTo('course', { courseId: run.courseId })}>{t('live.backToCourse')}</ButtonLink>
      </div>
    </ClassNote>
  )
}

type SteeringProps = {
  readonly run: Run
  readonly state: StateOf<typeof runHostsScope>
  readonly board: RankBoard | null
  readonly fleeting: ReturnType<typeof useScope<typeof runHostsScope>>['fleeting']['value']
}

type Panel =
  | { readonly is: 'none' }
  | { readonly is: 'ask' | 'invite' | 'hands' | 'chat' | 'qa' | 'note' | 'add' }
  | { readonly is: 'people'; readonly filter: RosterFilter }

function Steering({ run, state, board, fleeting }: SteeringProps) {
  const { stage, agenda, hands } = state
  useHandsSaid(hands)
  const runId = run.id
  const meId = person.value?.id ?? ''
  const [panel, setPanel] = useState<Panel>({ is: 'none' })
  const close = () => setPanel({ is: 'none' })
  const [sending, setSending] = useState(false)
  const [ending, setEnding] = useState(false)
  // The step a steer has led to: until it is seen here, what is on screen is old.
  const [awaited, setAwaited] = useState<{ deliveryId: string; step: number } | undefined>(undefined)
  const behind = awaited !== undefined && stage?.deliveryId === awaited.deliveryId && stage.step < awaited.step
  useEffect(() => {
    if (!behind) return
    const timer = setTimeout(() => setAwaited(undefined), 3_000)
    return () => clearTimeout(timer)
  }, [behind])
  const channel = useChannel(run.channelId, meId)
  const view = stage?.view
  const now = useServerNow(view?.phase === 'open' && view.closesAt !== null ? 'going' : 'standing')
  const live = fleeting.tally
  const tally =
    view?.result?.tally ??
    (live && live.deliveryId === stage?.deliveryId && live.itemId === view?.item?.id ? live.tally : undefined)

  const doing = async (act: () => Promise<unknown>): Promise<boolean> => {
    setSending(true)
    try {
      await act()
      return true
    } catch (error) {
      const faster = error instanceof ClientProblem && ['conflict', 'not-on-stage'].includes(error.code)
      showToast({ text: faster ? t('live.hostFaster') : problemWords(error), tone: faster ? 'neutral' : 'bad' })
      return false
    } finally {
      setSending(false)
    }
  }
  const steer = async (what: Steer): Promise<boolean> => {
    if (!stage) return false
    const { deliveryId, step } = stage
    return doing(async () => {
      const done = await call(liveCalls.steer, { runId, deliveryId, step, steer: what })
      setAwaited({ deliveryId, step: done.step })
    })
  }
  const put = (entry: AgendaEntry) =>
    void doing(() => call(liveCalls.putOnStage, { runId, deliveryId: entry.deliveryId }))
  const act = (what: Act) => {
    if (what.does === 'steer') void steer(what.steer)
    else if (what.does === 'put') put(what.entry)
    else if (what.does === 'ask') setPanel({ is: 'ask' })
  }
  const ask = async (asked: Asked) => {
    const input = { runId, ...asked } as InputBefore<typeof liveCalls.ask>
    if (await doing(() => call(liveCalls.ask, input))) close()
  }
  const end = async () => {
    setEnding(true)
    if (!(await doing(() => call(liveCalls.end, { runId })))) setEnding(false)
  }
  const presence = fleeting.presence ?? { connected: 0, reconnecting: 0, joined: 0 }
  const link = run.code ? shareLink(pathTo('joinCode', { code: run.code })) : ''
  return (
    <>
      <RemoteView
        run={run}
        stage={stage}
        agenda={agenda}
        presence={presence}
        tally={tally}
        time={view && timeLeft(view, now)}
        unread={panel.is === 'chat' ? 0 : channel.unread.value}
        busy={sending || behind}
        ending={ending}
        onAct={act}
        onSteer={steer}
        onPut={put}
        onAsk={() => setPanel({ is: 'ask' })}
        onInvite={() => setPanel({ is: 'invite' })}
        onPeople={filter => setPanel({ is: 'people', filter })}
        onChat={() => setPanel(panel.is === 'chat' ? { is: 'none' } : { is: 'chat' })}
        handsUp={hands.up}
        board={board}
        onHands={() => setPanel({ is: 'hands' })}
        qaOpen={panel.is === 'qa'}
        onQa={() => setPanel({ is: panel.is === 'qa' ? 'none' : 'qa' })}
        noteOpen={panel.is === 'note'}
        onNote={() => setPanel({ is: panel.is === 'note' ? 'none' : 'note' })}
        onAdd={() => setPanel({ is: 'add' })}
        onEnd={() => void end()}
      />
      <Sheet open={panel.is === 'ask'} onClose={close} title={t('live.askTitle')}>
        <AskForm busy={sending} onAsk={asked => void ask(asked)} />
      </Sheet>
      <Dialog open={panel.is === 'invite'} onClose={close} title={t('live.inviteTitle')}>
        {run.code && (
          <div class="invite">
            <p>{t('live.inviteDetail')}</p>
            <p>
              <strong>{`${shareHost()}${pathTo('join')}`}</strong>
            </p>
            <CodeDisplay code={run.code} size="large" />
            <div class="invite-qr">
              <QrCode value={link} />
            </div>
            <CopyButton text={link} label={t('live.copyJoinLink')} kind="plain" />
          </div>
        )}
      </Dialog>
      <Sheet open={panel.is === 'people'} onClose={close} title={t('live.people')}>
        {panel.is === 'people' && (
          <Roster
            runId={runId}
            first={panel.filter}
            turn={`${stage?.deliveryId} ${stage?.step} ${tally?.answered} ${presence.connected} ${presence.reconnecting}`}
          />
        )}
      </Sheet>
      <Sheet open={panel.is === 'hands'} onClose={close} title={t('live.hands')}>
        <Hands runId={runId} hands={hands} />
      </Sheet>
      {panel.is === 'add' && <AddToAgenda runId={runId} courseId={run.courseId} agenda={agenda} onClose={close} />}
      <Pane open={panel.is === 'chat'} onClose={close} title={t('channels.chat')}>
        <ChatPane store={channel} meId={meId} mayModerate />
      </Pane>
      <Pane open={panel.is === 'qa'} onClose={close} title={t('forum.qa')}>
        <QaPane qaId={run.qaId} courseId={run.courseId} moderator mayWrite />
      </Pane>
      {run.noteId && (
        <Pane open={panel.is === 'note'} onClose={close} title={t('live.classNotes')}>
          <NotePane noteId={run.noteId} />
        </Pane>
      )}
    </>
  )
}
