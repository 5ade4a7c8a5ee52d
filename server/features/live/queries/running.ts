// The classes that are held just now, for the courses they are held in. Changes nothing.
import type { RunId } from '#protocol/live.ts'
import type { RunningThings } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { goesOn } from './runs.ts'

/** The open class of a course, by the item it is placed as. */
export const runningClasses: RunningThings = async (ctx, courseId) =>
  (await ctx.sql<{ id: RunId }>("select id from runs where course_id = $1 and phase = 'open'", [courseId])).map(
    ({ id }) => ({ kind: 'class', refId: id }),
  )

/** Open classes whose course is over or in the bin: nobody hosts them any more. */
export const listLeftBehind = (ctx: Ctx): Promise<{ id: RunId }[]> =>
  ctx.sql(
    `select r.id from runs r join courses c on c.id = r.course_id where r.phase = 'open' and not (${goesOn}) limit 50`,
  )
