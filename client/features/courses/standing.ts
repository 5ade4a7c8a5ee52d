// A course and what the reader may do in it, for pages that show one side of it and follow nothing else of the course.
import { request } from '#client/platform/call.ts'
import { type Loaded, useLoad, useReload } from '#client/platform/use-load.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { useMyCourses } from './mine.ts'

export interface CourseStanding {
  readonly course: Loaded<Output<typeof courseRoutes.get>>
  /** False until it is known. */
  readonly may: (one: Capability) => boolean
}

/**
 * Read again when the reader's roles change: a role that is taken away takes its controls from an open page, and the course
 * itself where it may not be seen any longer.
 */
export function useStanding(courseId: string): CourseStanding {
  const course = useLoad(courseId, () =>
    request(courseRoutes.get, { courseId } as InputBefore<typeof courseRoutes.get>),
  )
  useReload(course, useMyCourses())
  const shut = course.problem?.code === 'not-allowed' || course.problem?.code === 'not-found'
  const value = shut ? undefined : course.value
  return { course: { ...course, value }, may: one => value?.capabilities.includes(one) === true }
}
