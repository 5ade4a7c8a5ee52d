// Makes, renews and ends the addresses a calendar is read under. The secret leaves once, in the answer; the database keeps a
// hash of it.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CalendarFeed, FeedId } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { feedOf } from '../queries/feeds.ts'
import { calendarFeeds } from '../tables.ts'

/** A new secret for all of a person's courses or for one; the earlier one opens nothing from now on. */
export async function renewFeed(
  ctx: WriteCtx,
  accountId: AccountId,
  courseId: CourseId | null,
): Promise<{ feed: CalendarFeed; secret: string }> {
  // One at a time for an account, so that two devices leave one address.
  await ctx.sql('select from accounts where id = $1 for no key update', [accountId])
  const ended = await calendarFeeds.destroy({ where: { accountId, courseId } })
  const secret = newSecret()
  const row = await calendarFeeds.create({
    ...{ id: newId<'CalendarFeed'>(), accountId, courseId },
    ...{ tokenHash: hashSecret(secret), createdAt: ctx.now, fetchedAt: null },
  })
  await audit.record(ctx, {
    verb: ended > 0 ? 'calendar-feed.renewed' : 'calendar-feed.created',
    subject: { kind: 'account', id: accountId },
    details: { feed: row.id, courseId },
  })
  return { feed: feedOf(row), secret }
}

/** Ends an address; the next request for it is refused. Throws `not-found`, also for somebody else's. */
export async function revokeFeed(ctx: WriteCtx, accountId: AccountId, feedId: FeedId): Promise<void> {
  demand((await calendarFeeds.destroy({ where: { id: feedId, accountId } })) > 0, 'not-found')
  await audit.record(ctx, {
    verb: 'calendar-feed.revoked',
    subject: { kind: 'account', id: accountId },
    details: { feed: feedId },
  })
}

/** Notes that an address was read. Races are harmless: the latest wins. */
export async function noteFetched(ctx: Ctx, feedId: FeedId): Promise<void> {
  await ctx.sql('update calendar_feeds set fetched_at = $2 where id = $1', [feedId, ctx.now])
}
