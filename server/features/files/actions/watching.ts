// Notes what somebody watched. A second that is played twice counts once; what is told twice changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Watched } from '#protocol/files/watching.ts'
import type { FileId } from '#protocol/files.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

export interface Watching {
  readonly fileId: FileId
  readonly place: number
  readonly length: number
  readonly spans: readonly (readonly [number, number])[]
}

/**
 * Adds stretches of whole seconds to what somebody has watched of a file. How long it is, the player says: the last word
 * holds, and what lies beyond is not counted. A new version of the file keeps what was watched of the one before.
 */
export async function noteWatched(
  ctx: WriteCtx,
  accountId: AccountId,
  { fileId, place, length, spans }: Watching,
): Promise<Watched> {
  const played = spans.filter(([from, to]) => from < to).map(([from, to]) => `[${from},${to})`)
  const [row] = await ctx.sql<Watched>(
    `insert into watches as w (file_id, account_id, place, spans, length, changed_at, seconds)
     select $1, $2, $3, spans, $5, $6, (select coalesce(sum(upper(s) - lower(s)), 0) from unnest(spans) s)
       from (select $4::int4multirange * int4multirange(int4range(0, $5)) as spans) told
     on conflict (file_id, account_id) do update set place = excluded.place, length = excluded.length,
       changed_at = excluded.changed_at,
       spans = (w.spans + excluded.spans) * int4multirange(int4range(0, excluded.length)),
       seconds = (select coalesce(sum(upper(s) - lower(s)), 0)
                    from unnest((w.spans + excluded.spans) * int4multirange(int4range(0, excluded.length))) s)
     returning place, seconds, length`,
    [fileId, accountId, Math.min(place, length), `{${played.join()}}`, length, ctx.now],
  )
  return row ?? { place: 0, seconds: 0, length }
}
