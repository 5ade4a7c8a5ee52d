// Writes the gradebook: grade items, what they collect, and the grades computed from the evidence. A computation is one
// read and one write whatever the size of the class; it announces the gradebook once. Asks no rights.
import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type GradeItem, type GradeItemId, gradebookScope } from '#protocol/grades.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { askedItems, getActivity, getDelivery } from '#server/features/activities/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse } from '#server/features/courses/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { evidenceIn, getGradeItem, gradeItemOf, gradeItemsOf, sourcesOf } from './queries/gradebook.ts'
import { heldFor } from './queries/held.ts'
import { type EvidenceOf, type GradeOf, gradeOf, weightsOf } from './rules.ts'
import { type GradeItemRow, gradeItems } from './tables.ts'

/** Shares of a new grade item until somebody weighs it. */
const evenly = { participation: 50, correctness: 50 } as const

/** Counts one change of a course's gradebook; changes of one gradebook go one after the other from here on. */
async function countChange(ctx: WriteCtx, courseId: string): Promise<number> {
  const [row] = await ctx.sql<{ changes: number }>(
    `insert into gradebooks (course_id, changes) values ($1, 1)
     on conflict (course_id) do update set changes = gradebooks.changes + 1 returning changes`,
    [courseId],
  )
  return row?.changes ?? 0
}

async function announceItem(ctx: WriteCtx, row: GradeItemRow): Promise<GradeItem> {
  const item = gradeItemOf(row)
  const changes = await countChange(ctx, row.courseId)
  ctx.announce(gradebookScope, row.courseId, { kind: 'gradeItemChanged', body: { item, changes } })
  return item
}

export interface NewGradeItem {
  courseId: string
  title: string
  /** A decimal string; 10 when left out. */
  points?: string | undefined
  participation?: number | undefined
  correctness?: number | undefined
  policy?: GradeItem['policy'] | undefined
}

/** Adds a column to a course's gradebook. Throws `not-found`, or `malformed` when the shares do not make 100. */
export async function createGradeItem(ctx: WriteCtx, given: NewGradeItem): Promise<GradeItem> {
  const course = await getCourse(ctx, given.courseId)
  const row: GradeItemRow = {
    id: newId<'GradeItem'>(),
    courseId: course.id,
    title: given.title,
    points: given.points ?? '10',
    ...weightsOf(evenly, given),
    policy: given.policy ?? 'better',
    version: 0,
    at: ctx.now,
  }
  await gradeItems.create(row)
  await audit.record(ctx, {
    verb: 'grade-item.created',
    subject: { kind: 'grade-item', id: row.id },
    context: courseContext(course.id),
    details: { title: row.title, points: row.points },
  })
  return announceItem(ctx, row)
}

async function lockGradeItem(ctx: WriteCtx, gradeItemId: GradeItemId | string): Promise<GradeItemRow> {
  await ctx.sql('select id from grade_items where id = $1 for no key update', [gradeItemId])
  return getGradeItem(ctx, gradeItemId)
}

/** Changes title, points, shares or policy, and computes every grade anew. Throws `conflict`, `malformed`. */
export async function changeGradeItem(
  ctx: WriteCtx,
  given: { gradeItemId: GradeItemId; version: number; title?: string | undefined } & Partial<
    Omit<NewGradeItem, 'title'>
  >,
): Promise<GradeItem> {
  const row = await lockGradeItem(ctx, given.gradeItemId)
  if (row.version !== given.version) throw new Problem('conflict', { params: { current: gradeItemOf(row) } })
  if (given.points?.startsWith('-')) throw new Problem('malformed', { errors: [{ path: 'points', code: 'too_small' }] })
  const next: GradeItemRow = {
    ...row,
    title: given.title ?? row.title,
    points: given.points ?? row.points,
    ...weightsOf(row, given),
    policy: given.policy ?? row.policy,
    version: row.version + 1,
  }
  const { title, points, participation, correctness, policy, version } = next
  await gradeItems.update({ title, points, participation, correctness, policy, version }, { where: { id: row.id } })
  await audit.record(ctx, {
    verb: 'grade-item.changed',
    subject: { kind: 'grade-item', id: row.id },
    context: courseContext(row.courseId),
    details: { before: gradeItemOf(row), after: gradeItemOf(next) },
  })
  const item = await announceItem(ctx, next)
  await computeGrades(ctx, row.id)
  return item
}

