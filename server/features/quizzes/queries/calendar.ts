// What homework puts into the calendar: when it opens and when it is due, at each person's own time. Changes nothing and
// asks no rights.
import type { CalendarEntry } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import type { CalendarSource } from '#server/features/courses/index.ts'
import { homeworkKind } from '../rules.ts'

/**
 * Homework given to the person, and in courses they teach all of it. What is locked is told, so that one can plan; what is
 * hidden until it opens is not. One query, and those of what may be shut.
 */
export const homeworkDays: CalendarSource = async (ctx, { accountId, courseIds, staffIds, from, to }) => {
  const rows = await ctx.sql<{
    id: string
    title: string
    courseId: CourseId
    published: boolean
    opensAt: Date | null
    dueAt: Date
  }>(
    `select * from (
       select d.id, i.title, i.course_id as "courseId", i.published, d.opens_at as "opensAt",
              d.due_at + make_interval(secs => coalesce(t.extra_seconds, 0)) as "dueAt"
         from items i
         left join modules m on m.id = i.module_id
         join deliveries d on d.id = i.ref_id
         left join attempts t on t.delivery_id = d.id and t.account_id = $1 and t.number = 1
        where i.course_id = any($2::uuid[]) and i.kind = $6 and i.removed_at is null and m.removed_at is null
          and (i.course_id = any($3::uuid[])
               or (i.published
                   and (d.audience = 'everybody'
                        or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = $1))))
     ) given
     where ("dueAt" >= $4 and "dueAt" < $5) or ("opensAt" >= $4 and "opensAt" < $5)`,
    [accountId, [...courseIds], [...staffIds], from, to, homeworkKind],
  )
  const shut = await shutFor(
    ctx,
    rows.map(row => row.courseId),
    [accountId],
  )
  const known = rows.filter(
    ({ id, courseId }) =>
      staffIds.includes(courseId) || shut(accountId, { kind: homeworkKind, refId: id }) !== 'hidden',
  )
  const within = (at: Date | null): at is Date => at !== null && at >= from && at < to
  return known.flatMap(({ id, title, courseId, published, opensAt, dueAt }) => {
    const entry = (kind: 'opens' | 'due', at: Date): CalendarEntry => ({
      ...{ id: `${id}-${kind}`, kind, title, courseId, startsAt: at.toISOString(), endsAt: null, days: null },
      ...{ item: { kind: homeworkKind, refId: id }, event: null, hidden: !published },
    })
    const [opens, due] = [opensAt && new Date(opensAt), new Date(dueAt)]
    return [...(within(opens) ? [entry('opens', opens)] : []), ...(within(due) ? [entry('due', due)] : [])]
  })
}
