// What holds of departments and terms, from plain data. Pure: no database, clock or socket.
import { demand } from '#protocol/base/problems.ts'
import { deepestDepartment } from '#protocol/organisation.ts'

const refuse = (path: string, code: string) => ({ errors: [{ path, code }] })

/** A term has at least one day. ISO days compare as text. Throws `malformed`. */
export function demandDays({ startsOn, endsOn }: { startsOn: string; endsOn: string }): void {
  demand(startsOn <= endsOn, 'malformed', refuse('endsOn', 'too_small'))
}

/**
 * Whether a department may stand below another. `above` are the ids from the new parent up to the top; `height` counts
 * the levels of what moves, itself included. Throws `malformed`: `cycle` below itself, `too_deep` past eight levels.
 */
export function demandPlace(id: string, above: readonly string[], height: number): void {
  demand(!above.includes(id), 'malformed', refuse('parentId', 'cycle'))
  demand(above.length + height <= deepestDepartment, 'malformed', refuse('parentId', 'too_deep'))
}
