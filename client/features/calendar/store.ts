// What the client asks and does about the calendar: the only place that asks its routes. Each act says what became of it
// and how it is taken back.
import { useEffect } from 'preact/hooks'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { attempt } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { type CalendarEntry, type CalendarEvent, type CalendarPage, calendarRoutes } from '#protocol/calendar.ts'

type CalendarInput<V extends keyof typeof calendarRoutes> = InputBefore<(typeof calendarRoutes)[V]>

/** What lies in a stretch, read again when something in one's courses has changed. */
export function useCalendar(from: string, to: string): Loaded<CalendarPage> {
  const turn = useMyCourses()
  const page = useLoad(`${from} ${to}`, () => request(calendarRoutes.list, { from, to }))
  useEffect(() => {
    if (turn > 0) page.reload()
  }, [turn])
  return page
}

/** Makes an event, with a notice that takes it back. */
export async function createEvent(input: CalendarInput<'createEvent'>, onDone: () => void): Promise<void> {
  const { event } = await request(calendarRoutes.createEvent, input)
  showToast({
    text: t('calendar.created', { title: event.title }),
    onUndo: undoing(() => request(calendarRoutes.removeEvent, { eventId: event.id }), onDone),
  })
  onDone()
}

const wordsOf = ({ kind, title, place, note, allDay, startsAt, endsAt, weeklyUntil }: CalendarEvent) => ({
  ...{ kind, title, place, note, allDay, startsAt, endsAt, weeklyUntil },
})

/** Changes an event, with a notice that takes it back. */
export async function changeEvent(
  before: CalendarEvent,
  change: Omit<CalendarInput<'changeEvent'>, 'eventId' | 'version'>,
  onDone: () => void,
): Promise<void> {
  const eventId = before.id
  const { event } = await request(calendarRoutes.changeEvent, { ...change, eventId, version: before.version })
  const back = () => request(calendarRoutes.changeEvent, { ...wordsOf(before), eventId, version: event.version })
  showToast({ text: t('calendar.changed', { title: event.title }), onUndo: undoing(back, onDone) })
  onDone()
}

const undoing = (back: () => Promise<unknown>, onDone: () => void) => () => {
  void attempt(back).then(done => {
    if (done) onDone()
  })
}

/** Removes an event with all its times, with a notice that brings it back. */
export async function removeEvent({ id: eventId, title }: CalendarEvent, onDone: () => void): Promise<void> {
  if (!(await attempt(() => request(calendarRoutes.removeEvent, { eventId })))) return
  showToast({
    text: t('calendar.removed', { title }),
    onUndo: undoing(() => request(calendarRoutes.restoreEvent, { eventId }), onDone),
  })
  onDone()
}

/** One time does not take place, with a notice that takes it back. */
export async function cancelTime({ event, title }: CalendarEntry, day: string, onDone: () => void): Promise<void> {
  if (!event) return
  const input = { eventId: event.id, number: event.number }
  if (!(await attempt(() => request(calendarRoutes.cancelTime, input)))) return
  showToast({
    text: t('calendar.cancelled', { title, day }),
    onUndo: undoing(() => request(calendarRoutes.restoreTime, input), onDone),
  })
  onDone()
}

export const listFeeds = () => request(calendarRoutes.listFeeds, {})
export const renewFeed = (courseId: string | null) =>
  request(calendarRoutes.renewFeed, { courseId } as CalendarInput<'renewFeed'>)
export const revokeFeed = (feedId: string) =>
  request(calendarRoutes.revokeFeed, { feedId } as CalendarInput<'revokeFeed'>)
