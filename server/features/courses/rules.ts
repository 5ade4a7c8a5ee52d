// What holds in a course, decided from plain data: where a moved thing stands, whether a role may be given or taken.
// Pure: no database, clock or socket.
import { dayIn, inDays, isWeekend } from '#protocol/base/days.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { DateClash, DateShift } from '#protocol/courses/copy.ts'
import { courseCodeAlphabet, courseCodeLength } from '#protocol/courses/people.ts'
import type { CourseLife, ItemDetail } from '#protocol/courses.ts'
import type { Phase } from '#server/features/access/index.ts'
import type { ItemRow, ModuleRow } from './tables.ts'

/** What the life of a course means for rights in it. */
export const phases: Readonly<Record<CourseLife, Phase>> = {
  draft: 'draft',
  published: 'open',
  concluded: 'concluded',
  archived: 'concluded',
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyz'

const digitAt = (text: string, index: number): number => Math.max(0, digits.indexOf(text.charAt(index)))

/**
 * A position after `before` and ahead of `after`, all compared as plain text; null stands for the open end. There is
 * always room, so that a move writes one row. Positions never end in the lowest digit, which keeps it so.
 * Throws when `before` does not come ahead of `after`.
 */
export function positionBetween(before: string | null, after: string | null): string {
  if (before !== null && after !== null && before >= after) throw new Error('Positions must be in order')
  const low = before ?? ''
  let high = after
  let built = ''
  for (let index = 0; ; index++) {
    const from = digitAt(low, index)
    const to = high === null || index >= high.length ? digits.length : digitAt(high, index)
    // At the open end one step is enough: lists mostly grow there, and half the space would be used up each time.
    const chosen = high === null ? from + 1 : Math.floor((from + to) / 2)
    if (chosen > from && chosen < to) return built + digits.charAt(chosen)
    built += digits.charAt(from)
    if (from < to) high = null
  }
}

/**
 * The position for a thing put ahead of `beforeId` in `order` (sorted, the thing itself left out), or at the end for
 * null. Throws `not-found` when `beforeId` is not there.
 */
export function positionAhead(order: readonly { id: string; position: string }[], beforeId: string | null): string {
  if (beforeId === null) return positionBetween(order.at(-1)?.position ?? null, null)
  const index = order.findIndex(one => one.id === beforeId)
  const next = order[index]
  if (!next) throw new Problem('not-found')
  return positionBetween(order[index - 1]?.position ?? null, next.position)
}

/** Spells random bytes as a join code. Takes at least `courseCodeLength` bytes; a byte too high for an even choice is skipped. */
export function spellCode(bytes: Uint8Array): string {
  const even = 256 - (256 % courseCodeAlphabet.length)
  const letters = [...bytes]
    .filter(byte => byte < even)
    .map(byte => courseCodeAlphabet.charAt(byte % courseCodeAlphabet.length))
  if (letters.length < courseCodeLength) throw new Error('Too few random bytes for a code')
  return letters.slice(0, courseCodeLength).join('')
}

/** One of the two, never both: throws `malformed` naming the field. */
export function demandOnePerson(input: { email?: string | undefined; accountId?: string | undefined }): void {
  const given = [input.email, input.accountId].filter(one => one !== undefined).length
  demand(given === 1, 'malformed', { errors: [{ path: 'email', code: given === 0 ? 'too_small' : 'one_of_two' }] })
}

/** A course is never left without an instructor: throws `last-instructor`. `others` counts the remaining ones. */
export function demandInstructorStays(from: string | undefined, to: string | null, others: number): void {
  demand(from !== 'instructor' || to === 'instructor' || others > 0, 'last-instructor')
}

interface Candidate {
  readonly kind: 'member' | 'guest'
  readonly suspendedAt: Date | null
}

/** Teaching and assisting are for members who may sign in: not for a guest, nor for who is suspended. */
export function isFitFor(role: CourseRole, person: Candidate): boolean {
  const staff = role === 'instructor' || role === 'assistant'
  return !staff || (person.kind === 'member' && person.suspendedAt === null)
}

/** Throws `not-for-staff` for whoever is not fit for the role. */
export function demandFitFor(role: CourseRole, person: Candidate & { readonly name: string }): void {
  demand(isFitFor(role, person), 'not-for-staff', { params: { name: person.name } })
}

/**
 * Whom staff took out comes back by staff alone; who left, by themselves. `madeAt` is when staff made what lets the person
 * in now, such as an invitation; null for what is open to anybody, such as the course's code. Throws `taken-out`.
 */
export function demandNotTakenOut(
  past: readonly { endedAt: Date | null; leftBySelf: boolean }[],
  madeAt: Date | null,
): void {
  if (past.some(one => one.endedAt === null)) return
  const last = Math.max(...past.map(one => one.endedAt?.getTime() ?? 0))
  const left = past.some(one => one.leftBySelf && one.endedAt?.getTime() === last)
  demand(past.length === 0 || left || (madeAt !== null && madeAt.getTime() > last), 'taken-out')
}

/** Whether a string names a time zone this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const mostDetail = 2_000

/** What an item shows beside its title stays small: throws when a feature puts more than 2,000 characters there. */
export function demandSmall(detail: ItemDetail): void {
  if (JSON.stringify(detail).length > mostDetail) throw new Error('The detail of an item must stay small')
}

/** How dates move that stay. */
type DateMoves = Omit<DateShift, 'dates'>

/** Longer than this nobody keeps a course free of dates. */
const mostFurther = 366

/**
 * Where a date of a course comes to lie in its copy: so many days later at the same hour, and on to the next day that
 * is not free. `further` counts those days.
 */
export function moveDate(at: Date, timeZone: string, shift: DateMoves): { to: Date; further: number } {
  const free = new Set(shift.free)
  const isFree = (day: string) => free.has(day) || (shift.weekends === 'free' && isWeekend(day))
  for (let further = 0; ; further++) {
    const to = inDays(timeZone, at, shift.days + further)
    if (further === mostFurther || !isFree(dayIn(timeZone, to))) return { to, further }
  }
}

/**
 * How a weekly series moves: `days` further, so that every time keeps the day of the week of the first, which moves on only
 * from a weekend that is free. `off`: its times that lie on free days, by their number from 0.
 */
export function moveWeekly(
  { at, times }: { readonly at: Date; readonly times: number },
  timeZone: string,
  shift: DateMoves,
): { days: number; off: number[] } {
  const { further } = moveDate(at, timeZone, { ...shift, free: [] })
  const days = shift.days + further
  const free = new Set(shift.free)
  const off = Array.from({ length: times }, (_, number) => number).filter(number =>
    free.has(dayIn(timeZone, inDays(timeZone, at, days + 7 * number))),
  )
  return { days, off }
}

/** What speaks against a date; the weightiest first. */
export function clashOf(
  at: Date,
  timeZone: string,
  term: { startsOn: string; endsOn: string } | null,
  now: Date,
): DateClash | null {
  if (at <= now) return 'past'
  const day = dayIn(timeZone, at)
  if (term && (day < term.startsOn || day > term.endsOn)) return 'outside-term'
  return isWeekend(day) ? 'weekend' : null
}

/** What speaks against the dates of a series; `past-term` where it begins inside the term and runs past its end. */
export function seriesClash(
  first: Date,
  last: Date,
  timeZone: string,
  term: { startsOn: string; endsOn: string } | null,
  now: Date,
): DateClash | null {
  const [atFirst, atLast] = [first, last].map(at => clashOf(at, timeZone, term, now))
  if (atLast === 'outside-term' && atFirst !== 'outside-term' && atFirst !== 'past') return 'past-term'
  return atFirst ?? atLast ?? null
}

/**
 * Where an item is seen: by everybody in the course, or by its staff alone (a draft, what is for some, what is hidden
 * until it opens). A removed item, or one in a removed module, is seen nowhere.
 */
export type Sight = 'published' | 'draft' | 'nowhere'

/** As much of a module as decides who sees what is in it; null above all modules. */
export type Around = Pick<ModuleRow, 'hidden' | 'removedAt'> | null

/** Whether everybody in the course sees an item that stands. */
export const seenByAll = (item: Pick<ItemRow, 'published' | 'audience' | 'hidden'>, around: Around): boolean =>
  item.published && item.audience === 'everybody' && !item.hidden && around?.hidden !== true

/** Where `item` is seen, given the module it stands in. */
export const sightOf = (item: ItemRow, around: Around): Sight => {
  if (item.removedAt !== null || (around !== null && around.removedAt !== null)) return 'nowhere'
  return seenByAll(item, around) ? 'published' : 'draft'
}
