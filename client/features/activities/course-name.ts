// The name of a course for the way back, from the person's own courses.
import { courses } from '#client/app/frame.ts'
import { t } from '#client/platform/texts.ts'

/** The title where the person is in the course, else the word. */
export const courseName = (courseId: string): string =>
  courses.value.find(one => one.id === courseId)?.title ?? t('app.courseTitle')
