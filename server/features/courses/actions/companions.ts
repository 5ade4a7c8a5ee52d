// What every course has from its first day and other features own: its channels, its note. The registry is kept here
// so that the features above can fill it; nothing here knows what a companion makes.
import type { Course } from '#protocol/courses.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Makes what belongs to a new course, in the transaction that creates it; a throw takes the course back. */
export type CourseCompanion = (ctx: WriteCtx, course: Course) => Promise<void>

const companions = new Map<string, CourseCompanion>()

/** To be called once a name, when a feature loads. Courses that stand already get theirs by a migration. */
export function registerCourseCompanion(name: string, companion: CourseCompanion): void {
  if (companions.has(name)) throw new Error(`Two features call their companion of a course ${name}`)
  companions.set(name, companion)
}

/** Runs every companion in the order of registration. */
export async function makeCompanions(ctx: WriteCtx, course: Course): Promise<void> {
  for (const companion of companions.values()) await companion(ctx, course)
}
