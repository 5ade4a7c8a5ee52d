// Cursors of lists: opaque to whoever pages, and never believed when they come back. What is no cursor is refused before
// the database sees it.
import * as z from 'zod/mini'
import { Problem } from '#protocol/base/problems.ts'

const id = z.uuid()
const moment = z.iso.datetime()
// NUL is what a text column can't be compared with.
const pair = z.tuple([z.string().check(z.regex(/^[^\0]*$/)), id])

const refused = (): Problem => new Problem('malformed', { errors: [{ path: 'after', code: 'invalid_format' }] })

/** The cursor after a row that was sorted by a text and its id. */
export const writeKeyset = (text: string, id: string): string =>
  Buffer.from(JSON.stringify([text, id])).toString('base64url')

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw refused()
  }
}

/** The cursor after a row that was sorted by a moment and its id. */
export const writeMomentKeyset = (at: Date, id: string): string => writeKeyset(at.toISOString(), id)

/** Reads what `writeMomentKeyset` wrote; undefined on the first page. Throws `malformed` for anything else. */
export function readMomentKeyset(cursor: string | undefined): { at: Date; id: string } | undefined {
  const [text, id] = readKeyset(cursor) ?? []
  if (text === undefined || id === undefined) return undefined
  if (!z.safeParse(moment, text).success) throw refused()
  return { at: new Date(text), id }
}

/** Reads what `writeKeyset` wrote; undefined on the first page. Throws `malformed` for anything else. */
export function readKeyset(cursor: string | undefined): [text: string, id: string] | undefined {
  if (cursor === undefined) return undefined
  const read = z.safeParse(pair, parsed(cursor))
  if (!read.success) throw refused()
  return read.data
}

/** A cursor that is the id of the last row; null on the first page. Throws `malformed` for what is no id. */
export function readIdCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const read = z.safeParse(id, cursor)
  if (!read.success) throw refused()
  return read.data
}
