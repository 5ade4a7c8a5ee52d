// The questions of classes: whom they belong to, when in the class one is asked, and all of a course's in one list.
// Changes nothing.

import type { Page } from '#protocol/base/paging.ts'
import type { AskedTopic, Run, RunId } from '#protocol/live.ts'
import {
  type ChannelContext,
  type ForumOrigin,
  findCourseChannel,
  listTopicsIn,
  noRights,
} from '#server/features/channels/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { minuteOf, qaRights } from '../rules.ts'
import { runChannels } from './channels.ts'
import { getRun } from './runs.ts'
import { standings } from './standing.ts'

/** The kind of context the forum of a class has, as it is stored; elsewhere `questions` means the bank alone. */
export const qaContextKind = 'run-questions'

export const runQaContext: ChannelContext = {
  rights: async (ctx, asked) => {
    const pairs = asked.map(({ contextId, accountId }) => ({ runId: contextId, accountId }))
    return (await standings(ctx, pairs)).map(one => (one && qaRights(one, one.phase)) ?? noRights)
  },
  // Reached from the class and the forum of the course; not one more line in everybody's list of channels.
  mine: async () => [],
  readable: runChannels.readable,
  about: runChannels.about,
  people: runChannels.people,
}

/** The class a question is asked in, and the minute of it while it runs. Throws `not-found`. */
export const askedIn: ForumOrigin = async (ctx, runId) => {
  const run = await getRun(ctx, runId)
  return { runId: run.id, minute: run.phase === 'open' ? minuteOf(new Date(run.started_at), ctx.now) : null }
}

/**
 * What was asked in the classes of a course; `unanswered` is what waits for an answer there and in the course's forum,
 * newest first. That whoever asks sees the course is the caller's to ask; of a class that still runs they see what they
 * are in. Throws `malformed` for a cursor that is none.
 */
export async function listAskedTopics(
  ctx: Ctx,
  input: {
    courseId: string
    show: 'all' | 'unanswered'
    words?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<Page<AskedTopic>> {
  const accountId = accountOf(ctx.who)
  const all = await ctx.sql<{
    id: RunId
    title: string
    phase: Run['phase']
    started_at: Date
    qa_id: string
  }>('select id, title, phase, started_at, qa_id from runs where course_id = $1', [input.courseId])
  const open = all.filter(run => run.phase === 'open')
  const found = await standings(
    ctx,
    open.map(run => ({ runId: run.id, accountId })),
  )
  const shut = new Set(open.filter((_, at) => !found[at] || !qaRights(found[at], 'open')).map(run => run.id))
  const runs = all.filter(run => !shut.has(run.id))
  const forum = input.show === 'unanswered' ? await findCourseChannel(ctx, input.courseId, 'forum') : undefined
  const { courseId: _, show, ...rest } = input
  const page = await listTopicsIn(ctx, {
    ...rest,
    channelIds: [...runs.map(run => run.qa_id), ...(forum ? [forum.id] : [])],
    across: 'several',
    sort: show === 'unanswered' ? 'unanswered' : 'newest',
    filter: 'all',
  })
  const byChannel = new Map(runs.map(run => [run.qa_id, run]))
  return {
    ...page,
    items: page.items.map(item => {
      const run = byChannel.get(item.topic.channelId)
      return {
        ...item,
        run: run ? { id: run.id, title: run.title, startedAt: new Date(run.started_at).toISOString() } : null,
      }
    }),
  }
}
