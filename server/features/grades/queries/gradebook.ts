// What is read of the gradebook: the table, a person's own grades, and what a computation needs. Changes nothing.
import type { AttemptsCount } from '#protocol/activities/attempts.ts'
import type { AttemptId, DeliveryId, DeliveryMode } from '#protocol/activities.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import type { Lateness } from '#protocol/grades/late.ts'
import { type Total, totalOf } from '#protocol/grades/total.ts'
import type { EmptyCell, GradeCell, GradeItem, GradeItemId, gradebookScope } from '#protocol/grades.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { type GradeItemRow, gradebooks, gradeItems } from '../tables.ts'
import { findGrading } from './grading.ts'
import { emptyCells } from './measured.ts'

/** A row as it travels. */
export const gradeItemOf = (row: GradeItemRow): GradeItem => ({
  id: row.id,
  title: row.title,
  points: decimalOf(tenThousandths(row.points)),
  participation: row.participation,
  correctness: row.correctness,
  policy: row.policy,
  catchUp: row.catchUp,
  marked: row.markedKind !== null && row.markedId !== null ? { kind: row.markedKind, refId: row.markedId } : null,
  held: row.heldAt !== null,
  releasesAt: row.releasesAt?.toISOString() ?? null,
  at: row.at.toISOString(),
  version: row.version,
})

