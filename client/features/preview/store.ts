// Which course's preview is being chosen, over whatever page it is; undefined while none is.
import { signal } from '@preact/signals'
import type { CourseId } from '#protocol/courses.ts'

export const changing = signal<CourseId | undefined>(undefined)

/** Opens the choice. */
export function choosePreview(courseId: CourseId): void {
  changing.value = courseId
}
