// Begins a course anew: takes what its learners did out of it for good, and leaves what its staff made. The features that
// keep such things register what is theirs; nothing here knows an answer or a grade. Rights were asked by the door.
import type { Input } from '#protocol/base/call.ts'
import { demand } from '#protocol/base/problems.ts'
import { type ResetCounts, type ResetPart, resetParts, type resetRoutes } from '#protocol/courses/reset.ts'
import type { CourseId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { courseContext, getCourse, listMemberIds } from '../queries/course.ts'
import { demandNothingRuns } from '../queries/running.ts'
import { lockCourse } from './items.ts'
import { endEnrolments } from './many.ts'

export interface CourseReset {
  /** How much of it there is. One query. */
  readonly count: (ctx: Ctx, courseId: CourseId) => Promise<number>
  /** Takes it away for good. A fixed number of statements for answers and the like, however many. */
  readonly clear: (ctx: WriteCtx, courseId: CourseId) => Promise<void>
}

const resets = new Map<string, { readonly part: ResetPart } & CourseReset>()

/** Adds what a feature keeps. Called once a name, when a feature's index is loaded. */
export function registerCourseReset(name: string, part: ResetPart, reset: CourseReset): void {
  if (resets.has(name)) throw new Error(`Two features call what they reset ${name}`)
  resets.set(name, { part, ...reset })
}

registerCourseReset('courses', 'people', {
  count: async (ctx, courseId) => (await listMemberIds(ctx, courseId, ['learner'])).length,
  clear: async (ctx, courseId) =>
    endEnrolments(ctx, { courseId, accountIds: await listMemberIds(ctx, courseId, ['learner']) }),
})

/** What there is to take away. */
export async function countReset(ctx: Ctx, courseId: CourseId): Promise<ResetCounts> {
  const counts = { people: 0, work: 0, marks: 0, classes: 0 }
  for (const { part, count } of resets.values()) counts[part] += await count(ctx, courseId)
  return counts
}

type ResetInput = Omit<Input<typeof resetRoutes.reset>, 'how'>

/** Takes these parts away. Throws `not-found`, `malformed` for another title, `still-running` under a class. */
export async function resetCourse(ctx: WriteCtx, { courseId, parts, title }: ResetInput): Promise<ResetCounts> {
  const course = await getCourse(ctx, courseId)
  demand(title.trim() === course.title.trim(), 'malformed', { errors: [{ path: 'title', code: 'other_title' }] })
  await lockCourse(ctx, courseId)
  await demandNothingRuns(ctx, courseId)
  const counts = await countReset(ctx, courseId)
  const wanted = resetParts.filter(part => parts.includes(part))
  // Grades go before their people, who are told while they are here, and after the answers that whoever hands in holds.
  for (const part of wanted.toReversed())
    for (const reset of resets.values()) if (reset.part === part) await reset.clear(ctx, courseId)
  await audit.record(ctx, {
    verb: 'course.reset',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { title: course.title, ...Object.fromEntries(wanted.map(part => [part, counts[part]])) },
  })
  return counts
}