/** The grade item, or `not-found`. */
export async function getGradeItem(_ctx: Ctx, gradeItemId: GradeItemId | string): Promise<GradeItemRow> {
  const row = await gradeItems.findByPk(gradeItemId, { raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Grade items of a course, oldest first. */
export async function listGradeItems(_ctx: Ctx, courseId: string): Promise<GradeItem[]> {
  const rows = await gradeItems.findAll({ where: { courseId }, order: [['id', 'asc']], raw: true })
  return rows.map(gradeItemOf)
}

/** Whether new columns of a course are held back. */
export const holdsNew = async (courseId: string): Promise<boolean> =>
  (await gradebooks.findByPk(courseId, { raw: true }))?.holds ?? false

/** The state of the staff's gradebook scope. */
export async function gradebookState(ctx: Ctx, courseId: string): Promise<StateOf<typeof gradebookScope>> {
  const book = await gradebooks.findByPk(courseId, { raw: true })
  return {
    items: await listGradeItems(ctx, courseId),
    changes: book?.changes ?? 0,
    holds: book?.holds ?? false,
    grading: await findGrading(courseId),
  }
}

/** Grade items that collect any of these deliveries, in the order in which they are to be locked. */
export async function gradeItemsOf(ctx: Ctx, deliveryIds: readonly DeliveryId[]): Promise<GradeItemId[]> {
  const rows = await ctx.sql<{ id: GradeItemId }>(
    'select distinct grade_item_id as id from grade_sources where delivery_id = any($1::uuid[]) order by 1',
    [[...deliveryIds]],
  )
  return rows.map(row => row.id)
}

/** Deliveries a grade item collects. */
export async function sourcesOf(ctx: Ctx, gradeItemId: GradeItemId): Promise<DeliveryId[]> {
  const rows = await ctx.sql<{ id: DeliveryId }>(
    'select delivery_id as id from grade_sources where grade_item_id = $1 order by 1',
    [gradeItemId],
  )
  return rows.map(row => row.id)
}

/** Who has a grade in a column. */
export async function listGraded(ctx: Ctx, gradeItemId: GradeItemId): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    'select account_id as id from grades where grade_item_id = $1 order by 1',
    [gradeItemId],
  )
  return rows.map(row => row.id)
}

interface CellRow {
  account_id: AccountId
  grade_item_id: GradeItemId
  score: string
  points: string
  answered: number
  asked: number
  modes: DeliveryMode[]
  caught_up: boolean
  late: Lateness | null
}

/** SQL: what the late policy made of grade `g`, as it travels; null where it did nothing. */
export const latenessSql = `
  case when g.missing then jsonb_build_object('is', 'missing')
       when g.given is not null then jsonb_build_object('is', 'late', 'given', trim_scale(g.given)::text,
         'deducted', trim_scale(g.given - g.score)::text, 'seconds', g.late_seconds, 'waived', g.waived)
  end as late`

/** The cells of these people in one course, by account. One query. */
export async function cellsOf(
  ctx: Ctx,
  courseId: string,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, GradeCell[]>> {
  const rows = await ctx.sql<CellRow>(
    `select g.account_id, g.grade_item_id, trim_scale(g.score)::text as score, trim_scale(g.points)::text as points,
            g.answered, g.asked, g.modes, g.caught_up, ${latenessSql}
       from grades g join grade_items i on i.id = g.grade_item_id
      where i.course_id = $1 and g.account_id = any($2::uuid[]) order by g.grade_item_id`,
    [courseId, [...accountIds]],
  )
  const cells = new Map<AccountId, GradeCell[]>()
  for (const { account_id: accountId, grade_item_id: gradeItemId, caught_up: caughtUp, ...cell } of rows)
    cells.set(accountId, [...(cells.get(accountId) ?? []), { gradeItemId, ...cell, caughtUp }])
  return cells
}

/** One person's cell in one column; undefined for none. One query. */
export async function cellIn(
  ctx: Ctx,
  gradeItemId: GradeItemId,
  accountId: AccountId,
): Promise<{ score: string; late: Lateness | null } | undefined> {
  const [row] = await ctx.sql<{ score: string; late: Lateness | null }>(
    `select trim_scale(g.score)::text as score, ${latenessSql} from grades g
      where g.grade_item_id = $1 and g.account_id = $2`,
    [gradeItemId, accountId],
  )
  return row
}

export interface TableRow {
  accountId: AccountId
  name: string
  kind: 'member' | 'guest'
  cells: GradeCell[]
  /** One for each grade item without a cell. */
  empty: EmptyCell[]
  /** Null where nothing counts. */
  total: Total | null
}

/**
 * Learners of the course and everybody with a grade in it, guests too, by name. Eleven queries a page, and those of
 * what is marked. Throws `malformed` for a cursor that is none.
 */
export async function gradeTable(
  ctx: Ctx,
  input: { courseId: string; search?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: TableRow[]; next?: string }> {
  const after = readKeyset(input.after)
  const search = input.search?.trim()
  const rows = await ctx.sql<{ id: AccountId; name: string; kind: 'member' | 'guest'; sort: string }>(
    `with people as (
       select e.account_id as id from enrolments e
         join role_assignments r
           on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
        where e.course_id = $1 and e.ended_at is null and r.role = 'learner'
       union
       select g.account_id from grades g join grade_items i on i.id = g.grade_item_id where i.course_id = $1
     )
     select a.id, a.name, a.kind, lower(a.name) as sort from people p join accounts a on a.id = p.id
      where ($2::text is null or a.name ilike $2) and ($3::text is null or (lower(a.name), a.id) > ($3, $4::uuid))
      order by lower(a.name), a.id limit $5`,
    [input.courseId, containing(search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  const shown = rows.slice(0, input.limit)
  const ids = shown.map(row => row.id)
  const cells = await cellsOf(ctx, input.courseId, ids)
  const columns = (await listGradeItems(ctx, input.courseId)).map(one => one.id)
  const whyEmpty = await emptyCells(ctx, input.courseId, columns, ids)
  const { total, categories } = await findGrading(input.courseId)
  const emptyOf = (id: AccountId) => {
    const have = new Set(cells.get(id)?.map(one => one.gradeItemId))
    return columns.filter(one => !have.has(one)).map(one => whyEmpty(one, id))
  }
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      accountId: row.id,
      name: row.name,
      kind: row.kind,
      cells: cells.get(row.id) ?? [],
      empty: emptyOf(row.id),
      total: totalOf({ by: total.by, categories }, cells.get(row.id) ?? []),
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

export interface EvidenceEntry {
  readonly accountId: AccountId
  readonly deliveryId: DeliveryId
  readonly mode: DeliveryMode
  readonly itemId: string
  readonly answered: boolean
  readonly score: string | null
  readonly responseId: string | null
  readonly attemptId: AttemptId
  readonly attempt: number
  /** Of this person's attempts at that delivery it is the one that counts. */
  readonly counts: boolean
  readonly rule: AttemptsCount
}

/**
 * The evidence of these people (null: of everybody) in these deliveries: of the attempts that count, which is what a grade is
 * made of, or of all. One query.
 */
export async function evidenceIn(
  ctx: Ctx,
  deliveryIds: readonly DeliveryId[],
  accountIds: readonly AccountId[] | null,
  of: 'counting' | 'all' = 'counting',
): Promise<EvidenceEntry[]> {
  return ctx.sql<EvidenceEntry>(
    `select e.account_id as "accountId", e.delivery_id as "deliveryId", d.mode, e.item_id as "itemId", e.answered,
            trim_scale(e.score)::text as score, e.response_id as "responseId", e.attempt_id as "attemptId",
            t.number as attempt, t.counts, d.attempts_counts as rule
       from evidence e join deliveries d on d.id = e.delivery_id join attempts t on t.id = e.attempt_id
      where e.delivery_id = any($1::uuid[]) and ($2::uuid[] is null or e.account_id = any($2::uuid[]))
        and (t.counts or $3)
      order by e.account_id, t.number`,
    [[...deliveryIds], accountIds && [...accountIds], of === 'all'],
  )
}
