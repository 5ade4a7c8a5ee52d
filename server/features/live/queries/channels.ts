// Whom the channels of a class belong to: who has a seat, and who teaches the course. Changes nothing.
import type { RunId } from '#protocol/live.ts'
import { type ChannelContext, type ChannelRights, noRights } from '#server/features/channels/index.ts'
import { chatRights } from '../rules.ts'
import { readableRuns } from './findable.ts'
import { type StandingAt, standingAt, standings } from './standing.ts'

/** A person's channels are those of their latest classes; older ones stay where the class is. */
const latestClasses = 50

const rightsOf = (standing: StandingAt | undefined): ChannelRights =>
  (standing && chatRights(standing, standing.phase)) ?? noRights

export const runChannels: ChannelContext = {
  rights: async (ctx, runId, accountIds) => {
    const pairs = accountIds.map(accountId => ({ runId, accountId }))
    const [first] = pairs
    const found = first && pairs.length === 1 ? [await standingAt(ctx, first)] : await standings(ctx, pairs)
    return found.map(rightsOf)
  },
  mine: async (ctx, accountId) => {
    const rows = await ctx.sql<{ id: RunId; title: string; course_id: string; joined_at: Date }>(
      `select r.id, r.title, r.course_id, s.joined_at from seats s join runs r on r.id = s.run_id
       where s.account_id = $1 order by s.joined_at desc limit $2`,
      [accountId, latestClasses],
    )
    if (rows.length === 0) return []
    const found = await standings(
      ctx,
      rows.map(row => ({ runId: row.id, accountId })),
    )
    return rows.map((row, index) => ({
      contextId: row.id,
      title: row.title,
      courseId: row.course_id,
      rights: rightsOf(found[index]),
      since: new Date(row.joined_at),
    }))
  },
  readable: async (ctx, reader) =>
    (await readableRuns(ctx, reader)).map(({ runId, moderates }) => ({ contextId: runId, moderates })),
  about: async (ctx, runId) => {
    const [row] = await ctx.sql<{ title: string; course_id: string }>(
      'select title, course_id from runs where id = $1',
      [runId],
    )
    return { title: row?.title ?? '', courseId: row?.course_id ?? null }
  },
  people: 'select account_id from seats where run_id = $1',
}
