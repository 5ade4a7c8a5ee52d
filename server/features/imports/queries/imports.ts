// How imports stand: their counts, and the rows that were not taken.
import { dayIn } from '#protocol/base/days.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseLife } from '#protocol/courses.ts'
import type { ImportedRow, ImportFiles, ImportId, ImportState, SiteImport, UnusedColumns } from '#protocol/imports.ts'
import { accountState } from '#server/features/accounts/index.ts'
import type { EnrolledKey } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor, readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import type { Was } from '../tables.ts'

interface Row {
  readonly id: ImportId
  readonly state: ImportState
  readonly author: string
  readonly createdAt: Date
  readonly finishedAt: Date | null
  readonly files: ImportFiles
  readonly unused: UnusedColumns[]
}

interface CountRow {
  readonly importId: ImportId
  readonly sort: 'people' | 'enrolments'
  readonly rows: number
  readonly made: number
  readonly wasThere: number
  readonly errors: number
  readonly handled: number
  readonly takenBack: number
  readonly changed: number
}

const none = { rows: 0, made: 0, wasThere: 0, changed: 0, errors: 0, handled: 0, takenBack: 0 }

/** SQL: whether a row changes what is there, or did. */
const changedSql = `(coalesce(outcome, '') = 'changed' or (outcome is null and was is not null and i.state not in ('cancelled', 'undoing', 'undone')))`

async function withCounts(ctx: Ctx, rows: readonly Row[]): Promise<SiteImport[]> {
  const counted = await ctx.sql<CountRow>(
    `select import_id as "importId", sort, count(*)::int as rows,
       count(*) filter (where error is null and (outcome = 'made' or
         (outcome is null and account_id is null and i.state not in ('cancelled', 'undoing', 'undone'))))::int as made,
       count(*) filter (where error is null and ${changedSql})::int as changed,
       count(*) filter (where error is null and not ${changedSql}
         and (outcome = 'was there' or (outcome is null and account_id is not null)))::int as "wasThere",
       count(*) filter (where error is not null)::int as errors,
       count(*) filter (where outcome is not null or error is not null)::int as handled,
       count(*) filter (where outcome = 'left out' and error is null and account_id is not null)::int as "takenBack"
     from import_rows join imports i on i.id = import_id where import_id = any($1::uuid[]) group by import_id, sort`,
    [rows.map(row => row.id)],
  )
  const of = (id: ImportId, sort: CountRow['sort']) =>
    counted.find(one => one.importId === id && one.sort === sort) ?? none
  return rows.map(row => ({
    id: row.id,
    state: row.state,
    author: row.author,
    files: row.files,
    unused: row.unused,
    createdAt: new Date(row.createdAt).toISOString(),
    finishedAt: row.finishedAt ? new Date(row.finishedAt).toISOString() : null,
    people: of(row.id, 'people'),
    enrolments: of(row.id, 'enrolments'),
  }))
}

const columns = `select i.id, i.state, a.name as author, i.created_at as "createdAt", i.finished_at as "finishedAt", i.files, i.unused
  from imports i join accounts a on a.id = i.author`

/** One import with its counts. Throws `not-found`. */
export async function readImport(ctx: Ctx, id: ImportId): Promise<SiteImport> {
  const [found] = await withCounts(ctx, await ctx.sql<Row>(`${columns} where i.id = $1`, [id]))
  demand(found !== undefined, 'not-found')
  return found
}

