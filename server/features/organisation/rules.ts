// What holds of departments and terms, from plain data. Pure: no database, clock or socket.
import { daysBetween, daysFrom } from '#protocol/base/days.ts'
import { demand } from '#protocol/base/problems.ts'
import { deepestDepartment, type FreeDays, mostTermFreeDays } from '#protocol/organisation.ts'

const refuse = (path: string, code: string) => ({ errors: [{ path, code }] })

/** A term has at least one day. ISO days compare as text. Throws `malformed`. */
export function demandDays({ startsOn, endsOn }: { startsOn: string; endsOn: string }): void {
  demand(startsOn <= endsOn, 'malformed', refuse('endsOn', 'too_small'))
}

/**
 * Free days in order, as they are kept. Each entry has a day at least, and all together come to no more than a copy can
 * keep free. Throws `malformed`.
 */
export function keptFreeDays(given: readonly FreeDays[]): FreeDays[] {
  for (const [at, { startsOn, endsOn }] of given.entries()) {
    demand(startsOn <= endsOn, 'malformed', refuse(`freeDays.${at}.endsOn`, 'too_small'))
    demand(daysBetween(startsOn, endsOn) < mostTermFreeDays, 'malformed', refuse(`freeDays.${at}.endsOn`, 'too_big'))
  }
  const days = new Set(given.flatMap(one => daysFrom(one.startsOn, one.endsOn)))
  demand(days.size <= mostTermFreeDays, 'malformed', refuse('freeDays', 'too_big'))
  return [...given].sort((a, b) => compare(a.startsOn, b.startsOn) || compare(a.name, b.name))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Whether a department may stand below another. `above` are the ids from the new parent up to the top; `height` counts
 * the levels of what moves, itself included. Throws `malformed`: `cycle` below itself, `too_deep` past eight levels.
 */
export function demandPlace(id: string, above: readonly string[], height: number): void {
  demand(!above.includes(id), 'malformed', refuse('parentId', 'cycle'))
  demand(above.length + height <= deepestDepartment, 'malformed', refuse('parentId', 'too_deep'))
}
