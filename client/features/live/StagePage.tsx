// The projector's page: follows the class and shows it, nothing else. A dropped connection leaves the last picture
// standing; the clock goes on by the server's time.
import { useEffect } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import type { ScopeStore } from '#client/platform/scope-store.ts'
import { shareOrigin } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { StateOf } from '#protocol/base/scope.ts'
import { forumScope } from '#protocol/channels/topics.ts'
import { runScope } from '#protocol/live.ts'
import { type TimeLeft, timeLeft, useServerNow } from './clock.ts'
import { NoClass } from './ParticipantPage.tsx'
import { noteStageOpened } from './StageHint.tsx'
import { StageView } from './StageView.tsx'
import { answeredNow, shownNow } from './shown-now.ts'

/** /class/:runId/stage */
export function StagePage({ params: { runId } }: PageProps<'stage'>) {
  const scope = useScope(runScope, runId)
  const state = scope.state.value
  const view = state?.stage?.view
  const now = useServerNow(view?.phase === 'open' && view.closesAt !== null ? 'going' : 'standing')
  usePageTitle(state ? state.run.title : t('app.stageTitle'))
  useAwake()
  useEffect(noteStageOpened, [])
  if (!state) {
    const problem = scope.problem.value
    return problem ? <NoClass detail={problemWords(problem)} /> : <Skeleton form="page" />
  }
  return <Showing state={state} scope={scope} time={view && timeLeft(view, now)} />
}

type ShowingProps = {
  readonly state: StateOf<typeof runScope>
  readonly scope: ScopeStore<typeof runScope>
  readonly time: TimeLeft | undefined
}

function Showing({ state, scope, time }: ShowingProps) {
  const topics = useScope(forumScope, state.run.qaId).state.value?.topics
  const { presence, answered, hands } = scope.fleeting.value
  return (
    <StageView
      run={state.run}
      stage={state.stage}
      joined={presence?.connected ?? 0}
      answered={answeredNow(state.stage, answered)}
      handsUp={hands?.up}
      board={state.board}
      now={shownNow(state.stage, answered)}
      question={topics?.find(topic => topic.pinned && topic.standing === 'shown')}
      time={time}
      origin={shareOrigin.value}
      connected={scope.status.value === 'live'}
    />
  )
}

/** Keeps the projector from going dark, where the browser lets it (https only). */
function useAwake(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let gone = false
    const ask = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock.request('screen').then(
        got => {
          if (gone) void got.release()
          else lock = got
        },
        () => undefined,
      )
    }
    ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      gone = true
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [])
}
