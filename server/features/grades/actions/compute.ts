// Computes grades from the evidence: one read and one write whatever the size of the class; announces the gradebook
// once. Asks no rights.
import * as z from 'zod/mini'
import type { DeliveryId } from '#protocol/activities.ts'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import type { Lateness } from '#protocol/grades/late.ts'
import { type GradeItemId, gradebookScope, gradeItemId } from '#protocol/grades.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { evidenceIn, getGradeItem, gradeItemsOf, sourcesOf } from '../queries/gradebook.ts'
import { measureOf } from '../queries/measured.ts'
import { type EvidenceOf, type GradeOf, gradeOf } from '../rules.ts'
import type { GradeItemRow } from '../tables.ts'

/** Counts one change of a course's gradebook; changes of one gradebook go one after the other from here on. */
export async function countChange(ctx: WriteCtx, courseId: string): Promise<number> {
  const [row] = await ctx.sql<{ changes: number }>(
    `insert into gradebooks (course_id, changes) values ($1, 1)
     on conflict (course_id) do update set changes = gradebooks.changes + 1 returning changes`,
    [courseId],
  )
  return row?.changes ?? 0
}

/** The grade item, locked to the commit: one computation of a column after the other. Throws `not-found`. */
export async function lockGradeItem(ctx: WriteCtx, gradeItemId: GradeItemId | string): Promise<GradeItemRow> {
  await ctx.sql('select id from grade_items where id = $1 for no key update', [gradeItemId])
  return getGradeItem(ctx, gradeItemId)
}

/** Every grade item of a course, locked to the commit. */
export const lockGradeItems = (ctx: WriteCtx, courseId: string) =>
  ctx.sql('select id from grade_items where course_id = $1 order by id for no key update', [courseId])

/**
 * Computes the grades of these people, or of everybody with evidence, from what the item collects; of a column that is
 * marked there is nothing to compute. Somebody named of whom there is no evidence has no grade afterwards. Returns those whose grade is another one now. Announces the gradebook once, and tells the learners by jobs; nothing when nothing changed. Throws `not-found`.
 */
export async function computeGrades(
  ctx: WriteCtx,
  gradeItemId: GradeItemId | string,
  accountIds?: readonly AccountId[],
): Promise<AccountId[]> {
  const row = await lockGradeItem(ctx, gradeItemId)
  if (row.markedKind !== null) return []
  const deliveryIds = await sourcesOf(ctx, row.id)
  const measure = await measureOf(ctx, deliveryIds, accountIds ?? null)
  const evidence = new Map<AccountId, EvidenceOf[]>()
  for (const one of await evidenceIn(ctx, deliveryIds, accountIds ?? null)) {
    const known = evidence.get(one.accountId)
    if (known) known.push(one)
    else evidence.set(one.accountId, [one])
  }
  const computed = [...evidence].flatMap(([accountId, rows]) => {
    const settled = new Set(rows.map(one => `${one.deliveryId}/${one.itemId}`))
    const { asked, replaced } = measure(accountId, settled)
    const grade = gradeOf(row, asked, rows)
    return grade ? [{ accountId, grade, caughtUp: replaced }] : []
  })
  const graded = new Set(computed.map(one => one.accountId))
  const without = [...(accountIds ?? []), ...evidence.keys()].filter(id => !graded.has(id))
  const changed = [...(await upsert(ctx, row, computed)), ...(await drop(ctx, row, without))]
  if (changed.length === 0) return []
  const changes = await countChange(ctx, row.courseId)
  ctx.announce(gradebookScope, row.courseId, { kind: 'gradesComputed', body: { gradeItemId: row.id, changes } })
  await tellGrades(ctx, changed)
  return changed
}

/** A class is told by jobs of a job, so that the computation does not write one for every four people of it. */
const fewPeople = 20
const peopleAJob = 200

const tellData = z.object({ accountIds: z.array(accountId) })

/** Says it to a part of a large class. */
export const tellJob: JobBinding = {
  name: 'grades.tell',
  run: async (ctx, data) => bumpUsers(ctx, z.parse(tellData, data).accountIds, 'grades'),
}

type GradesHeard = (ctx: WriteCtx, accountIds: readonly AccountId[]) => Promise<void>

const heard: GradesHeard[] = []

/** Has a later feature told whose grades read differently now, in the same transaction, whoever of them is here or not. */
export const onGradesTold = (hear: GradesHeard): void => void heard.push(hear)

