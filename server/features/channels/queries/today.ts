// What of talk stands on a person's Today: announcements they have not read, a line a course.
import type { TodaySource } from '#server/features/courses/index.ts'
import { lineSql } from './attachments.ts'
import { headsOf } from './inbox.ts'

/** Announcements somebody has not read, a line a course with how many, latest first. Two queries beside those of their channels. */
export const unreadToday: TodaySource = async (ctx, accountId) => {
  const heads = await headsOf(ctx, accountId)
  const unread = heads.filter(
    one => one.form === 'announcements' && one.courseId !== null && one.lastNumber > one.readNumber,
  )
  if (unread.length === 0) return []
  const rows = await ctx.sql<{
    id: string
    course_id: string
    course_title: string
    title: string | null
    sent_at: Date
  }>(
    `select c.id, k.id as course_id, k.title as course_title, left(coalesce(m.title, ${lineSql('m')}), 140) as title, m.sent_at
     from channels c join courses k on k.id = c.context_id
     join messages m on m.channel_id = c.id and m.number = c.last_number
     where c.id = any($1::uuid[]) order by m.sent_at desc`,
    [unread.map(one => one.channelId)],
  )
  const counts = new Map<string, number>(unread.map(one => [one.channelId, one.lastNumber - one.readNumber]))
  return rows.map(row => ({
    kind: 'unread' as const,
    item: { kind: 'announcements', refId: row.id },
    title: row.title ?? '',
    courseId: row.course_id,
    courseTitle: row.course_title,
    at: new Date(row.sent_at).toISOString(),
    detail: { count: counts.get(row.id) ?? 1 },
  }))
}
