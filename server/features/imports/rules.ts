// How lists are read: our own CSV and OneRoster's, by their heads. Pure: text in, rows with their first error out.
import { CsvError, type Info, parse } from 'csv-parse/sync'
import { longestName, personName } from '#protocol/accounts.ts'
import { email as emailSchema } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type ImportState, mostOfImport, type PieceSort, type RowError } from '#protocol/imports.ts'
import type { Who } from '#server/platform/ctx.ts'

/** Whoever imports makes accounts and enrols anywhere: administrators alone. */
export const mayImport = (who: Who): boolean => who.kind === 'account' && who.siteRole === 'administrator'

/** Lists are filled and checked before the work begins. Throws `import-begun`. */
export const demandNotBegun = (state: ImportState): void =>
  demand(state === 'filling' || state === 'checked', 'import-begun')

/** Only what was checked as it stands is done. Throws `import-begun`, `import-not-checked`. */
export function demandChecked(state: ImportState): void {
  demandNotBegun(state)
  demand(state === 'checked', 'import-not-checked')
}

export type CourseRoleWord = 'learner' | 'assistant' | 'instructor'

/** Roles as lists and OneRoster 1.1 (4.13.4, RoleType) write them. */
const roleWords: Readonly<Record<string, CourseRoleWord>> = {
  learner: 'learner',
  student: 'learner',
  assistant: 'assistant',
  aide: 'assistant',
  ta: 'assistant',
  instructor: 'instructor',
  teacher: 'instructor',
}

export interface ReadRow {
  readonly line: number
  readonly name: string
  /** Lower case; for enrolments of OneRoster found by the person's id. */
  readonly email: string
  readonly role: CourseRoleWord | null
  /** As the list names it: a short name or a title. */
  readonly course: string
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
  enrolments: ['classsourcedid', 'course', 'class', ...same.email, 'usersourcedid', 'role', 'status'],
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
  characters: number = turn.characters,
): Generator<void, { people: ReadRow[]; enrolments: ReadRow[] }> {
  const emailOf = new Map<string, string>()
  const seen = new Set<string>()
  const people = yield* eachOf(yield* linesOf('people', lists.people, characters), ({ line, cell }): ReadRow => {
    const parts = [cell(...same.givenName), cell(...same.familyName)].filter(part => part !== '')
    const name = cell(...same.name) || parts.join(' ')
    const email = cell(...same.email).toLowerCase()
    const id = cell('sourcedid')
    if (id !== '') emailOf.set(id, email)
    const error = personError(name, email, cell) ?? (seen.has(email) ? 'twice' : null)
    if (error === null) seen.add(email)
    return { line, name: name.slice(0, keptOfName), email: email.slice(0, 254), role: null, course: '', error }
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
    const role = word === '' ? 'learner' : (roleWords[word] ?? null)
    const pair = `${email}\n${course.toLowerCase()}`
    let error: RowError | null = null
    if (isGone(cell)) error = 'to-be-deleted'
    else if (email === '') error = cell('usersourcedid') === '' ? 'no-email' : 'no-account'
    else if (!emailSchema.safeParse(email).success) error = 'bad-email'
    else if (role === null) error = 'bad-role'
    else if (course === '') error = 'no-course'
    else if (pairs.has(pair)) error = 'twice'
    if (error === null) pairs.add(pair)
    return { line, name: '', email: email.slice(0, 254), role, course: course.slice(0, 200), error }
  })
  return { people, enrolments }
}

/** Days for which the rows of an import say who they were about. */
const namesKeptDays = 90

/** Imports made before this moment keep counts and lines, and no names. */
export const namesKeptSince = (now: Date): Date => new Date(now.getTime() - namesKeptDays * 86_400_000)
