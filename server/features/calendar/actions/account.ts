// What the calendar owes a person: their own events and addresses go with them. Who removed an event of a course stays a
// fact about the course.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportFeeds } from '../queries/feeds.ts'
import { calendarEvents, calendarFeeds } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: ['calendar_events.account_id', 'calendar_events.removed_by', 'calendar_feeds.account_id'],
  export: async (ctx, accountId) => ({
    calendar: await ctx.sql(
      `select kind, title, place, note, all_day, starts_at, ends_at, time_zone, weekly_until, cancelled
         from calendar_events where account_id = $1 and removed_at is null order by starts_at, id`,
      [accountId],
    ),
    calendarAddresses: await exportFeeds(ctx, accountId),
  }),
  erase: async (_ctx, accountId) => {
    await calendarFeeds.destroy({ where: { accountId } })
    await calendarEvents.destroy({ where: { accountId } })
  },
  // An address that was given to a program speaks for the account it was made for: the person makes a new one.
  merge: async (_ctx, from, into) => {
    await calendarFeeds.destroy({ where: { accountId: from } })
    await calendarEvents.update({ accountId: into }, { where: { accountId: from } })
    await calendarEvents.update({ removedBy: into }, { where: { removedBy: from } })
  },
}
