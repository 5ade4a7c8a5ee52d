// Whether a class has ranks and when the stage shows them: the host's, and off until they want it.
import { call } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import type { BoardForm, RankBoard, Ranks } from '#protocol/live/ranks.ts'
import type { HostStage } from '#protocol/live/stage.ts'
import { liveCalls, type Run } from '#protocol/live.ts'

export type RemoteRanksProps = {
  readonly run: Run
  readonly stage: HostStage | null
  readonly board: RankBoard | null
}

const words = { off: 'live.ranksOff', names: 'live.ranksNames', nameless: 'live.ranksNameless' } as const

/** Each as a sentence. */
export const ranksAre = {
  off: 'live.ranksAreOff',
  names: 'live.ranksAreNames',
  nameless: 'live.ranksAreNameless',
} as const

/** Off, with names, without. */
export const rankChoices = () =>
  (['off', 'names', 'nameless'] satisfies Ranks[]).map(value => ({ value, label: t(words[value]) }))

/** Nothing is shown before a reveal, and the next question takes it away. */
export function RemoteRanks({ run, stage, board }: RemoteRanksProps) {
  const doing = (act: Promise<unknown>): void => {
    act.catch(error => showToast({ text: problemWords(error), tone: 'bad' }))
  }
  const change = (ranks: string) =>
    doing(call(liveCalls.changeRanks, { runId: run.id, ranks } as InputBefore<typeof liveCalls.changeRanks>))
  const show = (form: BoardForm | null) =>
    doing(call(liveCalls.showRanks, { runId: run.id, form } as InputBefore<typeof liveCalls.showRanks>))
  const phase = stage?.view.phase
  const ready = phase === 'revealed' || phase === 'done'
  return (
    <div class="stack">
      <Field
        type="select"
        label={t('live.ranks')}
        hint={t('live.ranksHint')}
        name="ranks"
        value={run.ranks}
        onValue={change}
        options={rankChoices()}
      />
      {run.ranks !== 'off' && (
        <div class="cluster">
          {board ? (
            <Button onClick={() => show(null)}>{t('live.ranksHide')}</Button>
          ) : (
            <>
              <Button disabled={!ready} onClick={() => show('top')}>
                {t('live.ranksTop')}
              </Button>
              <Button disabled={!ready} onClick={() => show('podium')}>
                {t('live.ranksPodium')}
              </Button>
            </>
          )}
        </div>
      )}
    </div>
  )
}