/** Imports that were checked, the latest first. Throws `malformed` for a cursor that is none. */
export async function listImports(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<SiteImport>> {
  const rows = await ctx.sql<Row>(
    `${columns} where i.state <> 'filling' and ($1::uuid is null or i.id < $1) order by i.id desc limit $2`,
    [readIdCursor(after), limit + 1],
  )
  const last = rows.slice(0, limit).at(-1)
  return {
    items: await withCounts(ctx, rows.slice(0, limit)),
    ...(rows.length > limit && last ? { next: last.id } : {}),
  }
}

interface Taken {
  readonly importId: ImportId
  readonly sort: 'people' | 'enrolments'
  readonly only?: 'differing' | 'changing' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

// The role somebody has in the course of a row; of several the one that the list names.
const roleThereSql = `select h.role as key, coalesce(h.counts_as, h.role) as word from roles_held h
  where h.account_id = r.account_id and h.context_kind = 'course' and h.context_id = r.course_id
    and coalesce(h.counts_as, h.role) in ('instructor', 'assistant', 'learner')
  order by h.role = coalesce(r.custom::text, r.role) desc, h.assigned_at limit 1`

// Whether a row is about somebody who is there already, and stays as they are.
const staysSql = `case
  when r.sort = 'people' and (r.outcome = 'changed' or (r.outcome is null and r.was is not null)) then false
  when r.sort = 'enrolments' and r.outcome = 'changed' then true
  else r.outcome is not distinct from 'was there' or (r.outcome is null and r.account_id is not null) end`

// A role made here, by its key and its name; null for one that every Lectern has.
const madeHereSql = (key: string) =>
  `(select jsonb_build_object('key', m.id, 'name', m.name) from custom_roles m where m.id::text = ${key})`

interface TakenRow extends Omit<ImportedRow, 'endsOn' | 'was'> {
  readonly differs: boolean
  readonly endsAt: Date | null
  readonly was: Was | null
  readonly zone: string
}

/** The last day of a time that ends at that moment, by the clocks of a place. */
const lastDay = (endsAt: Date | string | null, zone: string): string | null =>
  endsAt === null ? null : dayIn(zone, new Date(endsAt).getTime() - 1)

/**
 * Rows of one list that are taken, by line: courses by their title, the enrolled by the name they have or get. Names go
 * in time, and what has none any more differs in nothing. Throws `malformed` for a cursor that is none.
 */
export async function listTaken(ctx: Ctx, { importId, sort, only, after, limit }: Taken): Promise<Page<ImportedRow>> {
  const cursor = readKeyset(after)
  const rows = await ctx.sql<TakenRow>(
    `select * from (
       select r.sort, r.line, coalesce(case when r.sort = 'people' then nullif(r.name, '') else a.name end, p.name, '') as name,
         r.email, r.role, ${madeHereSql('r.custom::text')} as custom, coalesce(c.title, r.course) as course, r.error,
         case when not stays.it then null when r.sort = 'people' then k.name else coalesce(h.word, r.role) end as there,
         case when stays.it then ${madeHereSql('coalesce(h.key, r.custom::text)')} end as "thereCustom",
         stays.it and case when r.sort = 'people' then k.name <> r.name else h.key <> coalesce(r.custom::text, r.role) end as differs,
         r.ends_at as "endsAt", coalesce(c.time_zone, 'UTC') as zone, case when r.outcome in ('was there', 'left out', 'made') then null else r.was end as was
       from import_rows r
       left join import_rows p on r.sort = 'enrolments' and p.import_id = r.import_id and p.sort = 'people'
         and p.email = r.email and p.error is null
       left join accounts a on lower(a.email) = r.email and a.erased_at is null
       left join accounts k on k.id = r.account_id and k.erased_at is null
       left join courses c on c.id = r.course_id
       left join lateral (${roleThereSql}) h on r.sort = 'enrolments'
       cross join lateral (select ${staysSql} as it) stays
       where r.import_id = $1 and r.sort = $2 and r.error is null and ($3::text is null or lpad(r.line::text, 8, '0') > $3)
     ) as taken
     where case $4 when 'differing' then email <> '' and differs
       when 'changing' then was is not null else true end
     order by line limit $5`,
    [importId, sort, cursor?.[0] ?? null, only ?? '', limit + 1],
  )
  const items = rows.slice(0, limit).map(({ differs: _, endsAt, zone, was, ...row }): ImportedRow => {
    const { endsAt: before, ...named } = was ?? {}
    const endsOn = before === undefined ? {} : { endsOn: lastDay(before, zone) }
    return { ...row, endsOn: lastDay(endsAt, zone), was: was && { ...named, ...endsOn } }
  })
  const last = items.at(-1)
  const next = rows.length > limit && last ? { next: writeKeyset(String(last.line).padStart(8, '0'), importId) } : {}
  return { items, ...next }
}

/** What imports are called in the trail: the minute they were begun, for they have no name. */
export async function importNames(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.sql<{ id: string; name: string }>(
    `select id, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') as name from imports
      where id = any($1::uuid[])`,
    [[...ids]],
  )
  return new Map(rows.map(row => [row.id, row.name]))
}

export interface WaitingPerson {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string | null
}

/**
 * People of one import who have nothing to sign in with, by the line of its list. Throws `not-found`, and `malformed`
 * for a cursor that is none.
 */
export async function listWaiting(
  ctx: Ctx,
  { importId, after, limit }: { importId: ImportId; after?: string | undefined; limit: number },
): Promise<Page<WaitingPerson>> {
  await readImport(ctx, importId)
  const cursor = readKeyset(after)
  const rows = await ctx.sql<WaitingPerson & { place: string }>(
    `select a.id as "accountId", a.name, a.email, lpad(r.line::text, 8, '0') as place
       from import_rows r join accounts a on a.id = r.account_id
      where r.import_id = $1 and r.sort = 'people' and r.error is null and r.outcome in ('made', 'changed', 'was there')
        and a.erased_at is null and a.merged_into is null and ${accountState()} = 'waiting'
        and ($2::text is null or lpad(r.line::text, 8, '0') > $2)
      order by place limit $3`,
    [importId, cursor?.[0] ?? null, limit + 1],
  )
  const last = rows.slice(0, limit).at(-1)
  return {
    items: rows.slice(0, limit).map(({ accountId, name, email }) => ({ accountId, name, email })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.place, importId) } : {}),
  }
}

