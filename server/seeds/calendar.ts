// What the first demo course has on its calendar: a session every week and office hours, from before today until after it.
import { dayIn, inDays, instantIn } from '#protocol/base/days.ts'
import { calendarRoutes, type EventKind } from '#protocol/calendar.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import type { Insider } from '#server/main.ts'

const weeks = 12
/** How long ago the first week was. */
const weeksAgo = 3

/** Makes them as the course's instructor, in the weeks around `now`. */
export async function addEvents(as: Insider, courseId: CourseId, now: Date): Promise<void> {
  const { timeZone: zone } = (await as.call(courseRoutes.get, { courseId })).course
  const weekday = new Date(`${dayIn(zone, now)}T00:00:00Z`).getUTCDay() || 7
  const monday = (at: number) => inDays(zone, now, 1 - weekday + at)
  const weekly = async (
    day: number,
    [from, to]: readonly [string, string],
    words: { kind: EventKind; title: string; place: string; note?: string },
  ) => {
    const date = dayIn(zone, monday(day - 1 - 7 * weeksAgo))
    await as.call(calendarRoutes.createEvent, {
      courseId,
      ...words,
      startsAt: instantIn(zone, date, from) ?? '',
      endsAt: instantIn(zone, date, to) ?? '',
      weeklyUntil: dayIn(zone, monday(day - 1 + 7 * (weeks - weeksAgo))),
    })
  }
  await weekly(1, ['10:15', '11:45'], { kind: 'session', title: 'Biology lecture', place: 'Lecture hall 2' })
  await weekly(3, ['14:00', '15:00'], {
    kind: 'office-hours',
    title: 'Office hours',
    place: 'Room 114',
    note: 'No need to sign up.',
  })
}
