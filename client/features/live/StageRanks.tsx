// The ranks on the projector, while a host shows them: the first five, or the podium of an activity.
import { t } from '#client/platform/texts.ts'
import type { RankBoard } from '#protocol/live/ranks.ts'
import './StageRanks.css'

/** Equal points share a rank; without names a place shows its points alone. */
export function StageRanks({ board }: { readonly board: RankBoard }) {
  const title = board.form === 'podium' ? t('live.ranksPodiumTitle') : t('live.ranksTopTitle')
  return (
    <section class="stage-ranks" aria-label={title} data-form={board.form}>
      <h1 class="stage-ranks-title">
        {title} {board.people > board.rows.length && <span>{t('live.ranksPeople', { count: board.people })}</span>}
      </h1>
      {board.rows.length === 0 && <p class="stage-lead">{t('live.ranksNone')}</p>}
      <ol class="stage-ranks-list">
        {board.rows.map((row, index) => (
          <li key={index} data-rank={row.rank}>
            <span class="stage-ranks-rank figures">{row.rank}</span>
            <span class="stage-ranks-name">{row.name && <bdi>{row.name}</bdi>}</span>
            <span class="stage-ranks-points figures">{t('live.ranksPoints', { count: row.points })}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
