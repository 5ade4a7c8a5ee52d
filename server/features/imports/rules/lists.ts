// How lists are read: our own CSV and OneRoster's, by their heads. Pure: text in, rows with their first error out.
import { CsvError, type Info, parse } from 'csv-parse/sync'
import { longestName, personName } from '#protocol/accounts.ts'
import { email as emailSchema } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { mostOfImport, type PieceSort, type RowError } from '#protocol/imports.ts'
import { day as daySchema } from '#protocol/organisation.ts'
import type { ListedRole, ListedRoles } from '#server/features/courses/index.ts'

export interface ReadRow {
  readonly line: number
  readonly name: string
  /** Lower case; for enrolments of OneRoster found by the person's id, empty where the people of the import have it not. */
  readonly email: string
  readonly role: ListedRole | null
  /** As the list names it: a short name or a title. */
  readonly course: string
  /** The id by which the other system knows the person; empty without one. */
  readonly sourceId: string
  /** The first day of an enrolment, and the first on which it is over; null where the list says none. */
  readonly beginsOn: string | null
  readonly endsOn: string | null
  readonly error: RowError | null
}

type Cells = (...heads: readonly string[]) => string

interface Line {
  readonly line: number
  readonly cell: Cells
}

const plainHead = (head: string): string => head.toLowerCase().replace(/[^a-z]/g, '')

/** Read or judged in one turn, in characters and rows: some ten milliseconds. */
const turn = { characters: 40_000, rows: 2_000 } as const

/** Where the first record that reaches `from + characters` ends: between two quotes a line end is part of a cell. */
function recordEnd(text: string, from: number, characters: number): number {
  let at = from
  for (let quote = text.indexOf('"', at); quote !== -1 && quote < from + characters; quote = text.indexOf('"', at)) {
    const closing = text.indexOf('"', quote + 1)
    if (closing === -1) return text.length
    at = closing + 1
  }
  at = Math.max(at, from + characters)
  const signs = /["\r\n]/g
  for (let quoted = false; ; ) {
    signs.lastIndex = at
    const found = signs.exec(text)
    if (!found) return text.length
    at = found.index + 1
    if (found[0] === '"') quoted = !quoted
    else if (!quoted) return text.startsWith('\r\n', found.index) ? at + 1 : at
  }
}

/** The line of the first quotation mark that is not closed, opens nothing or closes too early, the first being line 1. */
function strayQuoteLine(text: string): number {
  let line = 1
  for (let at = 0, fresh = true; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '"') {
      const [cell] = fresh ? (/"(?:[^"]|"")*"[^\S\n\t]*(?=[,;\t\n]|$)/y.exec(text.slice(at)) ?? []) : []
      if (cell === undefined) return line
      line += cell.split('\n').length - 1
      at += cell.length - 1
    } else if (sign === '\n') line++
    if (!/\s/.test(sign) || sign === '\n' || sign === '\t') fresh = /[,;\t\n]/.test(sign)
  }
  return line
}

interface ReadRecord {
  readonly line: number
  readonly cells: readonly string[]
}

/** The records of one list, read turn by turn. Throws `malformed` with the line, and `too-large`. */
function* recordsOf(sort: PieceSort, text: string, characters: number): Generator<void, ReadRecord[]> {
  const read: ReadRecord[] = []
  let linesBefore = 0
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = recordEnd(text, from, characters)
    // Lines are counted as editors count them, in cells too.
    const slice = text.slice(from, to).replace(/\r\n?/g, '\n')
    try {
      const records = parse(slice, {
        bom: from === 0,
        delimiter: [',', ';', '\t'],
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        trim: true,
      }) as unknown as { record: string[]; info: Info }[]
      for (const { record, info } of records) read.push({ line: linesBefore + info.lines, cells: record })
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      const line = linesBefore + strayQuoteLine(slice)
      throw new Problem('malformed', { errors: [{ path: sort, code: 'not_csv', params: { line } }] })
    }
    if (read.length - 1 > mostOfImport.rows) throw new Problem('too-large', { params: { limit: mostOfImport.rows } })
    linesBefore += slice.match(/\n/g)?.length ?? 0
    yield
  }
  return read
}