export interface Known {
  readonly id: AccountId
  readonly name: string
  readonly email: string
  readonly suspended: boolean
}

interface Enrolled {
  readonly accountId: AccountId
  readonly courseId: string
  readonly endsAt: Date | null
}

/** Who of these people is in which of these courses, and until when. */
export const listEnrolled = (
  ctx: Ctx,
  accountIds: readonly AccountId[],
  courseIds: readonly string[],
): Promise<Enrolled[]> =>
  ctx.sql<Enrolled>(
    `select account_id as "accountId", course_id as "courseId", ends_at as "endsAt" from enrolments
      where account_id = any($1::uuid[]) and course_id = any($2::uuid[]) and ended_at is null`,
    [[...accountIds], [...courseIds]],
  )

/** The members who have one of these addresses, given in small letters. */
export const listKnown = (ctx: Ctx, emails: readonly string[]): Promise<Known[]> =>
  ctx.sql<Known>(
    `select id, name, lower(email) as email, suspended_at is not null as suspended from accounts
      where lower(email) = any($1::text[]) and kind = 'member' and erased_at is null`,
    [[...emails]],
  )

/** The members whom the school knows by one of these ids of another system. */
export const listKnownByIds = (ctx: Ctx, ids: readonly string[]): Promise<(Known & { sourceId: string })[]> =>
  ctx.sql<Known & { sourceId: string }>(
    `select s.source_id as "sourceId", a.id, a.name, coalesce(lower(a.email), '') as email, a.suspended_at is not null as suspended
       from source_ids s join accounts a on a.id = s.account_id and a.kind = 'member' and a.erased_at is null
      where s.source_id = any($1::text[])`,
    [[...ids]],
  )

export interface CourseNamed {
  readonly id: string
  readonly timeZone: string
  readonly state: CourseLife
  readonly template: boolean
  readonly short: string
  readonly title: string
}

/** Courses that are called by one of these names, short or long, given in small letters. */
export const listCoursesNamed = (ctx: Ctx, names: readonly string[]): Promise<CourseNamed[]> =>
  ctx.sql<CourseNamed>(
    `select id, time_zone as "timeZone", state, template, lower(short_name) as short, lower(title) as title from courses
      where removed_at is null and (lower(short_name) = any($1::text[]) or lower(title) = any($1::text[]))`,
    [[...names]],
  )

export interface EnrolRow {
  readonly line: number
  readonly role: EnrolledKey
  readonly courseId: string
  readonly accountId: AccountId | null
  readonly endsAt: Date | null
}

/** The next rows of one course that wait to be enrolled, with whom they mean by now. */
export const listNextEnrolments = (ctx: Ctx, id: ImportId, most: number): Promise<EnrolRow[]> =>
  ctx.sql<EnrolRow>(
    `select r.line, coalesce(r.custom::text, r.role) as role, r.course_id as "courseId", a.id as "accountId", r.ends_at as "endsAt" from import_rows r
       left join accounts a on lower(a.email) = r.email and a.erased_at is null
      where r.import_id = $1 and r.sort = 'enrolments' and r.outcome is null and r.error is null
        and r.course_id = (select course_id from import_rows
          where import_id = $1 and sort = 'enrolments' and outcome is null and error is null order by course_id limit 1)
      order by r.line limit $2`,
    [id, most],
  )