/** Lets a grade item collect a delivery. Throws `not-found` when the two are not of one course. */
export async function addSource(
  ctx: WriteCtx,
  { gradeItemId, deliveryId }: { gradeItemId: GradeItemId | string; deliveryId: DeliveryId },
): Promise<void> {
  const row = await getGradeItem(ctx, gradeItemId)
  const activity = await getActivity(ctx, (await getDelivery(ctx, deliveryId)).activityId)
  if (activity.courseId !== row.courseId) throw new Problem('not-found')
  await ctx.sql('insert into grade_sources (grade_item_id, delivery_id) values ($1, $2) on conflict do nothing', [
    row.id,
    deliveryId,
  ])
}

/**
 * Computes the grades of these people, or of everybody with evidence, from what the item collects. Somebody named of
 * whom there is no evidence has no grade afterwards. Returns those whose grade is another one now. Announces the gradebook once, and tells the learners by jobs; nothing when nothing changed.
 */
export async function computeGrades(
  ctx: WriteCtx,
  gradeItemId: GradeItemId | string,
  accountIds?: readonly AccountId[],
): Promise<AccountId[]> {
  const row = await lockGradeItem(ctx, gradeItemId)
  const deliveryIds = await sourcesOf(ctx, row.id)
  const items = await askedItems(ctx, deliveryIds)
  const evidence = new Map<AccountId, EvidenceOf[]>()
  for (const one of await evidenceIn(ctx, deliveryIds, accountIds ?? null)) {
    const known = evidence.get(one.accountId)
    if (known) known.push(one)
    else evidence.set(one.accountId, [one])
  }
  const computed = [...evidence].flatMap(([accountId, rows]) => {
    const settled = new Set(rows.map(one => `${one.deliveryId}/${one.itemId}`))
    const askedOf = items.filter(item => item.wasAsked(accountId) || settled.has(`${item.deliveryId}/${item.itemId}`))
    const grade = gradeOf(row, askedOf, rows)
    return grade ? [{ accountId, grade }] : []
  })
  const without = (accountIds ?? []).filter(id => !evidence.has(id))
  const changed = [...(await upsert(ctx, row, computed)), ...(await drop(ctx, row, without))]
  if (changed.length === 0) return []
  const changes = await countChange(ctx, row.courseId)
  ctx.announce(gradebookScope, row.courseId, { kind: 'gradesComputed', body: { gradeItemId: row.id, changes } })
  await tell(ctx, changed)
  return changed
}

/** A class is told by jobs of a job, so that the computation does not write one for every four people of it. */
const fewPeople = 20
const peopleAJob = 200

async function tell(ctx: WriteCtx, accountIds: readonly AccountId[]): Promise<void> {
  if (accountIds.length <= fewPeople) return bumpUsers(ctx, accountIds, 'grades')
  for (let at = 0; at < accountIds.length; at += peopleAJob)
    await ctx.enqueue('grades.tell', { accountIds: accountIds.slice(at, at + peopleAJob) })
}

