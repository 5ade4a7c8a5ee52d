// What the projector shows, from the state alone. Nothing in here can be clicked, and nothing shows a result that the
// server has not revealed.
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { CodeDisplay } from '#client/ui/CodeDisplay.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import type { Tally } from '#protocol/activities/staged.ts'
import type { Topic } from '#protocol/channels/topics.ts'
import type { RankBoard } from '#protocol/live/ranks.ts'
import type { Stage } from '#protocol/live/stage.ts'
import type { Run } from '#protocol/live.ts'
import type { TimeLeft } from './clock.ts'
import { StageAsked } from './StageAsked.tsx'
import { StageQuestion } from './StageQuestion.tsx'
import { StageRanks } from './StageRanks.tsx'
import './StageView.css'

export type StageViewProps = {
  readonly run: Run
  readonly stage: Stage | null
  readonly joined: number
  readonly answered: number
  readonly handsUp?: number | undefined
  /** Shown before everything else while a host wants it. */
  readonly board?: RankBoard | null | undefined
  /** What everybody may see of the moment, where the class sees answers come. */
  readonly now?: Tally | undefined
  /** A question from the class that stands before everything else. */
  readonly question?: Topic | undefined
  readonly time: TimeLeft | undefined
  /** Where phones reach the server, with the scheme. */
  readonly origin: string
  readonly connected: boolean
}

/** The address to type: nobody types a scheme. */
const typed = (origin: string): string => `${origin.replace(/^https?:\/\//, '')}${pathTo('join')}`

/** The whole screen. */
export function StageView(props: StageViewProps) {
  const { run, stage, joined, answered, handsUp = 0, board, now, question, time, origin, connected } = props
  const view = stage?.view
  const asking = run.phase === 'open' && view?.item && view.phase !== 'waiting' && view.phase !== 'done'
  return (
    <div class="stage" data-state={run.phase === 'ended' ? 'ended' : asking ? 'asking' : 'lobby'}>
      <header class="stage-head">
        <p class="stage-course">
          <strong>{run.title}</strong>
          {run.courseTitle !== run.title && <span>{run.courseTitle}</span>}
        </p>
        {asking && (
          <p class="stage-number figures">{t('live.questionOf', { number: view.number, total: view.total })}</p>
        )}
        {!connected && <p class="stage-offline">{t('live.stageOffline')}</p>}
      </header>
      {run.phase === 'ended' ? (
        <div class="stage-lobby">
          <h1 class="stage-welcome">{t('live.stageEnded')}</h1>
          <p class="stage-lead">{t('live.stageEndedDetail')}</p>
        </div>
      ) : board ? (
        <StageRanks board={board} />
      ) : question ? (
        <StageAsked topic={question} />
      ) : stage && asking ? (
        <StageQuestion stage={stage} now={now} time={time} />
      ) : (
        <Lobby run={run} title={stage && view?.phase === 'waiting' ? stage.title : undefined} origin={origin} />
      )}
      {run.phase === 'open' && (
        <footer class="stage-foot">
          <Count value={joined} word={t('live.stageHere')} />
          {asking && <Count value={answered} word={t('live.stageAnswered')} />}
          {handsUp > 0 && <Count value={handsUp} word={t('live.stageHands', { count: handsUp })} />}
          {run.code && (asking || question) && (
            <div class="stage-join">
              <div class="stage-join-words">
                <span class="stage-address">{typed(origin)}</span>
                <CodeDisplay code={run.code} size="stage" />
              </div>
              <div class="stage-qr">
                <QrCode value={`${origin}${pathTo('joinCode', { code: run.code })}`} />
              </div>
            </div>
          )}
        </footer>
      )}
    </div>
  )
}

function Count({ value, word }: { readonly value: number; readonly word: string }) {
  return (
    <p class="stage-count">
      <strong class="figures">{value}</strong> <span>{word}</span>
    </p>
  )
}

function Lobby({
  run,
  title,
  origin,
}: {
  readonly run: Run
  readonly title: string | undefined
  readonly origin: string
}) {
  return (
    <div class="stage-lobby" data-code={run.code !== null || undefined}>
      <div class="stage-lobby-words">
        <h1 class="stage-welcome">{title ?? run.title}</h1>
        {title && <p class="stage-lead">{t('live.stageReady')}</p>}
        {run.code && (
          <dl class="stage-how">
            <div>
              <dt>{t('live.stageJoinAt')}</dt>
              <dd class="stage-address">{typed(origin)}</dd>
            </div>
            <div>
              <dt>{t('live.stageWithCode')}</dt>
              <dd class="stage-big-code">
                <CodeDisplay code={run.code} size="stage" />
              </dd>
            </div>
          </dl>
        )}
      </div>
      {run.code && (
        <div class="stage-lobby-qr">
          <QrCode value={`${origin}${pathTo('joinCode', { code: run.code })}`} />
        </div>
      )}
    </div>
  )
}
