// Assignments as a part of their course: what is asked, with its times moved and a column of its own, and nothing that was
// handed in.
import * as z from 'zod/mini'
import { assignmentId, takes } from '#protocol/assignments.ts'
import { decimal, instant, line } from '#protocol/base/ids.ts'
import { filesIn, type PageDocument, readDocument } from '#protocol/content/document.ts'
import { lateChoice } from '#protocol/grades/late.ts'
import { gradeItemId } from '#protocol/grades.ts'
import { type CourseMaking, type CoursePart, standingRefs } from '#server/features/courses/index.ts'
import { addFileUses } from '#server/features/files/index.ts'
import { createGradeItem } from '#server/features/grades/index.ts'
import { assignmentKind, assignmentOf, detailOf } from '../queries/assignments.ts'
import { type AssignmentRow, assignments } from '../tables.ts'
import { columnFor, movedTimes, takenColumns } from './assignments.ts'

const shape = z.array(
  z
    .strictObject({
      id: assignmentId,
      title: line(200),
      document: z.custom<PageDocument>(value => readDocument(value) !== undefined),
      takes,
      points: decimal.check(z.refine(points => Number(points) > 0)),
      dueAt: z.nullable(instant),
      cutOffAt: z.nullable(instant),
      /** Left out in archives of before there was one. */
      late: z._default(lateChoice, { use: 'course' }),
      /** What conditions call its column. */
      gradeItemId,
    })
    .check(z.refine(({ dueAt, cutOffAt }) => !dueAt || !cutOffAt || Date.parse(dueAt) <= Date.parse(cutOffAt))),
)

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at))

/** The words as they stand in another course: pictures and files in them are those of that course. */
const wordsIn = (document: PageDocument, { find }: CourseMaking): PageDocument =>
  JSON.parse(JSON.stringify(readDocument(document)), (key, value) =>
    key === 'fileId' ? (find('file', String(value)) ?? value) : value,
  )

export const assignmentsPart: CoursePart<z.infer<typeof shape>> = {
  shape,
  take: async (ctx, courseId) => {
    const id = await standingRefs(ctx, courseId, assignmentKind)
    const rows = await assignments.findAll({ where: { id }, order: [['id', 'asc']], raw: true })
    return rows.map(row => {
      const { title, document, takes, points, dueAt, cutOffAt, late, gradeItemId } = assignmentOf(row)
      return { id: row.id, title, document, takes, points, dueAt, cutOffAt, late, gradeItemId }
    })
  },
  count: part => ({ assignments: part.length }),
  dates: part =>
    part.flatMap(({ title, dueAt, cutOffAt }) => [
      ...(dueAt ? [{ title, what: 'due' as const, at: new Date(dueAt) }] : []),
      ...(cutOffAt ? [{ title, what: 'until' as const, at: new Date(cutOffAt) }] : []),
    ]),
  undated: part => part.map(one => ({ ...one, dueAt: null, cutOffAt: null })),
  lines: part => part.map(({ id }) => ({ kind: assignmentKind, refId: id })),
  make: async (ctx, making, part) => {
    const { to: courseId, name, named, show, move } = making
    const rows: AssignmentRow[] = []
    for (const { id: old, gradeItemId: oldColumn, takes: taken, dueAt, cutOffAt, ...one } of part) {
      const { title, points, late } = one
      const id = name<AssignmentRow['id']>('assignment', old)
      const column = await createGradeItem(ctx, columnFor({ id, courseId, title, points }))
      named('column', oldColumn, column.id)
      const row: AssignmentRow = {
        ...{ id, courseId, title, points, document: wordsIn(one.document, making), ...takenColumns(taken) },
        ...movedTimes({ dueAt: dateOf(dueAt), cutOffAt: dateOf(cutOffAt) }, move),
        ...{ late, gradeItemId: column.id, settledAt: null, version: 0, changedAt: ctx.now },
      }
      show(assignmentKind, old, { refId: id, badge: null, detail: detailOf(row) })
      rows.push(row)
    }
    await assignments.bulkCreate(rows)
    const shown = rows.flatMap(({ id: refId, document }) => filesIn(document).map(fileId => ({ refId, fileId })))
    await addFileUses(ctx, { courseId, kind: assignmentKind, shown })
  },
}
