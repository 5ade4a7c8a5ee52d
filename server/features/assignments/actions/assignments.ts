// Makes and changes assignments, each with its column in the gradebook. Rights were asked by the door.
import type { Assignment, AssignmentId, Takes } from '#protocol/assignments.ts'
import { assignmentScope } from '#protocol/assignments.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { documentSchema, filesIn, type PageDocument, readDocument } from '#protocol/content/document.ts'
import type { CourseId, ItemDetail, ModuleId } from '#protocol/courses.ts'
import type { LateChoice } from '#protocol/grades/late.ts'
import { audit } from '#server/features/audit/index.ts'
import { type CourseDates, changeItem, courseContext, placeItem } from '#server/features/courses/index.ts'
import { setFileUses } from '#server/features/files/index.ts'
import { changeMarkedColumn, createGradeItem } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { assignmentKind, assignmentOf, detailOf } from '../queries/assignments.ts'
import { demandTimes } from '../rules.ts'
import { type AssignmentRow, assignments } from '../tables.ts'
import { regrade, settleJob } from './late.ts'

const record = (ctx: WriteCtx, verb: string, row: AssignmentRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'assignment', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, ...details },
  })

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at))

const nothingSaid: PageDocument = { schema: documentSchema, content: [] }

function documentFrom(given: unknown): PageDocument {
  const document = readDocument(given)
  if (!document) throw new Problem('malformed', { errors: [{ path: 'document', code: 'invalid_document' }] })
  return document
}

/** What is taken, as columns. */
export const takenColumns = ({ text, most, forms, largest }: Takes) => ({
  ...{ takesText: text, takesFiles: most, takesForms: [...new Set(forms)], largestFile: largest },
})

/** A column that the marks of an assignment fill, like nothing else would: all of it is being right. */
export const columnFor = (row: Pick<AssignmentRow, 'id' | 'courseId' | 'title' | 'points'>) => ({
  ...{ courseId: row.courseId, title: row.title, points: row.points, participation: 0, correctness: 100 },
  marked: { kind: assignmentKind, refId: row.id },
})

export interface NewAssignment {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly document?: unknown
  readonly takes: Takes
  readonly points: string
  readonly dueAt: string | null
  readonly cutOffAt: string | null
  readonly late: LateChoice
  readonly published: boolean
}

const showFiles = (ctx: WriteCtx, { courseId, id: refId, document }: AssignmentRow) =>
  setFileUses(ctx, { courseId, kind: assignmentKind, refId, fileIds: filesIn(document) })

/** Makes an assignment at the end of a module, with a column of its own. Throws `not-found`, `malformed`. */
export async function createAssignment(ctx: WriteCtx, given: NewAssignment): Promise<Assignment> {
  const { courseId, title, points } = given
  const id = newId<'Assignment'>()
  const [dueAt, cutOffAt] = [dateOf(given.dueAt), dateOf(given.cutOffAt)]
  demandTimes({ dueAt, cutOffAt })
  const document = given.document === undefined ? nothingSaid : documentFrom(given.document)
  const column = await createGradeItem(ctx, columnFor({ id, courseId, title, points }))
  const row: AssignmentRow = {
    ...{ id, courseId, title, document, points, dueAt, cutOffAt, late: given.late },
    ...takenColumns(given.takes),
    ...{ gradeItemId: column.id, settledAt: null, version: 0, changedAt: ctx.now },
  }
  await assignments.create(row)
  await showFiles(ctx, row)
  await placeItem(ctx, {
    ...{ courseId, moduleId: given.moduleId, kind: assignmentKind, refId: id, title, published: given.published },
    detail: detailOf(row),
  })
  await record(ctx, 'assignment.created', row, { points, dueAt: given.dueAt, cutOffAt: given.cutOffAt })
  return assignmentOf(row)
}

export interface AssignmentChange {
  readonly courseId: CourseId
  readonly assignmentId: AssignmentId
  readonly version: number
  readonly title?: string | undefined
  readonly document?: unknown
  readonly takes?: Takes | undefined
  readonly points?: string | undefined
  readonly dueAt?: string | null | undefined
  readonly cutOffAt?: string | null | undefined
  readonly late?: LateChoice | undefined
}

