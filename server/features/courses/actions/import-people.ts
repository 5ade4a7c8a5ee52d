// Enrols the people of a list in one transaction: first every row is judged, then all that may be are written together.
import { type Info, parse } from 'csv-parse/sync'
import type { AccountId } from '#protocol/base/ids.ts'
import { email as emailSchema } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type ImportError, type ImportRow, longestList } from '#protocol/courses/import.ts'
import type { CourseId } from '#protocol/courses.ts'
import { enrolmentWith } from '#server/features/access/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { findByEmail } from '../queries/by-email.ts'
import { getCourse } from '../queries/course.ts'
import type { EnrolledKey, ListedRole, ListedRoles } from '../queries/roles.ts'
import { enrolMany } from './many.ts'
import { demandTakes } from './templates.ts'

const headWords = { email: ['email', 'e-mail', 'mail', 'e-mail address', 'email address'], role: ['role'] }
/** A row as it stands in the list. */
export interface ListedPerson {
  readonly line: number
  readonly email: string
  readonly role: ListedRole | null
  readonly error: ImportError | null
}

/**
 * Reads a list of people: CSV with commas, semicolons or tabs. With a head, by the columns e-mail and role; without
 * one, the first cell of each row that holds an @. Throws `malformed` with the line,
 * and `too-large`.
 */
export function readPeople(
  list: string,
  { words, fallback }: ListedRoles,
): { people: ListedPerson[]; unused: string[] } {
  let records: { record: string[]; info: Info }[]
  try {
    records = parse(list, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: longestList.rows + 2,
    }) as unknown as { record: string[]; info: Info }[]
  } catch (error) {
    const { lines } = error as { lines?: number }
    throw new Problem('malformed', { errors: [{ path: 'list', code: 'not_csv', params: { line: lines ?? 0 } }] })
  }
  const head = records[0]?.record.map(cell => cell.toLowerCase()) ?? []
  const emailAt = head.findIndex(cell => headWords.email.includes(cell))
  const roleAt = head.findIndex(cell => headWords.role.includes(cell))
  const rows = emailAt === -1 ? records : records.slice(1)
  if (rows.length > longestList.rows) throw new Problem('too-large', { params: { limit: longestList.rows } })
  const seen = new Set<string>()
  const people = rows.map(({ record, info }) => {
    const email = (emailAt === -1 ? record.find(cell => cell.includes('@')) : record[emailAt]) ?? ''
    const word = roleAt === -1 ? '' : (record[roleAt] ?? '').toLowerCase()
    const named = word === '' ? fallback : (words.get(word) ?? null)
    const key = email.toLowerCase()
    let error: ImportError | null = null
    if (email === '') error = 'no-email'
    else if (!emailSchema.safeParse(email).success) error = 'bad-email'
    else if (named === null) error = 'bad-role'
    else if (seen.has(key)) error = 'twice'
    seen.add(key)
    return { line: info.lines, email: email.slice(0, 254), role: named, error }
  })
  return { people, unused: emailAt === -1 ? [] : unusedIn(records[0]?.record ?? []) }
}

/** Columns a head names and nothing is made of; none where there is no head. */
function unusedIn(head: readonly string[]): string[] {
  const used = [...headWords.email, ...headWords.role]
  return head.filter(cell => cell !== '' && !used.includes(cell.toLowerCase())).map(cell => cell.slice(0, 60))
}

/** The roles a list gives, each once. */
export const rolesIn = (people: readonly ListedPerson[]): EnrolledKey[] => [
  ...new Set(people.flatMap(one => (one.error === null && one.role ? one.role.key : []))),
]

/** Judges every row; two queries whatever the length. */
async function judge(ctx: WriteCtx, courseId: CourseId, people: readonly ListedPerson[]) {
  const byEmail = await findByEmail(
    ctx,
    courseId,
    people.map(one => one.email),
  )
  return people.map((one): { row: ImportRow; accountId: AccountId | undefined } => {
    const person = one.error ? undefined : byEmail.get(one.email.toLowerCase())
    const error = one.error ?? (!person ? 'no-account' : one.role?.staff && person.suspended ? 'not-for-staff' : null)
    const wasIn = person?.role ?? null
    const outcome = error ? 'error' : wasIn === null ? 'enrol' : 'was in'
    const row = {
      line: one.line,
      email: one.email,
      name: person?.name ?? null,
      role: wasIn ?? one.role?.key ?? null,
      roleName: (wasIn === null ? one.role?.name : person?.roleName) ?? '',
      outcome,
      error,
    }
    return { row: row as ImportRow, accountId: outcome === 'enrol' ? person?.id : undefined }
  })
}

/**
 * Tries or enrols a list; asks no rights, and its addresses were counted. Throws `not-found`, `concluded`,
 * `is-template`, `not-here` for a role nobody is enrolled with, `list-refused` for `all` with a bad row.
 */
export async function importPeople(
  ctx: WriteCtx,
  input: {
    courseId: CourseId
    people: readonly ListedPerson[]
    unused: readonly string[]
    how: 'try' | 'good ones' | 'all'
  },
): Promise<{
  enrolled: number
  counts: { enrol: number; wasIn: number; error: number }
  rows: ImportRow[]
  unused: string[]
}> {
  const { courseId, people } = input
  const unused = [...input.unused]
  await getCourse(ctx, courseId)
  for (const key of rolesIn(people)) await demandTakes(ctx, courseId, (await enrolmentWith(key)).role)
  const judged = await judge(ctx, courseId, people)
  const rows = judged.map(one => one.row)
  const count = (outcome: ImportRow['outcome']) => rows.filter(row => row.outcome === outcome).length
  const counts = { enrol: count('enrol'), wasIn: count('was in'), error: count('error') }
  if (input.how === 'try') {
    // A list tells who has an account here: it is known who asked for how many.
    await audit.record(ctx, {
      verb: 'course.people-looked-up',
      subject: { kind: 'course', id: courseId },
      details: { rows: rows.length, known: counts.enrol + counts.wasIn },
    })
    return { enrolled: 0, counts, rows, unused }
  }
  if (input.how === 'all' && counts.error > 0) throw new Problem('list-refused', { params: { count: counts.error } })

  let enrolled = 0
  for (const role of rolesIn(people)) {
    const accountIds = judged.filter(one => one.row.role === role).flatMap(one => one.accountId ?? [])
    enrolled += (await enrolMany(ctx, { courseId, accountIds, role })).came.length
  }
  return { enrolled, counts, rows, unused }
}
