// What classes put into the calendar: when each was held. Changes nothing and asks no rights.
import type { CourseId } from '#protocol/courses.ts'
import type { CalendarSource } from '#server/features/courses/index.ts'

/** Classes that run or were held, as far as they stand in their course for the person. One query. */
export const classDays: CalendarSource = async (ctx, { courseIds, staffIds, from, to }) => {
  const rows = await ctx.sql<{
    id: string
    title: string
    courseId: CourseId
    published: boolean
    startedAt: Date
    endedAt: Date | null
  }>(
    `select r.id, i.title, r.course_id as "courseId", i.published, r.started_at as "startedAt", r.ended_at as "endedAt"
       from runs r
       join items i on i.course_id = r.course_id and i.kind = 'class' and i.ref_id = r.id and i.removed_at is null
       left join modules m on m.id = i.module_id
      where r.course_id = any($1::uuid[]) and m.removed_at is null and r.started_at >= $3 and r.started_at < $4
        and (i.course_id = any($2::uuid[]) or i.published)`,
    [[...courseIds], [...staffIds], from, to],
  )
  return rows.map(({ id, title, courseId, published, startedAt, endedAt }) => ({
    ...{ id: `${id}-class`, kind: 'class' as const, title, courseId, days: null, event: null, hidden: !published },
    startsAt: new Date(startedAt).toISOString(),
    endsAt: endedAt && new Date(endedAt).toISOString(),
    item: { kind: 'class', refId: id },
  }))
}