/** Heads that say the same, as spreadsheets and other systems write them. */
const same = {
  name: ['name', 'fullname'],
  givenName: ['givenname', 'firstname', 'forename'],
  familyName: ['familyname', 'lastname', 'surname'],
  email: ['email', 'mail', 'emailaddress', 'mailaddress'],
  begins: ['begindate', 'startdate', 'from', 'begins', 'starts', 'firstday'],
  ends: ['enddate', 'until', 'ends', 'lastday'],
} as const

/** Of each of these a list has one; what is missing is called by the first. */
const neededHeads: Readonly<Record<PieceSort, readonly (readonly string[])[]>> = {
  people: [same.email, [...same.name, ...same.givenName, ...same.familyName]],
  enrolments: [
    [...same.email, 'usersourcedid'],
    ['course', 'class', 'classsourcedid'],
  ],
  classes: [['sourcedid']],
}

/** The rows of one list by its head. Throws `malformed` with the line, and `too-large`. */
function* linesOf(sort: PieceSort, text: string, characters: number): Generator<void, Line[]> {
  if (text.trim() === '') return []
  const [head, ...records] = yield* recordsOf(sort, text, characters)
  const heads = (head?.cells ?? []).map(plainHead)
  const missing = neededHeads[sort].filter(those => !those.some(one => heads.includes(one))).map(([first]) => first)
  if (missing.length > 0) {
    const found = (head?.cells ?? []).filter(cell => cell !== '').map(cell => cell.slice(0, 60))
    const params = { found: found.slice(0, 12).join(', '), missing: missing.join(', ') }
    throw new Problem('malformed', { errors: [{ path: sort, code: 'no_head', params }] })
  }
  return records.map(({ line, cells }) => ({
    line,
    cell: (...names) => {
      const at = heads.findIndex(one => names.includes(one))
      return (at === -1 ? undefined : cells[at]) ?? ''
    },
  }))
}

const usedHeads: Readonly<Record<PieceSort, readonly string[]>> = {
  people: [...same.name, ...same.givenName, ...same.familyName, ...same.email, 'sourcedid', 'status'],
  enrolments: [
    ...['classsourcedid', 'course', 'class', ...same.email, 'usersourcedid', 'role', 'status'],
    ...same.begins,
    ...same.ends,
  ],
  classes: ['sourcedid', 'classcode', 'title'],
}

