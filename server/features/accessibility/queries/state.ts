// How often what is found in a course has changed. Changes nothing.
import type { Ctx } from '#server/platform/ctx.ts'

/** The state of a course's scope. */
export async function findingsState(ctx: Ctx, courseId: string): Promise<{ changes: number }> {
  const [row] = await ctx.sql<{ changes: number }>('select changes from findings_states where course_id = $1', [
    courseId,
  ])
  return { changes: row?.changes ?? 0 }
}
