// An import before it runs: begun, filled piece by piece, checked. Nothing outside its own tables is written.
import { setImmediate } from 'node:timers/promises'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { isOver } from '#protocol/courses.ts'
import type { ImportFiles, ImportId, PieceSort, RowError, SiteImport, UnusedColumns } from '#protocol/imports.ts'
import { type ListedRole, listedRoles } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import {
  type CourseNamed,
  listCoursesNamed,
  listEnrolled,
  listKnown,
  listKnownByIds,
  readImport,
} from '../queries/imports.ts'
import { type ReadRow, readLists, unusedColumns } from '../rules/lists.ts'
import { demandNotBegun, namesKeptSince } from '../rules/states.ts'
import { imports, type Was } from '../tables.ts'

/** The import under a lock. Throws `not-found`. */
export async function lockedImport(ctx: WriteCtx, id: ImportId) {
  const row = await imports.findByPk(id, { lock: true })
  demand(row !== null, 'not-found')
  ctx.log.debug({ import: id, state: row.state }, 'import')
  return row
}

/** Begins an import; what was begun and never checked is dropped after a day. Throws `not-found`. */
export async function createImport(ctx: WriteCtx, author: AccountId, files: ImportFiles = {}): Promise<SiteImport> {
  const id = newId<'Import'>()
  await imports.create({ id, author, state: 'filling', createdAt: ctx.now, finishedAt: null, files })
  return readImport(ctx, id)
}

interface Piece {
  readonly importId: ImportId
  readonly sort: PieceSort
  readonly place: number
  readonly text: string
}

/**
 * Keeps one piece of a list; what was checked is to be checked anew. Throws `not-found`, `import-begun` once the import
 * has.
 */
export async function addPiece(ctx: WriteCtx, { importId, sort, place, text }: Piece): Promise<void> {
  const row = await lockedImport(ctx, importId)
  demandNotBegun(row.state)
  if (row.state !== 'filling') await row.update({ state: 'filling' })
  await ctx.sql(
    `insert into import_pieces (import_id, sort, place, text) values ($1, $2, $3, $4)
     on conflict (import_id, sort, place) do update set text = excluded.text`,
    [importId, sort, place, text],
  )
}

async function textOf(ctx: WriteCtx, importId: ImportId, sort: PieceSort): Promise<string> {
  const rows = await ctx.sql<{ text: string }>(
    'select text from import_pieces where import_id = $1 and sort = $2 order by place',
    [importId, sort],
  )
  return rows.map(row => row.text).join('')
}

interface Judged extends ReadRow {
  /** Who has the account, or the enrolment, already. */
  readonly accountId: AccountId | null
  readonly courseId: string | null
  readonly endsAt: string | null
  readonly was: Was | null
}

function courseError([found, other]: readonly CourseNamed[]): RowError | null {
  if (!found) return 'no-course'
  if (other) return 'many-courses'
  if (found.template) return 'course-template'
  return isOver(found.state) ? 'course-ended' : null
}

const pairOf = (person: string, courseId: string): string => `${person} ${courseId}`

/** Days of courses as instants, each worked out once: a list says the same day of hundreds. */
function clocks(now: Date) {
  const known = new Map<string, string | null>()
  const days = new Map<string, string>()
  return {
    startOf: (zone: string, day: string | null): string | null => {
      if (day === null) return null
      const key = `${zone} ${day}`
      const found = known.get(key) ?? instantIn(zone, day, '00:00') ?? null
      known.set(key, found)
      return found
    },
    today: (zone: string): string => {
      const found = days.get(zone) ?? dayIn(zone, now)
      days.set(zone, found)
      return found
    },
  }
}

/** Rows or addresses of one statement: what goes into one is put together in one turn. */
const rowsAStatement = 2_000

