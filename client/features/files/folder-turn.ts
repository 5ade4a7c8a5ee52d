// Whether what is read by way of a folder may have changed.
import { useCourse } from '#client/features/courses/store.ts'

/** Another one whenever a folder that stands in the course, as the reader sees it, came, went or holds something else. */
export function useFolderTurn(courseId: string): string {
  const { items } = useCourse(courseId)
  const placed = items.value.filter(one => one.kind === 'folder')
  return placed.map(one => `${one.id} ${one.published} ${one.detail.version}`).join()
}
