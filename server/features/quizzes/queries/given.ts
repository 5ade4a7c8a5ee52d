// What homework stands in a course, for a copy of it. Changes nothing and asks no rights.
import type { AttemptsCount } from '#protocol/activities/attempts.ts'
import type { ActivityId, DeliveryId, Shows } from '#protocol/activities.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { homeworkKind } from '../rules.ts'

export interface GivenHomework {
  id: DeliveryId
  title: string
  activity_id: ActivityId
  opens_at: Date | null
  due_at: Date
  shows: Shows
  attempts_most: number | null
  attempts_counts: AttemptsCount
  grade_item_id: GradeItemId | null
}

/** Homework of a course that was given to everybody, by when it is due. One query. */
export const listGivenToAll = (ctx: Ctx, courseId: CourseId): Promise<GivenHomework[]> =>
  ctx.sql<GivenHomework>(
    `select d.id, i.title, d.activity_id, d.opens_at, d.due_at, d.shows, d.attempts_most,
            d.attempts_counts,
            (select min(s.grade_item_id::text) from grade_sources s where s.delivery_id = d.id) as grade_item_id
       from items i join deliveries d on d.id = i.ref_id left join modules m on m.id = i.module_id
      where i.course_id = $1 and i.kind = $2 and d.audience = 'everybody' and d.due_at is not null
        and i.removed_at is null and m.removed_at is null
      order by d.due_at, d.id`,
    [courseId, homeworkKind],
  )
