// Homework as a part of its course: what was given to everybody, given anew at its moved dates in a column like the one it
// had. What would be due already is not given; its activity is there.
import * as z from 'zod/mini'
import { attemptsRule, usualAttempts } from '#protocol/activities/attempts.ts'
import { type ActivityId, activityId, deliveryId, shows } from '#protocol/activities.ts'
import { decimal, instant, line } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type GradeItemId, gradeItem } from '#protocol/grades.ts'
import { createDelivery } from '#server/features/activities/index.ts'
import type { CourseMaking, CoursePart } from '#server/features/courses/index.ts'
import { addSource, createGradeItem, listColumns } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { listGivenToAll } from '../queries/given.ts'
import { homeworkKind } from '../rules.ts'
import { closeAfter, closeJob } from './homework.ts'

const { id, participation, correctness, policy, catchUp } = gradeItem.shape

/** A column of the gradebook that homework counts in. */
const column = z
  .strictObject({
    ...{ id, title: line(200), participation, correctness, policy, catchUp },
    points: decimal.check(z.refine(points => !points.startsWith('-'))),
  })
  .check(z.refine(one => one.participation + one.correctness === 100))
type Column = z.infer<typeof column>

const homeworkShape = z.strictObject({
  columns: z.array(column),
  given: z.array(
    z
      .strictObject({
        ...{ id: deliveryId, title: line(200), activityId, shows },
        opensAt: z.nullable(instant),
        dueAt: instant,
        /** How often it may be taken; left out in archives of before that could be said. */
        attempts: z._default(attemptsRule, usualAttempts),
        /** One of the columns; null where it counts in none. */
        columnId: z.nullable(id),
      })
      .check(z.refine(({ opensAt, dueAt }) => opensAt === null || new Date(opensAt) < new Date(dueAt))),
  ),
})

export const homeworkPart: CoursePart<z.infer<typeof homeworkShape>> = {
  shape: homeworkShape,
  take: async (ctx, courseId) => {
    const given = await listGivenToAll(ctx, courseId)
    const used = new Set(given.flatMap(one => one.grade_item_id ?? []))
    const columns = (await listColumns(ctx, courseId)).filter(one => used.has(one.id))
    return {
      columns: columns.map(({ id, title, points, participation, correctness, policy, catchUp }) => ({
        ...{ id, title, points, participation, correctness, policy, catchUp },
      })),
      given: given.map(one => ({
        ...{ id: one.id, title: one.title, activityId: one.activity_id, shows: one.shows },
        opensAt: one.opens_at && new Date(one.opens_at).toISOString(),
        dueAt: new Date(one.due_at).toISOString(),
        attempts: { most: one.attempts_most, counts: one.attempts_counts },
        columnId: one.grade_item_id,
      })),
    }
  },
  count: part => ({ homework: part.given.length }),
  lines: part => part.given.map(({ id }) => ({ kind: homeworkKind, refId: id })),
  dates: part =>
    part.given.flatMap(({ title, opensAt, dueAt }) => [
      ...(opensAt ? [{ title, what: 'opens' as const, at: new Date(opensAt) }] : []),
      { title, what: 'due' as const, at: new Date(dueAt), needed: true },
    ]),
  // Homework is due at some time; its activity is there.
  undated: () => ({ columns: [], given: [] }),
  make: async (ctx, making, part) => {
    const { to, find, move, named, show } = making
    const columns = new Map(part.columns.map(one => [one.id, one]))
    for (const given of part.given) {
      const ownActivity = find<ActivityId>('activity', given.activityId)
      const dueAt = move(new Date(given.dueAt))
      if (ownActivity === undefined || dueAt <= ctx.now) continue
      const moved = given.opensAt === null ? null : move(new Date(given.opensAt))
      // Moved past a free day it would open after it is due: then it is open at once.
      const opensAt = moved && moved < dueAt ? moved.toISOString() : undefined
      const delivery = await createDelivery(ctx, {
        activityId: ownActivity,
        mode: 'homework',
        opensAt,
        dueAt: dueAt.toISOString(),
        shows: given.shows,
        attempts: given.attempts,
      })
      named('homework', given.id, delivery.id)
      const like = given.columnId === null ? undefined : columns.get(given.columnId)
      const gradeItemId = like ? await columnIn(ctx, to, like, making) : await newColumn(ctx, to, given)
      await addSource(ctx, { gradeItemId, deliveryId: delivery.id })
      show(homeworkKind, given.id, {
        refId: delivery.id,
        badge: 'open',
        detail: {
          ...{ dueAt: delivery.dueAt, opensAt: delivery.opensAt },
          ...{ activityId: ownActivity, audience: delivery.audience },
        },
      })
      await ctx.enqueue(closeJob, { deliveryId: delivery.id }, { startAfter: closeAfter(dueAt, 0) })
    }
  },
}

const newColumn = async (ctx: WriteCtx, courseId: CourseId, { title }: { readonly title: string }) =>
  (await createGradeItem(ctx, { courseId, title })).id

/** The column of the new course that stands for one of the old; made when the first one asks. */
async function columnIn(
  ctx: WriteCtx,
  courseId: CourseId,
  { id: old, ...like }: Column,
  { find, named }: CourseMaking,
): Promise<GradeItemId> {
  const known = find<GradeItemId>('column', old)
  if (known !== undefined) return known
  const { id: own } = await createGradeItem(ctx, { ...like, courseId })
  named('column', old, own)
  return own
}
