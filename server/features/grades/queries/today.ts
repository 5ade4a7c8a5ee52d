// What grades say on a person's Today: results that came in lately in courses they learn in. Changes nothing.
import type { GradeItemId } from '#protocol/grades.ts'
import type { TodaySource } from '#server/features/courses/index.ts'
import { heldFor } from './held.ts'

const recentDays = 14
const most = 10
/** Read beyond that, for some are left out. */
const read = 50

interface Row {
  id: GradeItemId
  title: string
  course_id: string
  course_title: string
  score: string
  points: string
  computed_at: Date
}

/** The person's own grades of the last 14 days as a learner, newest first, at most 10; none that is held. One that was released is as new as its release. */
export const gradedToday: TodaySource = async (ctx, accountId, own) => {
  const rows = await ctx.sql<Row>(
    `select i.id, i.title, c.id as course_id, c.title as course_title, trim_scale(g.score)::text as score,
            trim_scale(g.points)::text as points, greatest(g.computed_at, i.released_at) as computed_at
       from grades g
       join grade_items i on i.id = g.grade_item_id
       join courses c on c.id = i.course_id
      where g.account_id = $1 and greatest(g.computed_at, i.released_at) > $2 and c.id = any($4::uuid[])
      order by greatest(g.computed_at, i.released_at) desc, i.id desc limit $3`,
    [
      ...[accountId, new Date(ctx.now.getTime() - recentDays * 86_400_000), read],
      own.filter(one => one.holds('course.view') && !one.holds('grade.view-all')).map(one => one.id),
    ],
  )
  const held = await heldFor(
    ctx,
    accountId,
    rows.map(row => row.id),
  )
  const told = rows.filter(row => !held.has(row.id)).slice(0, most)
  return told.map(row => ({
    kind: 'graded' as const,
    item: { kind: 'grade', refId: row.id },
    title: row.title,
    courseId: row.course_id,
    courseTitle: row.course_title,
    at: new Date(row.computed_at).toISOString(),
    detail: { score: row.score, of: row.points },
  }))
}
