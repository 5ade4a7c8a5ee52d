// How lists are read: our own CSV and OneRoster's, by their heads. Pure: text in, rows with their first error out.
import { type Info, parse } from 'csv-parse/sync'
import { personName } from '#protocol/accounts.ts'
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

/** The rows of one list by its head. Throws `malformed` with the line, and `too-large`. */
function linesOf(sort: PieceSort, text: string): Line[] {
  if (text.trim() === '') return []
  let records: { record: string[]; info: Info }[]
  try {
    records = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: mostOfImport.rows + 2,
    }) as unknown as typeof records
  } catch (error) {
    const { lines } = error as { lines?: number }
    throw new Problem('malformed', { errors: [{ path: sort, code: 'not_csv', params: { line: lines ?? 0 } }] })
  }
  const heads = (records[0]?.record ?? []).map(plainHead)
  const known = { people: ['email', 'mail'], enrolments: ['course', 'class', 'classsourcedid'], classes: ['sourcedid'] }
  if (!known[sort].some(one => heads.includes(one)))
    throw new Problem('malformed', { errors: [{ path: sort, code: 'no_head' }] })
  if (records.length - 1 > mostOfImport.rows) throw new Problem('too-large', { params: { limit: mostOfImport.rows } })
  return records.slice(1).map(({ record, info }) => ({
    line: info.lines,
    cell: (...names) => {
      const at = heads.findIndex(head => names.includes(head))
      return (at === -1 ? undefined : record[at]) ?? ''
    },
  }))
}

const isGone = (cell: Cells): boolean => cell('status').toLowerCase() === 'tobedeleted'

function personError(name: string, email: string, cell: Cells): RowError | null {
  if (isGone(cell)) return 'to-be-deleted'
  if (email === '') return 'no-email'
  if (!emailSchema.safeParse(email).success) return 'bad-email'
  return personName.safeParse(name).success ? null : 'no-name'
}

interface Lists {
  readonly people: string
  readonly enrolments: string
  readonly classes: string
}

/** Reads all lists of an import; each row has the first thing that is wrong with it, apart from what the school knows. */
export function readLists(lists: Lists): { people: ReadRow[]; enrolments: ReadRow[] } {
  const emailOf = new Map<string, string>()
  const seen = new Set<string>()
  const people = linesOf('people', lists.people).map(({ line, cell }): ReadRow => {
    const parts = [cell('givenname', 'firstname'), cell('familyname', 'lastname')].filter(part => part !== '')
    const name = cell('name', 'fullname') || parts.join(' ')
    const email = cell('email', 'mail').toLowerCase()
    const id = cell('sourcedid')
    if (id !== '') emailOf.set(id, email)
    const error = personError(name, email, cell) ?? (seen.has(email) ? 'twice' : null)
    if (error === null) seen.add(email)
    return { line, name: name.slice(0, 80), email: email.slice(0, 254), role: null, course: '', error }
  })
  const classNames = new Map(
    linesOf('classes', lists.classes).map(({ cell }) => [cell('sourcedid'), cell('classcode') || cell('title')]),
  )
  const pairs = new Set<string>()
  const enrolments = linesOf('enrolments', lists.enrolments).map(({ line, cell }): ReadRow => {
    const classId = cell('classsourcedid')
    const course = classId === '' ? cell('course', 'class') : (classNames.get(classId) ?? classId)
    const email = (cell('email', 'mail') || (emailOf.get(cell('usersourcedid')) ?? '')).toLowerCase()
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
    pairs.add(pair)
    return { line, name: '', email: email.slice(0, 254), role, course: course.slice(0, 200), error }
  })
  return { people, enrolments }
}
