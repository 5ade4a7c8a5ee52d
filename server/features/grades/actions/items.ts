// Writes grade items: the columns of a gradebook and what each collects. Asks no rights.
import type { DeliveryId } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type GradeItem, type GradeItemId, type GradeRules, gradebookScope } from '#protocol/grades.ts'
import { getActivity, getDelivery } from '#server/features/activities/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { getGradeItem, gradeItemOf, holdsNew } from '../queries/gradebook.ts'
import { weightsOf } from '../rules.ts'
import { type GradeItemRow, gradeItems } from '../tables.ts'
import { computeGrades, countChange, lockGradeItem } from './compute.ts'

/** Shares of a new grade item until somebody weighs it. */
const evenly = { participation: 50, correctness: 50 } as const

function demandPoints(points: string | undefined): void {
  if (points?.startsWith('-')) throw new Problem('malformed', { errors: [{ path: 'points', code: 'too_small' }] })
}

/** Tells the gradebook of a column. */
export async function announceItem(ctx: WriteCtx, row: GradeItemRow): Promise<GradeItem> {
  const item = gradeItemOf(row)
  const changes = await countChange(ctx, row.courseId)
  ctx.announce(gradebookScope, row.courseId, { kind: 'gradeItemChanged', body: { item, changes } })
  return item
}

export interface NewGradeItem extends GradeRules {
  courseId: string
  title: string
  /** What somebody marks whose marks fill it, instead of answers. */
  marked?: GradeItem['marked'] | undefined
}

/** Adds a column to a course's gradebook. Throws `not-found`, or `malformed` when the shares do not make 100. */
export async function createGradeItem(ctx: WriteCtx, given: NewGradeItem): Promise<GradeItem> {
  const course = await getCourse(ctx, given.courseId)
  demandPoints(given.points)
  const row: GradeItemRow = {
    id: newId<'GradeItem'>(),
    courseId: course.id,
    title: given.title,
    points: given.points ?? '10',
    ...weightsOf(evenly, given),
    policy: given.policy ?? 'better',
    catchUp: given.catchUp ?? 100,
    markedKind: given.marked?.kind ?? null,
    markedId: given.marked?.refId ?? null,
    heldAt: (await holdsNew(course.id)) ? ctx.now : null,
    releasesAt: null,
    releasedAt: null,
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

/** Changes title, points, shares or policy, and computes every grade anew. Throws `not-found`, `conflict`, `malformed`. */
export async function changeGradeItem(
  ctx: WriteCtx,
  given: GradeRules & { gradeItemId: GradeItemId; version: number; title?: string | undefined },
): Promise<GradeItem> {
  const row = await lockGradeItem(ctx, given.gradeItemId)
  if (row.version !== given.version) throw new Problem('conflict', { params: { current: gradeItemOf(row) } })
  demandPoints(given.points)
  const { title: _title, gradeItemId: _id, version: _version, ...rules } = given
  const [ruled] = Object.entries(rules).find(([, value]) => value !== undefined) ?? []
  if (row.markedKind !== null && ruled !== undefined)
    throw new Problem('malformed', { errors: [{ path: ruled, code: 'marked' }] })
  const next: GradeItemRow = {
    ...row,
    title: given.title ?? row.title,
    points: given.points ?? row.points,
    ...weightsOf(row, given),
    policy: given.policy ?? row.policy,
    catchUp: given.catchUp ?? row.catchUp,
    version: row.version + 1,
  }
  const { title, points, participation, correctness, policy, catchUp, version } = next
  await gradeItems.update(
    { title, points, participation, correctness, policy, catchUp, version },
    { where: { id: row.id } },
  )
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