/** Columns of a list that nothing is made of, as its head calls them. For lists that could be read. */
export function unusedColumns(sort: PieceSort, text: string): string[] {
  const [head] = parse(text.slice(0, recordEnd(text, 0, 1)), {
    bom: true,
    delimiter: [',', ';', '\t'],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) as string[][]
  return (head ?? [])
    .filter(cell => cell !== '' && !usedHeads[sort].includes(plainHead(cell)))
    .map(cell => cell.slice(0, 60))
}

/** Judges rows turn by turn. */
function* eachOf<T>(lines: readonly Line[], judge: (line: Line) => T): Generator<void, T[]> {
  const judged: T[] = []
  for (const line of lines) if (judged.push(judge(line)) % turn.rows === 0) yield
  return judged
}

const isGone = (cell: Cells): boolean => cell('status').toLowerCase() === 'tobedeleted'

/** Characters of a row's name that are kept, so that whoever mends the list finds it. */
const keptOfName = 200

function personError(name: string, email: string, cell: Cells): RowError | null {
  if (isGone(cell)) return 'to-be-deleted'
  if (email === '') return 'no-email'
  if (!emailSchema.safeParse(email).success) return 'bad-email'
  if (name.length > longestName) return 'long-name'
  return personName.safeParse(name).success ? null : 'no-name'
}

/** A day as lists write it, some with an hour behind; undefined for what is none. */
function dayOf(cell: string): string | null | undefined {
  if (cell === '') return null
  const day = /^(\d{4}-\d{2}-\d{2})(T|$)/.exec(cell)?.[1]
  return day !== undefined && daySchema.safeParse(day).success ? day : undefined
}

/**
 * When an enrolment begins, and the first day on which it is over. In OneRoster 1.1 (CSV tables, enrollments) endDate is that
 * day itself; in lists of our own the day that is written is the last.
 */
function daysOf(cell: Cells, oneRoster: boolean): { beginsOn: string | null; endsOn: string | null; bad: boolean } {
  const [begins, ends] = [dayOf(cell(...same.begins)), dayOf(cell(...same.ends))]
  const after = ends && !oneRoster ? new Date(Date.parse(ends) + 86_400_000).toISOString().slice(0, 10) : ends
  return { beginsOn: begins ?? null, endsOn: after ?? null, bad: begins === undefined || ends === undefined }
}

/** Characters of another system's id, at most; a longer one is taken for none. */
const longestSourceId = 255

interface Lists {
  readonly people: string
  readonly enrolments: string
  readonly classes: string
}

/**
 * Reads all lists of an import; each row has the first thing that is wrong with it, apart from what the school knows.
 * Lists are long: whoever reads them lets others have their turn at each `yield`. Throws `malformed` and `too-large`.
 */
export function* readLists(
  lists: Lists,
  { words, fallback }: ListedRoles,
  characters: number = turn.characters,
): Generator<void, { people: ReadRow[]; enrolments: ReadRow[] }> {
  const emailOf = new Map<string, string>()
  const seen = new Set<string>()
  const seenIds = new Set<string>()
  const people = yield* eachOf(yield* linesOf('people', lists.people, characters), ({ line, cell }): ReadRow => {
    const parts = [cell(...same.givenName), cell(...same.familyName)].filter(part => part !== '')
    const name = cell(...same.name) || parts.join(' ')
    const email = cell(...same.email).toLowerCase()
    const id = cell('sourcedid')
    // Of two with one id the first counts, as of two with one address.
    if (id !== '' && !emailOf.has(id)) emailOf.set(id, email)
    const sourceId = id.length > longestSourceId ? '' : id
    const again = seen.has(email) || seenIds.has(sourceId)
    const error = personError(name, email, cell) ?? (again ? 'twice' : null)
    if (error === null) seen.add(email)
    if (error === null && sourceId !== '') seenIds.add(sourceId)
    return {
      ...{ line, name: name.slice(0, keptOfName), email: email.slice(0, 254), role: null, course: '', error },
      ...{ sourceId, beginsOn: null, endsOn: null },
    }
  })
  const classes = yield* linesOf('classes', lists.classes, characters)
  const classNames = new Map(classes.map(({ cell }) => [cell('sourcedid'), cell('classcode') || cell('title')]))
  const pairs = new Set<string>()
  const asked = yield* linesOf('enrolments', lists.enrolments, characters)
  const enrolments = yield* eachOf(asked, ({ line, cell }): ReadRow => {
    const classId = cell('classsourcedid')
    const course = classId === '' ? cell('course', 'class') : (classNames.get(classId) ?? classId)
    const email = (cell(...same.email) || (emailOf.get(cell('usersourcedid')) ?? '')).toLowerCase()
    const word = cell('role').toLowerCase()
    const role = word === '' ? fallback : (words.get(word) ?? null)
    const sourceId = email === '' ? cell('usersourcedid') : ''
    const { bad, beginsOn, endsOn } = daysOf(cell, classId !== '')
    const pair = `${email || sourceId}\n${course.toLowerCase()}`
    let error: RowError | null = null
    if (isGone(cell)) error = 'to-be-deleted'
    else if (email === '' && sourceId === '') error = 'no-email'
    else if (email !== '' && !emailSchema.safeParse(email).success) error = 'bad-email'
    else if (role === null) error = 'bad-role'
    else if (course === '') error = 'no-course'
    else if (bad) error = 'bad-date'
    else if (pairs.has(pair)) error = 'twice'
    if (error === null) pairs.add(pair)
    return {
      ...{ line, name: '', email: email.slice(0, 254), role, course: course.slice(0, 200), error },
      ...{ sourceId: sourceId.slice(0, longestSourceId), beginsOn, endsOn },
    }
  })
  return { people, enrolments }
}
