// The addresses a calendar is read under, and the file that is found there. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CalendarEntry, CalendarFeed, CalendarPage, FeedId } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { fillTemplate } from '#protocol/texts/text.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { hashSecret } from '#server/platform/db/id.ts'
import { type IcsEvent, icsOf } from '../rules/ics.ts'
import { calendarFeeds, type FeedRow } from '../tables.ts'
import { calendarIn } from './calendar.ts'

const dayMs = 86_400_000
/** How far the file looks back and ahead. */
const behindMs = 90 * dayMs
const aheadMs = 400 * dayMs

/** A row as it travels. */
export const feedOf = (row: FeedRow): CalendarFeed => ({
  id: row.id,
  courseId: row.courseId,
  createdAt: new Date(row.createdAt).toISOString(),
  fetchedAt: row.fetchedAt && new Date(row.fetchedAt).toISOString(),
})

/** A person's addresses, the oldest first. */
export const listFeeds = async (accountId: AccountId): Promise<CalendarFeed[]> =>
  (await calendarFeeds.findAll({ where: { accountId }, order: [['id', 'ASC']], raw: true })).map(feedOf)

/** Somebody's addresses with the names of their courses, for the copy of what is kept about them. */
export const exportFeeds = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    `select c.title as course, f.created_at, f.fetched_at
       from calendar_feeds f left join courses c on c.id = f.course_id where f.account_id = $1 order by f.id`,
    [accountId],
  )

/** A feed with the person it speaks for. */
export interface FoundFeed {
  readonly id: FeedId
  readonly accountId: AccountId
  readonly courseId: CourseId | null
  readonly locale: string
  readonly fetchedAt: Date | null
}

/** The feed a secret opens; undefined for a wrong or ended one, and for a person who may not sign in. One query. */
export async function findFeed(ctx: Ctx, token: string): Promise<FoundFeed | undefined> {
  const [row] = await ctx.sql<FoundFeed>(
    `select f.id, f.account_id as "accountId", f.course_id as "courseId", a.locale,
            f.fetched_at as "fetchedAt"
       from calendar_feeds f join accounts a on a.id = f.account_id
      where f.token_hash = $1 and a.kind = 'member' and a.suspended_at is null and a.erased_at is null
        and a.merged_into is null`,
    [hashSecret(token)],
  )
  return row
}

/** The file for whoever holds the address: as learners see it, whoever asks. Throws `not-found` for a course one has left. */
export async function fileOf(ctx: Ctx, feed: FoundFeed): Promise<string> {
  const texts = textsIn(feed.locale)
  const stretch = {
    from: new Date(ctx.now.getTime() - behindMs),
    to: new Date(ctx.now.getTime() + aheadMs),
    courseId: feed.courseId ?? undefined,
  }
  const page = await calendarIn(ctx, feed.accountId, stretch, 'as published')
  const course = page.courses.find(one => one.id === feed.courseId)
  const summary = (entry: CalendarEntry) =>
    entry.kind === 'due' || entry.kind === 'opens'
      ? fillTemplate(texts.calendar[`${entry.kind}Of`], { title: entry.title }, feed.locale)
      : entry.title
  const name = course ? course.title : texts.app.name
  return icsOf(
    name,
    page.entries.map(entry => icsEventOf(entry, page, summary(entry))),
    ctx.now,
  )
}

function icsEventOf(entry: CalendarEntry, page: CalendarPage, summary: string): IcsEvent {
  const event = page.events.find(one => one.id === entry.event?.id)
  return {
    uid: `${entry.id}@lectern`,
    summary,
    location: event?.place ?? '',
    description: event?.note ?? '',
    category: page.courses.find(one => one.id === entry.courseId)?.title ?? '',
    when: entry.days
      ? { firstDay: entry.days.from, lastDay: entry.days.to }
      : { from: new Date(entry.startsAt), to: entry.endsAt === null ? null : new Date(entry.endsAt) },
  }
}
