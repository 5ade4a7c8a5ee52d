// An import before it runs: begun, filled piece by piece, checked. Nothing outside its own tables is written.
import { setImmediate } from 'node:timers/promises'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { isOver } from '#protocol/courses.ts'
import type { ImportFiles, ImportId, PieceSort, RowError, SiteImport, UnusedColumns } from '#protocol/imports.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type CourseNamed, type Known, listCoursesNamed, listEnrolled, listKnown, readImport } from '../queries.ts'
import { demandNotBegun, namesKeptSince, type ReadRow, readLists, unusedColumns } from '../rules.ts'
import { imports } from '../tables.ts'

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
}

function courseError([found, other]: readonly CourseNamed[]): RowError | null {
  if (!found) return 'no-course'
  if (other) return 'many-courses'
  if (found.template) return 'course-template'
  return isOver(found.state) ? 'course-ended' : null
}

const pairOf = (person: string, courseId: string): string => `${person} ${courseId}`

/** Rows or addresses of one statement: what goes into one is put together in one turn. */
const rowsAStatement = 2_000

/** Which rows the school can take: a query a portion of the addresses, and one for the courses. */
async function judge(ctx: WriteCtx, { people, enrolments }: { people: ReadRow[]; enrolments: ReadRow[] }) {
  const emails = [...new Set([...people, ...enrolments].map(row => row.email))]
  const known: Known[] = []
  for (let at = 0; at < emails.length; at += rowsAStatement)
    known.push(...(await listKnown(ctx, emails.slice(at, at + rowsAStatement))))
  const names = [...new Set(enrolments.map(row => row.course.toLowerCase()))]
  const courses = await listCoursesNamed(ctx, names)
  const byName = new Map<string, CourseNamed[]>()
  for (const name of names) {
    const short = courses.filter(one => one.short === name)
    byName.set(name, short.length > 0 ? short : courses.filter(one => one.title === name))
  }
  const courseIds = courses.map(one => one.id)
  const enrolled = new Set<string>()
  for (let at = 0; at < known.length && courses.length > 0; at += rowsAStatement) {
    const some = known.slice(at, at + rowsAStatement).map(one => one.id)
    for (const one of await listEnrolled(ctx, some, courseIds)) enrolled.add(pairOf(one.accountId, one.courseId))
  }
  const byEmail = new Map(known.map(one => [one.email, one]))
  const coming = new Set(people.filter(row => row.error === null).map(row => row.email))
  const judgedPeople = people.map((row): Judged => {
    const there = byEmail.get(row.email)
    return { ...row, accountId: row.error ? null : (there?.id ?? null), courseId: null }
  })
  const pairs = new Set<string>()
  const judgedEnrolments = enrolments.map((row): Judged => {
    const person = byEmail.get(row.email)
    const found = byName.get(row.course.toLowerCase()) ?? []
    const staff = row.role === 'instructor' || row.role === 'assistant'
    const courseId = found[0]?.id ?? ''
    // A course may be named by its short name and by its title: it is one all the same.
    const pair = pairOf(row.email, courseId)
    const error =
      row.error ??
      (!person && !coming.has(row.email) ? 'no-account' : null) ??
      courseError(found) ??
      (pairs.has(pair) ? 'twice' : null) ??
      (staff && person?.suspended ? 'suspended' : null)
    if (error) return { ...row, error, accountId: null, courseId: null }
    pairs.add(pair)
    const there = person !== undefined && enrolled.has(pairOf(person.id, courseId))
    return { ...row, error, accountId: there ? person.id : null, courseId }
  })
  return { people: judgedPeople, enrolments: judgedEnrolments }
}

async function keepRows(ctx: WriteCtx, importId: ImportId, sort: 'people' | 'enrolments', all: readonly Judged[]) {
  for (let at = 0; at < all.length; at += rowsAStatement)
    await keepSome(ctx, importId, sort, all.slice(at, at + rowsAStatement))
}

async function keepSome(ctx: WriteCtx, importId: ImportId, sort: 'people' | 'enrolments', rows: readonly Judged[]) {
  await ctx.sql(
    `insert into import_rows (import_id, sort, line, name, email, role, course_id, course, error, account_id)
     select $1, $2, line, name, email, role, course_id, course, error, account_id
       from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::uuid[])
         as n(line, name, email, role, course_id, course, error, account_id)
     on conflict do nothing`,
    [
      importId,
      sort,
      rows.map(row => row.line),
      rows.map(row => row.name),
      rows.map(row => row.email),
      rows.map(row => row.role),
      rows.map(row => row.courseId),
      rows.map(row => row.course),
      rows.map(row => row.error),
      rows.map(row => row.accountId),
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
  const judged = await judge(ctx, await inTurns(readLists({ people, enrolments, classes })))
  await ctx.sql('delete from import_rows where import_id = $1', [importId])
  await keepRows(ctx, importId, 'people', judged.people)
  await keepRows(ctx, importId, 'enrolments', judged.enrolments)
  await row.update({ state: 'checked' })
  const unused = (Object.entries({ people, enrolments, classes }) as [PieceSort, string][])
    .map(([sort, text]) => ({ sort, columns: unusedColumns(sort, text) }))
    .filter(one => one.columns.length > 0)
  return { import: await readImport(ctx, importId), unused }
}

/** Drops what was begun and not run for a day, with what was sent, and the names, of people and of files, in what is older than `namesKeptSince`. */
export async function dropUnused(ctx: WriteCtx): Promise<void> {
  await ctx.sql(
    `update import_rows set name = '', email = ''
      where import_id in (select id from imports where created_at <= $1) and (name <> '' or email <> '')`,
    [namesKeptSince(ctx.now)],
  )
  await ctx.sql("update imports set files = '{}' where created_at <= $1 and files <> '{}'", [namesKeptSince(ctx.now)])
  const old = `select id from imports where state in ('filling', 'checked') and created_at < now() - interval '1 day'`
  await ctx.sql(`delete from import_pieces where import_id in (${old})`)
  await ctx.sql(`delete from import_rows where import_id in (${old})`)
  await ctx.sql("delete from imports where state in ('filling', 'checked') and created_at < now() - interval '1 day'")
}