/** Throws `malformed` at `points` where somebody has more than so many. */
async function demandEnough(ctx: WriteCtx, { id, points }: AssignmentRow): Promise<void> {
  const above = await ctx.sql('select from submissions where assignment_id = $1 and score > $2 limit 1', [id, points])
  demand(above.length === 0, 'malformed', { errors: [{ path: 'points', code: 'below_marks' }] })
}

/**
 * Changes an assignment that is at the version the writer read, else throws `conflict` with the current one. Whoever
 * was late or in time stays so: that is judged when something comes. Throws `not-found` and `malformed`.
 */
export async function changeAssignment(
  ctx: WriteCtx,
  { courseId, assignmentId, version, ...given }: AssignmentChange,
): Promise<Assignment> {
  const row = await assignments.findOne({ where: { id: assignmentId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: assignmentOf(row) } })
  const next: AssignmentRow = {
    ...row,
    title: given.title ?? row.title,
    document: given.document === undefined ? row.document : documentFrom(given.document),
    ...(given.takes ? takenColumns(given.takes) : {}),
    points: given.points ?? row.points,
    dueAt: given.dueAt === undefined ? row.dueAt : dateOf(given.dueAt),
    cutOffAt: given.cutOffAt === undefined ? row.cutOffAt : dateOf(given.cutOffAt),
    late: given.late ?? row.late,
    version: version + 1,
    changedAt: ctx.now,
  }
  demandTimes(next)
  if (given.points !== undefined) await demandEnough(ctx, next)
  await assignments.update(next, { where: { id: assignmentId } })
  await showFiles(ctx, next)
  if (next.title !== row.title || Number(next.points) !== Number(row.points))
    await changeMarkedColumn(ctx, row.gradeItemId, { title: next.title, points: next.points })
  if (given.late !== undefined || given.points !== undefined || given.cutOffAt !== undefined)
    await regrade(ctx, courseId, [next])
  await changeItem(ctx, { kind: assignmentKind, refId: assignmentId, title: next.title, detail: detailOf(next) })
  const told = ({ title, points, dueAt, cutOffAt, late }: AssignmentRow) => ({ title, points, dueAt, cutOffAt, late })
  await record(ctx, 'assignment.changed', next, { before: told(row), after: told(next) })
  ctx.announce(assignmentScope, assignmentId, { kind: 'changed', body: {} })
  return assignmentOf(next)
}

/** When it is due and over, moved; a free day that holds one of them back never brings the end before the due time. */
export function movedTimes({ dueAt, cutOffAt }: Pick<AssignmentRow, 'dueAt' | 'cutOffAt'>, to: (at: Date) => Date) {
  const due = dueAt && to(dueAt)
  const over = cutOffAt && to(cutOffAt)
  return { dueAt: due, cutOffAt: due && over && over < due ? due : over }
}

/** Moves the times of many assignments at once. */
export const assignmentDates: CourseDates = {
  move: async (ctx, { items }, to) => {
    const placed = new Map(items.filter(one => one.kind === assignmentKind).map(one => [one.refId, one.id]))
    if (placed.size === 0) return { moved: [], left: [] }
    const rows = await assignments.findAll({
      where: { id: [...placed.keys()] },
      order: [['id', 'asc']],
      lock: true,
      raw: true,
    })
    const [moved, details] = [[] as string[], new Map<string, ItemDetail>()]
    for (const row of rows) {
      const itemId = placed.get(row.id)
      if (itemId === undefined || (row.dueAt === null && row.cutOffAt === null)) continue
      const next = { ...row, ...movedTimes(row, to), version: row.version + 1, changedAt: ctx.now }
      await assignments.update(next, { where: { id: row.id } })
      moved.push(itemId)
      if (row.cutOffAt !== null) await ctx.enqueue(settleJob, { assignmentId: row.id })
      details.set(itemId, detailOf(next))
    }
    return { moved, left: [], details }
  },
}
