// Events of a course as a part of it, with their times moved. A weekly series keeps its day of the week, and what of it lies
// on a free day does not take place. What was cancelled holds where nothing moves: other days have other holidays.
import * as z from 'zod/mini'
import { timeZone } from '#protocol/accounts.ts'
import { dayIn, daysBetween } from '#protocol/base/days.ts'
import { instant, line, text } from '#protocol/base/ids.ts'
import { eventId, eventKind, mostEvents, mostTimes, timesOf } from '#protocol/calendar.ts'
import type { CourseMaking, CoursePart } from '#server/features/courses/index.ts'
import { eventOf } from '../queries/calendar.ts'
import { timesLater, wrongTimes } from '../rules/times.ts'
import { calendarEvents, type EventRow } from '../tables.ts'

const shape = z
  .array(
    z
      .strictObject({
        id: eventId,
        kind: eventKind,
        title: line(200),
        place: text(500),
        note: text(2_000),
        allDay: z.boolean(),
        startsAt: instant,
        endsAt: instant,
        timeZone,
        weeklyUntil: z.nullable(z.iso.date()),
        cancelled: z.array(z.int().check(z.minimum(0), z.maximum(mostTimes - 1))).check(z.maxLength(mostTimes)),
      })
      .check(z.refine(one => wrongTimes(one) === undefined)),
  )
  .check(z.maxLength(mostEvents))
type Part = z.infer<typeof shape>

/** How far an event moves, in days, and which of its times do not take place. */
function moveOf(one: Part[number], { move, moveWeekly }: CourseMaking): { days: number; off: readonly number[] } {
  const at = new Date(one.startsAt)
  const times = timesOf(one)
  if (times > 1) return moveWeekly({ at, times })
  return { days: daysBetween(dayIn(one.timeZone, at), dayIn(one.timeZone, move(at))), off: [] }
}

export const calendarPart: CoursePart<Part> = {
  shape,
  take: async (_ctx, courseId) => {
    const rows = await calendarEvents.findAll({
      where: { courseId, removedAt: null },
      order: [['id', 'asc']],
      raw: true,
    })
    // What does not take place at all stays behind.
    return rows
      .map(eventOf)
      .flatMap(({ version: _, courseId: __, ...one }) => (one.cancelled.length < timesOf(one) ? [one] : []))
  },
  count: part => ({ events: part.length }),
  dates: part =>
    part.map(one => {
      const [at, times] = [new Date(one.startsAt), timesOf(one)]
      return times > 1
        ? { title: one.title, what: 'weekly' as const, at, times, needed: true }
        : { title: one.title, what: 'starts' as const, at, needed: true }
    }),
  undated: () => [],
  make: async (ctx, making, part) => {
    const rows = part.map((one): EventRow => {
      const { days, off } = moveOf(one, making)
      return {
        ...one,
        ...timesLater(one, days),
        ...{ id: making.name('event', one.id), courseId: making.to, accountId: null },
        cancelled: [...new Set([...(days === 0 ? one.cancelled : []), ...off])].sort((a, b) => a - b),
        ...{ version: 0, createdAt: ctx.now, removedAt: null, removedBy: null },
      }
    })
    await calendarEvents.bulkCreate(rows)
  },
}