async function upsert(
  ctx: WriteCtx,
  row: GradeItemRow,
  computed: readonly { accountId: AccountId; grade: GradeOf }[],
): Promise<AccountId[]> {
  if (computed.length === 0) return []
  const written = await ctx.sql<{ account_id: AccountId; replaced: boolean }>(
    `insert into grades (grade_item_id, account_id, score, points, answered, asked, modes, computed_at)
     select $1, account_id, score, points, answered, asked, string_to_array(modes, ' '), $8
       from unnest($2::uuid[], $3::numeric[], $4::numeric[], $5::int[], $6::int[], $7::text[])
         as g(account_id, score, points, answered, asked, modes)
      order by account_id
     on conflict (grade_item_id, account_id) do update
       set score = excluded.score, points = excluded.points, answered = excluded.answered, asked = excluded.asked,
           modes = excluded.modes, computed_at = excluded.computed_at
      where (grades.score, grades.points, grades.answered, grades.asked, grades.modes)
            is distinct from (excluded.score, excluded.points, excluded.answered, excluded.asked, excluded.modes)
     returning account_id, xmax::text <> '0' as replaced`,
    [
      row.id,
      computed.map(one => one.accountId),
      computed.map(one => one.grade.score),
      computed.map(one => one.grade.points),
      computed.map(one => one.grade.answered),
      computed.map(one => one.grade.asked),
      computed.map(one => one.grade.modes.join(' ')),
      ctx.now,
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

async function drop(ctx: WriteCtx, row: GradeItemRow, accountIds: readonly AccountId[]): Promise<AccountId[]> {
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

/** Computes every grade item that collects one of these deliveries, for these people or everybody with evidence. */
export async function computeGradesOf(
  ctx: WriteCtx,
  deliveryIds: readonly DeliveryId[],
  accountIds?: readonly AccountId[],
): Promise<void> {
  for (const id of await gradeItemsOf(ctx, deliveryIds)) await computeGrades(ctx, id, accountIds)
}

/** A person's own grades; of one that is held only that there is one, not even when it last changed. */
async function exportGrades(ctx: Ctx, accountId: AccountId): Promise<object[]> {
  const rows = await ctx.sql<{ grade_item_id: GradeItemId }>(
    `select g.grade_item_id, c.title as course, i.title, g.score::text as score, g.points::text as points, g.answered,
            g.asked, g.modes, g.computed_at
       from grades g join grade_items i on i.id = g.grade_item_id join courses c on c.id = i.course_id
      where g.account_id = $1 order by g.grade_item_id`,
    [accountId],
  )
  const held = await heldFor(
    ctx,
    accountId,
    rows.map(row => row.grade_item_id),
  )
  return rows.map(row =>
    held.has(row.grade_item_id) ? { ...row, held: true, score: null, modes: null, computed_at: null } : row,
  )
}

/** An action announces to few scopes: the gradebooks of more courses than these are left to jobs. */
const fewCourses = 2

/** What the gradebook owes a person who is in it. */
export const accountHooks: AccountHooks = {
  columns: ['grades.account_id'],
  export: async (ctx, id) => ({ grades: await exportGrades(ctx, id) }),
  // A grade is the course's record; it stays under an account that has lost its name.
  erase: async () => undefined,
  merge: async (ctx, from, into) => {
    await ctx.sql(
      `delete from grades g using grades k
        where g.account_id = $1 and k.account_id = $2 and k.grade_item_id = g.grade_item_id`,
      [from, into],
    )
    await ctx.sql('update grades set account_id = $2 where account_id = $1', [from, into])
  },
  // The record has moved by now: a grade is what both gave together, and there is none where nothing settled is left.
  merged: async (ctx, into) => {
    const touched = await ctx.sql<{ id: GradeItemId; course_id: string }>(
      `select i.id, i.course_id from grade_items i
        where i.id in (select grade_item_id from grades where account_id = $1
                       union
                       select s.grade_item_id from grade_sources s join evidence e on e.delivery_id = s.delivery_id
                        where e.account_id = $1)
        order by i.id`,
      [into],
    )
    const few = new Set(touched.map(one => one.course_id)).size <= fewCourses
    for (const { id } of touched)
      if (few) await computeGrades(ctx, id, [into])
      else await ctx.enqueue('grades.compute', { gradeItemId: id, accountIds: [into] })
  },
}
