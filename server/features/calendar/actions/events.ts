// Makes, changes, cancels and removes events. Who has one on their calendar is told to look again: the people of the course,
// a few in a job each, or the one whose own it is. Rights were asked by the door.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type CalendarEvent, type EventId, type EventKind, mostEvents, timesOf } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { bumpUser, bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse, listMemberIds, lockCourse } from '#server/features/courses/index.ts'
import { accountOf, actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { eventOf, getEvent } from '../queries/calendar.ts'
import { demandTimes, overAtOf } from '../rules/times.ts'
import { calendarEvents, type EventRow } from '../tables.ts'

interface EventWords {
  kind: EventKind
  title: string
  place: string
  note: string
  allDay: boolean
  startsAt: string
  endsAt: string
  weeklyUntil: string | null
}

type Owner = { courseId: CourseId; accountId: null } | { courseId: null; accountId: AccountId }

type OfEvent = Pick<EventRow, 'courseId' | 'accountId'>

async function tell(ctx: WriteCtx, { courseId, accountId }: OfEvent): Promise<void> {
  if (accountId !== null) await bumpUser(ctx, accountId, 'courses')
  if (courseId !== null) await bumpUsers(ctx, await listMemberIds(ctx, courseId), 'courses')
}

/** What somebody notes for themselves is nobody's business. */
async function record(ctx: WriteCtx, row: EventRow, verb: string, details: object): Promise<void> {
  if (row.courseId === null) return
  await audit.record(ctx, {
    verb: `event.${verb}`,
    subject: { kind: 'event', id: row.id },
    context: courseContext(row.courseId),
    details: { title: row.title, ...details },
  })
}

/** The event, standing or removed, locked. Throws `not-found`. */
async function lockEvent(eventId: EventId, where: 'standing' | 'removed too'): Promise<EventRow> {
  const row = await calendarEvents.findOne({ where: { id: eventId }, lock: true, raw: true })
  if (!row || (where === 'standing' && row.removedAt !== null)) throw new Problem('not-found')
  return row
}

/** One more at a time, so that two cannot take the last place. Throws `too-many`. */
async function demandRoom(ctx: WriteCtx, { courseId, accountId }: OfEvent): Promise<void> {
  if (courseId === null) await ctx.sql('select id from accounts where id = $1 for no key update', [accountId])
  else await lockCourse(ctx, courseId)
  const there = await calendarEvents.count({ where: { courseId, accountId, removedAt: null } })
  demand(there < mostEvents, 'too-many', { params: { most: mostEvents } })
}

function timesIn(given: EventWords & { timeZone: string }) {
  demandTimes(given)
  return { startsAt: new Date(given.startsAt), endsAt: new Date(given.endsAt), overAt: overAtOf(given) }
}

/** Makes an event of a course, in its zone, or one of one's own. Throws `not-found`, `malformed` and `too-many`. */
export async function createEvent(
  ctx: WriteCtx,
  { courseId, timeZone, ...words }: EventWords & { courseId: CourseId | null; timeZone: string },
): Promise<CalendarEvent> {
  const owner: Owner = courseId === null ? { courseId, accountId: accountOf(ctx.who) } : { courseId, accountId: null }
  const zone = courseId === null ? timeZone : (await getCourse(ctx, courseId)).timeZone
  await demandRoom(ctx, owner)
  const row: EventRow = {
    ...{ id: newId<'CalendarEvent'>(), ...owner, ...words, timeZone: zone },
    ...timesIn({ ...words, timeZone: zone }),
    ...{ cancelled: [], version: 0, createdAt: ctx.now, removedAt: null, removedBy: null },
  }
  await calendarEvents.create(row)
  await record(ctx, row, 'created', words)
  await tell(ctx, row)
  return eventOf(row)
}

/** Changes an event with all its times. Throws `not-found`, `malformed`, `conflict` with the current one. */
export async function changeEvent(
  ctx: WriteCtx,
  { eventId, version, ...words }: EventWords & { eventId: EventId; version: number },
): Promise<CalendarEvent> {
  const row = await lockEvent(eventId, 'standing')
  demand(row.version === version, 'conflict', { params: { current: eventOf(row) } })
  const { timeZone } = row
  const next: EventRow = { ...row, ...words, ...timesIn({ ...words, timeZone }), version: version + 1 }
  const { id: _, ...change } = next
  await calendarEvents.update(change, { where: { id: eventId } })
  const { title, startsAt, endsAt, weeklyUntil } = eventOf(row)
  await record(ctx, next, 'changed', { before: { title, startsAt, endsAt, weeklyUntil }, after: words })
  await tell(ctx, row)
  return eventOf(next)
}

/** Takes an event out, all its times. One that is gone already changes nothing. Throws `not-found`. */
export async function removeEvent(ctx: WriteCtx, eventId: EventId): Promise<void> {
  const row = await lockEvent(eventId, 'removed too')
  if (row.removedAt !== null) return
  await calendarEvents.update({ removedAt: ctx.now, removedBy: actorOf(ctx.who) }, { where: { id: eventId } })
  await record(ctx, row, 'removed', {})
  await tell(ctx, row)
}

/** Brings an event back. Throws `not-found`, `too-many`. */
export async function restoreEvent(ctx: WriteCtx, eventId: EventId): Promise<void> {
  const before = await getEvent(eventId)
  if (before.removedAt !== null) await demandRoom(ctx, before)
  const row = await lockEvent(eventId, 'removed too')
  if (row.removedAt === null) return
  await calendarEvents.update({ removedAt: null, removedBy: null }, { where: { id: eventId } })
  await record(ctx, row, 'restored', {})
  await tell(ctx, row)
}

/** Says whether one time of an event takes place. Throws `not-found` for a time it does not have. */
export async function settleTime(
  ctx: WriteCtx,
  { eventId, number }: { eventId: EventId; number: number },
  takesPlace: 'cancelled' | 'restored',
): Promise<void> {
  const row = await lockEvent(eventId, 'standing')
  demand(number < timesOf(eventOf(row)), 'not-found')
  const others = row.cancelled.filter(one => one !== number)
  const cancelled = takesPlace === 'cancelled' ? [...others, number].sort((a, b) => a - b) : others
  if (cancelled.length === row.cancelled.length) return
  await calendarEvents.update({ cancelled, version: row.version + 1 }, { where: { id: eventId } })
  await record(ctx, row, takesPlace === 'cancelled' ? 'time-cancelled' : 'time-restored', { number })
  await tell(ctx, row)
}
