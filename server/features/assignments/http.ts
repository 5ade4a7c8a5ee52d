// The HTTP door of assignments: asks for the right, then calls the action or query. What somebody handed in is read by
// themselves and by who sees all grades of the course.

import type { OwnSubmission, SubmissionFileId } from '#protocol/assignments/submissions.ts'
import type { assignmentRoutes } from '#protocol/assignments.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { chosenPolicy } from '#protocol/grades/late.ts'
import { capabilitiesIn, demandMay, may } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { demandSeen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import { changesOf, findGrading, heldFor } from '#server/features/grades/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { BlobAnswer, FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { changeAssignment, createAssignment } from './actions/assignments.ts'
import { demandHandsIn, removeFile, restoreFile, startFile } from './actions/files.ts'
import { handIn, saveDraft } from './actions/hand-in.ts'
import { giveMark } from './actions/marks.ts'
import {
  assignmentKind,
  assignmentOf,
  courseOf,
  getAssignment,
  learnsIn,
  type OfAssignment,
} from './queries/assignments.ts'
import { settle } from './queries/late.ts'
import {
  countSubmissions,
  filesOf,
  findSubmission,
  getLine,
  getSubmissionFile,
  handInsOf,
  listSubmissions,
  markOf,
  ownSubmission,
} from './queries/submissions.ts'
import type { AssignmentRow } from './tables.ts'

/** The assignment for whoever may look at the course. What is not released is, for learners, not there. */
async function assignmentFor(ctx: Ctx, input: OfAssignment) {
  const here = await demandMay(ctx, 'course.view', courseContext(input.courseId))
  const { row, item } = await getAssignment(ctx, input)
  const mayChange = await demandSeen(ctx, here, input.courseId, item)
  return { here, row, item, mayChange }
}

/** The assignment for its learner, who may hand in now as far as rights go. */
async function handsIn(ctx: Ctx, input: OfAssignment) {
  await demandMay(ctx, 'course.view', courseContext(input.courseId), 'reading')
  const { row } = await getAssignment(ctx, input)
  return { row, accountId: await demandHandsIn(ctx, row) }
}

/** Their own submission as its learner reads it: a grade that is held for them is no mark either. */
async function toldTo(ctx: Ctx, row: AssignmentRow, accountId: AccountId): Promise<OwnSubmission> {
  const own = await ownSubmission(ctx, row, accountId, await findSubmission(row.id, accountId))
  const told = own.mark !== null || own.missing !== null
  const held = told && (await heldFor(ctx, accountId, [row.gradeItemId])).has(row.gradeItemId)
  return held ? { ...own, mark: null, missing: null } : own
}

async function forMarking(ctx: Ctx, input: OfAssignment, capability: 'grade.view-all' | 'grade.change') {
  await demandMay(ctx, capability, courseContext(input.courseId))
  return (await getAssignment(ctx, input)).row
}

async function listAsCsv(ctx: Ctx, input: OfAssignment): Promise<string> {
  const { assignments: words, grades } = await readersTexts(ctx)
  const status = { none: words.statusNone, 'handed-in': words.statusHandedIn, late: words.statusLate } as const
  const lines: string[][] = [[words.learner, words.status, words.handedInAt, words.mark, grades.score]]
  let after: string | undefined
  do {
    const page = await listSubmissions(ctx, { ...input, filter: 'all', after, limit: 200 })
    for (const one of page.items)
      lines.push([
        one.name,
        one.status === 'marked' ? words.statusMarked : status[one.status],
        one.at ?? '',
        one.score ?? '',
        one.grade ?? '',
      ])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

/** A file for its learner and for who sees all grades; for everybody else it is not there. */
async function readableFile(ctx: Ctx, fileId: SubmissionFileId) {
  const { file, submission } = await getSubmissionFile(fileId)
  const courseId = await courseOf(submission.assignmentId)
  const held = new Set(await capabilitiesIn(ctx, courseContext(courseId)))
  const own = submission.accountId === accountOf(ctx.who) && held.has('course.view')
  demand(own || held.has('grade.view-all'), 'not-found')
  await getAssignment(ctx, { courseId, assignmentId: submission.assignmentId })
  return file
}

export const httpHandlers: Handlers<typeof assignmentRoutes> = {
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { assignment: await createAssignment(ctx, input) }
  },
  get: async (ctx, input) => {
    const { here, row, item, mayChange } = await assignmentFor(ctx, input)
    const accountId = accountOf(ctx.who)
    const course = courseContext(row.courseId)
    const learns = here.may('activity.answer') && (await learnsIn(ctx, row.courseId, accountId))
    return {
      assignment: assignmentOf(row),
      policy: chosenPolicy(row.late, (await findGrading(input.courseId)).late),
      published: item.published,
      mayChange,
      mayReadAll: here.may('grade.view-all'),
      mayMark: await may(ctx, 'grade.change', course, 'writing'),
      mayHandIn: learns && (await may(ctx, 'activity.answer', course, 'writing')),
      own: learns ? await toldTo(ctx, row, accountId) : null,
    }
  },
  change: async (ctx, input) => {
    await demandThing(ctx, 'content.change', {
      courseId: input.courseId,
      kind: assignmentKind,
      refId: input.assignmentId,
    })
    await getAssignment(ctx, input)
    return { assignment: await changeAssignment(ctx, input) }
  },
  previewLate: async (ctx, input) => {
    await demandThing(ctx, 'content.change', {
      courseId: input.courseId,
      kind: assignmentKind,
      refId: input.assignmentId,
    })
    await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
    const { row } = await getAssignment(ctx, input)
    const [settled] = await settle(ctx, row.courseId, [{ ...row, late: input.late }])
    return changesOf(ctx, settled?.others ?? [])
  },
  saveDraft: async (ctx, input) => {
    const { accountId } = await handsIn(ctx, input)
    return { draft: await saveDraft(ctx, accountId, input) }
  },
  startUpload: async (ctx, { courseId, assignmentId, ...begun }) => {
    const { accountId } = await handsIn(ctx, { courseId, assignmentId })
    return { upload: await startFile(ctx, accountId, assignmentId, begun) }
  },
  removeFile: async (ctx, input) => {
    const { accountId } = await handsIn(ctx, input)
    await removeFile(ctx, accountId, input.assignmentId, input.fileId)
    return {}
  },
  restoreFile: async (ctx, input) => {
    const { accountId } = await handsIn(ctx, input)
    await restoreFile(ctx, accountId, input.assignmentId, input.fileId)
    return {}
  },
  handIn: async (ctx, input) => {
    const { accountId } = await handsIn(ctx, input)
    return { own: await handIn(ctx, accountId, input) }
  },
  fileContent: async (ctx, { fileId, as }) => {
    const { blobId, name, type, size } = await readableFile(ctx, fileId)
    const { blobs } = ctx
    return new BlobAnswer({
      ...{ name, type, as, size: Number(size), tag: blobId },
      open: async range => (await blobs.get(blobId, range)).body,
    })
  },
  list: async (ctx, input) => {
    await forMarking(ctx, input, 'grade.view-all')
    const page = await listSubmissions(ctx, input)
    return { ...page, counts: input.after === undefined ? await countSubmissions(ctx, input) : null }
  },
  submission: async (ctx, input) => {
    const assignment = await forMarking(ctx, input, 'grade.view-all')
    const { line, previous, next } = await getLine(ctx, input)
    const row = await findSubmission(assignment.id, input.accountId)
    return {
      ...{ accountId: line.accountId, name: line.name, status: line.status, previous, next },
      handIns: row ? await handInsOf(row.id, await filesOf(row.id)) : [],
      ...{ lateSeconds: line.lateSeconds, missing: line.missing, grade: line.grade },
      mark: await markOf(ctx, assignment, row),
      version: row?.version ?? 0,
    }
  },
  mark: async (ctx, input) => {
    await forMarking(ctx, input, 'grade.change')
    await getLine(ctx, { ...input, filter: 'all' })
    return giveMark(ctx, input)
  },
  csv: async (ctx, input) => {
    await forMarking(ctx, input, 'grade.view-all')
    return new FileAnswer('submissions.csv', 'text/csv; charset=utf-8', await listAsCsv(ctx, input))
  },
}
