// What is known of a course from the person's own courses: its name for the way back, its clocks for due times.
import { courses } from '#client/app/frame.ts'
import { dayAndTime, dayAndTimeIn } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'

/** The title where the person is in the course, else the word. */
export const courseName = (courseId: string): string =>
  courses.value.find(one => one.id === courseId)?.title ?? t('app.courseTitle')

/** The time zone of a course of one's own. */
export const zoneOf = (courseId: string): string | undefined => courses.value.find(one => one.id === courseId)?.timeZone

/** When something is due by the clocks of its course; the zone is named where it differs from the reader's. */
export function dueTime(courseId: string, iso: string): string {
  const zone = zoneOf(courseId)
  return zone === undefined ? dayAndTime(iso) : dayAndTimeIn(zone, iso)
}