async function inPortions<T>(all: readonly string[], read: (some: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = []
  for (let at = 0; at < all.length; at += rowsAStatement)
    found.push(...(await read(all.slice(at, at + rowsAStatement))))
  return found
}

/** Whom the school knows of those in the lists: by the id of another system, else by address. */
async function whoIsKnown(ctx: WriteCtx, rows: readonly ReadRow[]) {
  const ids = [...new Set(rows.map(row => row.sourceId).filter(one => one !== ''))]
  const byId = new Map((await inPortions(ids, some => listKnownByIds(ctx, some))).map(one => [one.sourceId, one]))
  const emails = [...new Set(rows.map(row => row.email))]
  const byEmail = new Map((await inPortions(emails, some => listKnown(ctx, some))).map(one => [one.email, one]))
  return { byId, byEmail }
}

/** A row of people: who is known by an id is called as the list says from then on; who is known by the address stays. */
function judgePerson(row: ReadRow, { byId, byEmail }: Awaited<ReturnType<typeof whoIsKnown>>): Judged {
  const plain = { ...row, courseId: null, endsAt: null, was: null }
  if (row.error) return { ...plain, accountId: null }
  const [known, there] = [byId.get(row.sourceId), byEmail.get(row.email)]
  if (!known) return { ...plain, accountId: there?.id ?? null }
  if (there && there.id !== known.id) return { ...plain, error: 'email-taken', accountId: null }
  const { name, email } = known
  const same = name === row.name && email === row.email
  return { ...plain, accountId: known.id, was: same ? null : { name, email } }
}

/** Which rows the school can take: a query a portion of the people, and one for the courses. */
async function judge(ctx: WriteCtx, { people, enrolments }: { people: ReadRow[]; enrolments: ReadRow[] }) {
  const known = await whoIsKnown(ctx, [...people, ...enrolments])
  const judgedPeople = people.map(row => judgePerson(row, known))
  const names = [...new Set(enrolments.map(row => row.course.toLowerCase()))]
  const courses = await listCoursesNamed(ctx, names)
  const byName = new Map<string, CourseNamed[]>()
  for (const name of names) {
    const short = courses.filter(one => one.short === name)
    byName.set(name, short.length > 0 ? short : courses.filter(one => one.title === name))
  }
  // Whose address changes with this import is found by the new one.
  const byEmail = new Map(known.byEmail)
  for (const row of judgedPeople) {
    const one = known.byId.get(row.sourceId)
    if (one && row.error === null) byEmail.set(row.email, one)
  }
  const courseIds = courses.map(one => one.id)
  const accountIds = [...new Set([...byEmail.values(), ...known.byId.values()].map(one => one.id))]
  const enrolled = new Map<string, Date | null>()
  if (courses.length > 0)
    for (const one of await inPortions(accountIds, some => listEnrolled(ctx, some as AccountId[], courseIds)))
      enrolled.set(pairOf(one.accountId, one.courseId), one.endsAt)
  const coming = new Set(judgedPeople.filter(row => row.error === null).map(row => row.email))
  const { startOf, today } = clocks(ctx.now)
  const pairs = new Set<string>()
  const judgedEnrolments = enrolments.map((row): Judged => {
    const byId = row.email === '' ? known.byId.get(row.sourceId) : undefined
    const email = byId?.email ?? row.email
    const person = byId ?? byEmail.get(email)
    const found = byName.get(row.course.toLowerCase()) ?? []
    const courseId = found[0]?.id ?? ''
    const zone = found[0]?.timeZone ?? 'UTC'
    const endsAt = startOf(zone, row.endsOn)
    // A course may be named by its short name and by its title: it is one all the same.
    const pair = pairOf(email, courseId)
    const error =
      row.error ??
      (email === '' || (!person && !coming.has(email)) ? 'no-account' : null) ??
      courseError(found) ??
      (pairs.has(pair) ? 'twice' : null) ??
      (row.role?.staff && person?.suspended ? 'suspended' : null) ??
      (endsAt !== null && Date.parse(endsAt) <= ctx.now.getTime() ? 'over' : null) ??
      (row.beginsOn !== null && row.beginsOn > today(zone) ? 'begins-later' : null)
    const plain = { ...row, email, error, endsAt, was: null }
    if (error) return { ...plain, accountId: null, courseId: null }
    pairs.add(pair)
    const there = person && enrolled.get(pairOf(person.id, courseId))
    if (!person || there === undefined) return { ...plain, accountId: null, courseId }
    const before = there && new Date(there).toISOString()
    const was = endsAt === null || endsAt === before ? null : { endsAt: before }
    return { ...plain, accountId: person.id, courseId, was }
  })
  return { people: judgedPeople, enrolments: judgedEnrolments }
}

async function keepRows(ctx: WriteCtx, importId: ImportId, sort: 'people' | 'enrolments', all: readonly Judged[]) {
  for (let at = 0; at < all.length; at += rowsAStatement)
    await keepSome(ctx, importId, sort, all.slice(at, at + rowsAStatement))
}

/** The id of a role made here; null for those that every Lectern has. */
const customOf = ({ key, name }: ListedRole): string | null => (name === '' ? null : key)

async function keepSome(ctx: WriteCtx, importId: ImportId, sort: 'people' | 'enrolments', rows: readonly Judged[]) {
  await ctx.sql(
    `insert into import_rows
       (import_id, sort, line, name, email, role, custom, course_id, course, error, account_id, source_id, ends_at, was)
     select $1, $2, line, name, email, role, custom, course_id, course, error, account_id, source_id, ends_at, was
       from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::uuid[],
                   $11::text[], $12::timestamptz[], $13::jsonb[], $14::uuid[])
         as n(line, name, email, role, course_id, course, error, account_id, source_id, ends_at, was, custom)
     on conflict do nothing`,
    [
      importId,
      sort,
      rows.map(row => row.line),
      rows.map(row => row.name),
      rows.map(row => row.email),
      // A node of the version before, which knows no role made here, makes learners of them.
      rows.map(row => row.role && (customOf(row.role) === null ? row.role.key : 'learner')),
      rows.map(row => row.courseId),
      rows.map(row => row.course),
      rows.map(row => row.error),
      rows.map(row => row.accountId),
      rows.map(row => row.sourceId),
      rows.map(row => row.endsAt),
      rows.map(row => row.was && JSON.stringify(row.was)),
      rows.map(row => row.role && customOf(row.role)),
    ],
  )
}

// A school's lists take a second or two of work: between two steps this node does what else there is to do.
async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await setImmediate()
  }
}

