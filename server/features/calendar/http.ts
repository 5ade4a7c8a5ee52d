// The HTTP doors of the calendar. Events of a course are changed by who changes its content; one's own by oneself.
import { apiBase } from '#protocol/base/call.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { calendarRoutes } from '#protocol/calendar.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { Buckets } from '#server/platform/call/bucket.ts'
import { accountOf, type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { changeEvent, createEvent, removeEvent, restoreEvent, settleTime } from './actions/events.ts'
import { noteFetched, renewFeed, revokeFeed } from './actions/feeds.ts'
import { calendarOf, getEvent } from './queries/calendar.ts'
import { fileOf, findFeed, listFeeds } from './queries/feeds.ts'

/** Programs ask every few minutes at most; a person who tries it out may hurry. */
const fetches = new Buckets({ perSecond: 1 / 30, burst: 20 })

/** Guests come for one class: nothing of theirs is kept. */
function demandMember(ctx: Ctx): void {
  demand(demandAccount(ctx.who).siteRole !== 'guest')
}

async function demandChange(ctx: Ctx, eventId: string): Promise<void> {
  const row = await getEvent(eventId)
  if (row.courseId !== null) await demandMay(ctx, 'content.change', courseContext(row.courseId))
  else demand(row.accountId === accountOf(ctx.who), 'not-found')
}

const addressOf = (ctx: Ctx, token: string): string =>
  (ctx.session?.origin ?? '') + apiBase + calendarRoutes.file.path.replace(':token', token)

export const httpHandlers: Handlers<typeof calendarRoutes> = {
  list: async (ctx, { from, to, courseId }) => {
    const stretch = { from: new Date(from), to: new Date(to), courseId }
    return calendarOf(ctx, accountOf(ctx.who), stretch, 'with drafts')
  },
  createEvent: async (ctx, input) => {
    if (input.courseId === null) demandMember(ctx)
    else await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { event: await createEvent(ctx, input) }
  },
  changeEvent: async (ctx, input) => {
    await demandChange(ctx, input.eventId)
    return { event: await changeEvent(ctx, input) }
  },
  removeEvent: async (ctx, { eventId }) => {
    await demandChange(ctx, eventId)
    await removeEvent(ctx, eventId)
    return {}
  },
  restoreEvent: async (ctx, { eventId }) => {
    await demandChange(ctx, eventId)
    await restoreEvent(ctx, eventId)
    return {}
  },
  cancelTime: async (ctx, input) => {
    await demandChange(ctx, input.eventId)
    await settleTime(ctx, input, 'cancelled')
    return {}
  },
  restoreTime: async (ctx, input) => {
    await demandChange(ctx, input.eventId)
    await settleTime(ctx, input, 'restored')
    return {}
  },
  listFeeds: async ctx => ({ items: await listFeeds(accountOf(ctx.who)) }),
  renewFeed: async (ctx, { courseId }) => {
    demandMember(ctx)
    if (courseId !== null) await demandMay(ctx, 'course.view', courseContext(courseId))
    const { feed, secret } = await renewFeed(ctx, accountOf(ctx.who), courseId)
    return { feed, address: addressOf(ctx, secret) }
  },
  revokeFeed: async (ctx, { feedId }) => {
    await revokeFeed(ctx, accountOf(ctx.who), feedId)
    return {}
  },
  file: async (ctx, { token }) => {
    // Wrong ones cost an index look-up and have 2^128 to guess from; the budget is for what is dear, writing the file.
    const feed = await findFeed(ctx, token)
    if (!feed) throw new Problem('not-found')
    const budget = fetches.of(feed.id)
    if (!budget.take()) throw new Problem('slow-down', { params: { retryAfter: Math.ceil(budget.waitMs() / 1_000) } })
    const file = await fileOf(ctx, feed)
    await noteFetched(ctx, feed.id)
    return new FileAnswer('calendar.ics', 'text/calendar; charset=utf-8', file)
  },
}
