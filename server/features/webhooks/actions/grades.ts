// Grades that changed wait here until their learner may read them, and are told then, as they are then. What is held back
// is never told before its release.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import { courseId as courseIdSchema } from '#protocol/courses.ts'
import { type GradeItemId, gradeItemId as gradeItemIdSchema } from '#protocol/grades.ts'
import { heldFor } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { columnOf, gradedAt, gradesOf, waitingColumns } from '../queries/facts.ts'
import { tell } from './tell.ts'

/** People looked at in one transaction: what somebody may read is asked for each. */
const batch = 10
/** What waits is looked at so often, whatever is heard meanwhile. */
const lookEveryMs = 3_600_000

async function wait(ctx: WriteCtx, gradeItemId: GradeItemId, people: readonly AccountId[]): Promise<void> {
  if (people.length === 0) return
  await ctx.sql(
    `insert into webhook_grades (grade_item_id, account_id) select $1, id from unnest($2::uuid[]) as p(id)
     on conflict (grade_item_id, account_id) do update set looked_at = null`,
    [gradeItemId, people],
  )
  await lookAt(ctx, gradeItemId)
}

const lookAt = (ctx: WriteCtx, gradeItemId: GradeItemId) =>
  ctx.enqueue(gradesJob, { gradeItemId, round: ctx.now.toISOString() })

/** Hears that grades of a column were computed at a moment. Those of one that is held back are told with its release. */
export async function computedGrades(ctx: WriteCtx, gradeItemId: GradeItemId, at: Date): Promise<void> {
  const column = await columnOf(ctx, gradeItemId)
  if (column && !column.held) await wait(ctx, gradeItemId, await gradedAt(ctx, gradeItemId, at))
}

/** Hears that a column is another one: where it was released at that moment, all of it may be told. */
export async function releasedGrades(ctx: WriteCtx, gradeItemId: GradeItemId, at: Date): Promise<void> {
  const column = await columnOf(ctx, gradeItemId)
  if (column && !column.held && column.releasedAt?.getTime() === at.getTime())
    await wait(ctx, gradeItemId, await gradedAt(ctx, gradeItemId, null))
}

/** Hears that something of a course is over: what waits there may be read now. */
export async function lookInCourse(ctx: WriteCtx, courseId: string): Promise<void> {
  for (const id of await waitingColumns(ctx, { courseId: z.parse(courseIdSchema, courseId) })) await lookAt(ctx, id)
}

/** Looks again at what has waited for an hour. */
export async function lookAgain(ctx: WriteCtx): Promise<void> {
  const lookedBefore = new Date(ctx.now.getTime() - lookEveryMs)
  for (const id of await waitingColumns(ctx, { lookedBefore })) await lookAt(ctx, id)
}

const jobData = z.object({ gradeItemId: gradeItemIdSchema, round: z.iso.datetime() })

/** Tells what may be told of one column, a few people a turn. */
export const gradesJob: JobBinding = {
  name: 'webhooks.grades',
  run: async (ctx, data) => {
    const { gradeItemId, round } = z.parse(jobData, data)
    const rows = await ctx.sql<{ id: AccountId }>(
      `select account_id as id from webhook_grades
        where grade_item_id = $1 and (looked_at is null or looked_at < $2) order by account_id limit $3
          for update skip locked`,
      [gradeItemId, new Date(round), batch],
    )
    if (rows.length === 0) return 'done'
    const ids = rows.map(row => row.id)
    const free: AccountId[] = []
    for (const id of ids) if (!(await heldFor(ctx, id, [gradeItemId])).has(gradeItemId)) free.push(id)
    const told = await gradesOf(ctx, gradeItemId, free)
    await tell(
      ctx,
      'grade.changed',
      told[0]?.courseId ?? null,
      told.map(({ accountId, courseId, score, points, computedAt }) => ({
        source: `grade ${gradeItemId} ${accountId} ${new Date(computedAt).toISOString()} ${score}/${points}`,
        at: new Date(computedAt),
        data: { gradeItemId, courseId: z.parse(courseIdSchema, courseId), accountId, score, points },
      })),
    )
    await ctx.sql('delete from webhook_grades where grade_item_id = $1 and account_id = any($2::uuid[])', [
      gradeItemId,
      free,
    ])
    await ctx.sql(
      'update webhook_grades set looked_at = $3 where grade_item_id = $1 and account_id = any($2::uuid[])',
      [
        gradeItemId,
        ids,
        // At the round itself it would be looked at again by it.
        new Date(Math.max(ctx.now.getTime(), Date.parse(round))),
      ],
    )
    return 'again'
  },
}