/** Judges every row anew. Throws `not-found`, `malformed` with the list and line, `too-large`, `import-begun`. */
export async function checkImport(
  ctx: WriteCtx,
  importId: ImportId,
): Promise<{ import: SiteImport; unused: UnusedColumns[] }> {
  const row = await lockedImport(ctx, importId)
  demandNotBegun(row.state)
  const [people, enrolments, classes] = [
    await textOf(ctx, importId, 'people'),
    await textOf(ctx, importId, 'enrolments'),
    await textOf(ctx, importId, 'classes'),
  ]
  const judged = await judge(ctx, await inTurns(readLists({ people, enrolments, classes }, await listedRoles(ctx))))
  await ctx.sql('delete from import_rows where import_id = $1', [importId])
  await keepRows(ctx, importId, 'people', judged.people)
  await keepRows(ctx, importId, 'enrolments', judged.enrolments)
  const unused = (Object.entries({ people, enrolments, classes }) as [PieceSort, string][])
    .map(([sort, text]) => ({ sort, columns: unusedColumns(sort, text) }))
    .filter(one => one.columns.length > 0)
  await row.update({ state: 'checked', unused })
  return { import: await readImport(ctx, importId), unused }
}

/** Drops what was begun and not run for a day, with what was sent, and the names, of people and of files, in what is older than `namesKeptSince`. */
export async function dropUnused(ctx: WriteCtx): Promise<void> {
  await ctx.sql(
    `update import_rows set name = '', email = '', source_id = '', was = null
      where import_id in (select id from imports where created_at <= $1) and (name <> '' or email <> '')`,
    [namesKeptSince(ctx.now)],
  )
  await ctx.sql("update imports set files = '{}' where created_at <= $1 and files <> '{}'", [namesKeptSince(ctx.now)])
  const old = `select id from imports where state in ('filling', 'checked') and created_at < now() - interval '1 day'`
  await ctx.sql(`delete from import_pieces where import_id in (${old})`)
  await ctx.sql(`delete from import_rows where import_id in (${old})`)
  await ctx.sql("delete from imports where state in ('filling', 'checked') and created_at < now() - interval '1 day'")
}
