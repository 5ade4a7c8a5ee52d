// What assignments say on Today and put into the calendar: when they are due, to learners what they still have to hand in, to
// staff how far it has come. Changes nothing and asks no rights.
import type { AssignmentId } from '#protocol/assignments.ts'
import type { CalendarEntry } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import type { CalendarSource, CourseOfPerson, TodaySource } from '#server/features/courses/index.ts'
import { assignmentKind } from './assignments.ts'

const pastDays = 7
const most = 50

const learns = (one: CourseOfPerson) =>
  one.holds('course.view') && one.holds('activity.answer', 'writing') && !one.holds('activity.change')

interface Due {
  ref_id: string
  title: string
  course_id: string
  course_title: string
  due_at: Date
}

const standing = `
  join items i on i.course_id = c.id and i.kind = $2 and i.published and i.removed_at is null
  left join modules m on m.id = i.module_id
  join assignments a on a.id = i.ref_id`

/** What a person has not handed in yet, open to them and still taken, due a week ago at most. One query, and what is shut. */
export const dueAssignments: TodaySource = async (ctx, accountId, own) => {
  const courseIds = own.filter(learns).map(one => one.id)
  const rows = await ctx.sql<Due>(
    `select i.ref_id, i.title, c.id as course_id, c.title as course_title, a.due_at
       from courses c ${standing} and a.due_at > $3 and (a.cut_off_at is null or a.cut_off_at > $6)
       left join submissions s on s.assignment_id = a.id and s.account_id = $1
      where c.id = any($5::uuid[]) and m.removed_at is null and coalesce(s.hand_ins, 0) = 0 and s.score is null
      order by a.due_at, i.id limit $4`,
    [accountId, assignmentKind, new Date(ctx.now.getTime() - pastDays * 86_400_000), most, courseIds, ctx.now],
  )
  const shut = await shutFor(ctx, courseIds, [accountId])
  return rows
    .filter(row => shut(accountId, { kind: assignmentKind, refId: row.ref_id }) === null)
    .map(row => ({
      kind: 'due' as const,
      item: { kind: assignmentKind, refId: row.ref_id },
      title: row.title,
      courseId: row.course_id,
      courseTitle: row.course_title,
      at: new Date(row.due_at).toISOString(),
      detail: {},
    }))
}

/** What waits to be marked in the courses a person marks in, and what is due there. One query. */
export const givenAssignments: TodaySource = async (ctx, _accountId, own) => {
  const taught = own.filter(one => one.holds('activity.change') && one.holds('grade.view-all'))
  if (taught.length === 0) return []
  const rows = await ctx.sql<
    Omit<Due, 'due_at'> & { due_at: Date | null; given: number; handedIn: number; toMark: number }
  >(
    `select i.ref_id, i.title, c.id as course_id, c.title as course_title, a.due_at, people.count as given,
            taken.handed_in as "handedIn", taken.to_mark as "toMark"
       from courses c ${standing}
       cross join lateral (
         select count(*)::int as count from role_assignments r
           join enrolments e on e.course_id = c.id and e.account_id = r.account_id and e.ended_at is null
          where r.context_kind = 'course' and r.context_id = c.id and r.role = 'learner') people
       cross join lateral (
         select count(*) filter (where s.hand_ins > 0)::int as handed_in,
                count(*) filter (where s.hand_ins > 0 and s.score is null)::int as to_mark
           from submissions s where s.assignment_id = a.id) taken
      where c.id = any($1::uuid[]) and m.removed_at is null and (taken.to_mark > 0 or a.due_at > $3)
      order by a.due_at nulls last, i.id limit $4`,
    [taught.map(one => one.id), assignmentKind, ctx.now, most],
  )
  return rows.map(row => ({
    kind: 'given' as const,
    item: { kind: assignmentKind, refId: row.ref_id },
    title: row.title,
    courseId: row.course_id,
    courseTitle: row.course_title,
    at: row.due_at && new Date(row.due_at).toISOString(),
    detail: { given: row.given, handedIn: row.handedIn, toMark: row.toMark },
  }))
}

/** When assignments are due. What is locked is told, so that one can plan; what is hidden until it opens is not. */
export const assignmentDays: CalendarSource = async (ctx, { accountId, courseIds, staffIds, from, to }) => {
  const rows = await ctx.sql<{ id: AssignmentId; title: string; courseId: CourseId; published: boolean; dueAt: Date }>(
    `select a.id, i.title, i.course_id as "courseId", i.published, a.due_at as "dueAt"
       from assignments a
       join items i on i.kind = $5 and i.ref_id = a.id and i.removed_at is null
       left join modules m on m.id = i.module_id
      where a.course_id = any($1::uuid[]) and a.due_at >= $3 and a.due_at < $4 and m.removed_at is null
        and (i.published or i.course_id = any($2::uuid[]))`,
    [[...courseIds], [...staffIds], from, to, assignmentKind],
  )
  const shut = await shutFor(
    ctx,
    rows.map(row => row.courseId),
    [accountId],
  )
  return rows
    .filter(
      ({ id, courseId }) =>
        staffIds.includes(courseId) || shut(accountId, { kind: assignmentKind, refId: id }) !== 'hidden',
    )
    .map(
      ({ id, title, courseId, published, dueAt }): CalendarEntry => ({
        ...{ id: `${id}-due`, kind: 'due', title, courseId, startsAt: new Date(dueAt).toISOString(), endsAt: null },
        ...{ days: null, item: { kind: assignmentKind, refId: id }, event: null, hidden: !published },
      }),
    )
}
