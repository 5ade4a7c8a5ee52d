// How long people stay: while a meeting runs on a BigBlueButton, its server is asked twice a minute who is there. What lies
// between two looks counts for whom both saw; whoever was seen once was there for no time yet.
import * as z from 'zod/mini'
import { Problem } from '#protocol/base/problems.ts'
import { type MeetingId, meetingId } from '#protocol/meetings.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { PreparedJob } from '#server/platform/feature.ts'
import { infoAddress } from '../rules/bigbluebutton.ts'
import { meetings } from '../tables.ts'
import { askBigBlueButton, heldOf } from './joining.ts'

/** How often a meeting is looked at, how long it is watched after somebody came, and when it is taken for over. */
export const watching = { everyMs: 30_000, forMs: 12 * 3_600_000, emptyMs: 5 * 60_000 }

/** Two looks further apart than this, in seconds, say nothing about the time between. */
const mostBetween = 120

const data = z.object({ meetingId })

/** Who is there now; undefined where the server did not say. */
async function thereNow(ctx: Ctx, id: MeetingId): Promise<readonly string[] | undefined> {
  const row = await meetings.findByPk(id, { raw: true })
  const held = row ? await heldOf(row) : null
  if (held?.server.kind !== 'bigbluebutton') return undefined
  try {
    const answer = await askBigBlueButton(ctx, infoAddress(held))
    return answer.kind === 'done' ? answer.userIds.filter(one => z.safeParse(z.uuid(), one).success) : []
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** Notes who was seen; a meeting nobody is in and nobody came to lately is watched no longer. */
async function noteSeen(ctx: WriteCtx, id: MeetingId, there: readonly string[]): Promise<void> {
  await ctx.sql(
    `update meeting_visits set seen_at = $3,
            seconds = coalesce(seconds, 0) + case when seen_at > $3::timestamptz - make_interval(secs => $4)
              then greatest(0, round(extract(epoch from $3::timestamptz - seen_at)))::int else 0 end
      where meeting_id = $1 and account_id = any($2::uuid[])`,
    [id, there, ctx.now, mostBetween],
  )
  if (there.length === 0)
    await ctx.sql(
      `update meetings m set watched_until = null where id = $1
          and not exists (select from meeting_visits v where v.meeting_id = m.id and greatest(v.last_at, v.seen_at) > $2)`,
      [id, new Date(ctx.now.getTime() - watching.emptyMs)],
    )
}

/** Looks at one meeting. */
export const lookJob: PreparedJob = {
  name: 'meetings.look',
  prepare: async (ctx, given) => {
    const { meetingId: id } = z.parse(data, given)
    const there = await thereNow(ctx, id)
    return async tx => {
      if (there) await noteSeen(tx, id, there)
      return 'done'
    }
  },
}

/** From now on the meeting is watched, where its server tells who is there. */
export async function watch(ctx: WriteCtx, id: MeetingId): Promise<void> {
  await ctx.sql(
    `update meetings m set watched_until = $2 from meeting_servers s
      where m.id = $1 and s.id = m.server_id and s.kind = 'bigbluebutton'
        and (m.watched_until is null or m.watched_until < $3)`,
    [id, new Date(ctx.now.getTime() + watching.forMs), new Date(ctx.now.getTime() + watching.forMs / 2)],
  )
}

/** Has every meeting that is due looked at, by whichever node is first. Costs one query where none is. */
export async function lookAtMeetings(ctx: WriteCtx): Promise<void> {
  const due = await ctx.sql<{ id: string }>(
    `update meetings set looked_at = $1 where id in (
       select id from meetings where watched_until > $1 and (looked_at is null or looked_at <= $2)
        order by looked_at nulls first limit 200 for update skip locked)
     returning id`,
    [ctx.now, new Date(ctx.now.getTime() - watching.everyMs + 1_000)],
  )
  for (const { id } of due) await ctx.enqueue(lookJob, { meetingId: id })
}
