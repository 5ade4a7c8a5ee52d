// One's own rank and points after a reveal, where the class has ranks; nobody else's.
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { OwnRank as Rank } from '#protocol/live/ranks.ts'
import { liveRoutes } from '#protocol/live.ts'

/** A whole room asks after a reveal: spread over this many milliseconds. */
const spreadMs = 800

/** Asked anew with each reveal, which `step` counts. */
export function OwnRank({ runId, step }: { readonly runId: string; readonly step: number }) {
  const [rank, setRank] = useState<Rank | null>(null)
  useEffect(() => {
    let stale = false
    const timer = setTimeout(() => {
      request(liveRoutes.rank, { runId } as InputBefore<typeof liveRoutes.rank>).then(
        got => {
          if (!stale) setRank(got.rank)
        },
        () => undefined,
      )
    }, Math.random() * spreadMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [runId, step])
  return (
    <p class="class-rank figures" role="status">
      {rank && rank.points > 0 && (
        <>
          <strong>{t('live.ownRank', { rank: rank.rank, people: rank.people, points: rank.points })}</strong>{' '}
          <span class="muted">{t('live.ownGained', { gained: rank.gained })}</span>
        </>
      )}
    </p>
  )
}