/** Says to these people that their own grades read differently now. */
export async function tellGrades(ctx: WriteCtx, accountIds: readonly AccountId[]): Promise<void> {
  for (const hear of heard) await hear(ctx, accountIds)
  if (accountIds.length <= fewPeople) return bumpUsers(ctx, accountIds, 'grades')
  for (let at = 0; at < accountIds.length; at += peopleAJob)
    await ctx.enqueue(tellJob, { accountIds: accountIds.slice(at, at + peopleAJob) })
}

const computeData = z.object({ gradeItemId, accountIds: z.array(accountId) })

/** Computes one item for few people, later. */
export const computeJob: JobBinding = {
  name: 'grades.compute',
  run: async (ctx, data) => {
    const given = z.parse(computeData, data)
    await computeGrades(ctx, given.gradeItemId, given.accountIds)
  },
}

/** Writes grades down; answers whose is another one now. */
export async function upsert(
  ctx: WriteCtx,
  row: GradeItemRow,
  computed: readonly {
    accountId: AccountId
    grade: Omit<GradeOf, 'parts'>
    caughtUp: boolean
    late?: Lateness | null | undefined
  }[],
): Promise<AccountId[]> {
  if (computed.length === 0) return []
  const written = await ctx.sql<{ account_id: AccountId; replaced: boolean }>(
    `insert into grades (grade_item_id, account_id, score, points, answered, asked, modes, caught_up, given, late_seconds,
                         waived, missing, computed_at)
     select $1, account_id, score, points, answered, asked, string_to_array(modes, ' '), caught_up, given, late_seconds,
            waived, missing, $9
       from unnest($2::uuid[], $3::numeric[], $4::numeric[], $5::int[], $6::int[], $7::text[], $8::boolean[],
                   $10::numeric[], $11::int[], $12::boolean[], $13::boolean[])
         as g(account_id, score, points, answered, asked, modes, caught_up, given, late_seconds, waived, missing)
      order by account_id
     on conflict (grade_item_id, account_id) do update
       set score = excluded.score, points = excluded.points, answered = excluded.answered, asked = excluded.asked,
           modes = excluded.modes, caught_up = excluded.caught_up, given = excluded.given,
           late_seconds = excluded.late_seconds, waived = excluded.waived, missing = excluded.missing,
           computed_at = excluded.computed_at
      where (grades.score, grades.points, grades.answered, grades.asked, grades.modes, grades.caught_up, grades.given,
             grades.late_seconds, grades.waived, grades.missing)
            is distinct from (excluded.score, excluded.points, excluded.answered, excluded.asked, excluded.modes,
                              excluded.caught_up, excluded.given, excluded.late_seconds, excluded.waived,
                              excluded.missing)
     returning account_id, xmax::text <> '0' as replaced`,
    [
      row.id,
      computed.map(one => one.accountId),
      computed.map(one => one.grade.score),
      computed.map(one => one.grade.points),
      computed.map(one => one.grade.answered),
      computed.map(one => one.grade.asked),
      computed.map(one => one.grade.modes.join(' ')),
      computed.map(one => one.caughtUp),
      ctx.now,
      computed.map(({ late }) => (late?.is === 'late' ? late.given : null)),
      computed.map(({ late }) => (late?.is === 'late' ? late.seconds : null)),
      computed.map(({ late }) => late?.is === 'late' && late.waived),
      computed.map(({ late }) => late?.is === 'missing'),
    ],
  )
  const replaced = written.filter(one => one.replaced).length
  if (replaced > 0)
    await audit.record(ctx, {
      verb: 'grades.changed',
      subject: { kind: 'grade-item', id: row.id },
      context: courseContext(row.courseId),
      details: { count: replaced },
    })
  return written.map(one => one.account_id)
}

/** Takes grades away; answers whose there was one. */
export async function drop(ctx: WriteCtx, row: GradeItemRow, accountIds: readonly AccountId[]): Promise<AccountId[]> {
  if (accountIds.length === 0) return []
  const gone = await ctx.sql<{ account_id: AccountId }>(
    'delete from grades where grade_item_id = $1 and account_id = any($2::uuid[]) returning account_id',
    [row.id, [...accountIds]],
  )
  if (gone.length > 0)
    await audit.record(ctx, {
      verb: 'grades.changed',
      subject: { kind: 'grade-item', id: row.id },
      context: courseContext(row.courseId),
      details: { count: gone.length },
    })
  return gone.map(one => one.account_id)
}

/**
 * Computes every grade item that collects one of these deliveries, for these people or everybody with evidence. Throws
 * `not-found`.
 */
export async function computeGradesOf(
  ctx: WriteCtx,
  deliveryIds: readonly DeliveryId[],
  accountIds?: readonly AccountId[],
): Promise<void> {
  for (const id of await gradeItemsOf(ctx, deliveryIds)) await computeGrades(ctx, id, accountIds)
}
