// Files of submissions: they come through the uploads of `files`, count in the room of their course, and are shown by no one
// but their submission. Rights were asked by the door, or are asked by `handInUploads` for whoever goes on with an upload.

import { type SubmissionFileId, submissionFileId } from '#protocol/assignments/submissions.ts'
import type { AssignmentId } from '#protocol/assignments.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { fileName, type Upload } from '#protocol/files.ts'
import { demandMay } from '#server/features/access/index.ts'
import { demandOpen } from '#server/features/conditions/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import {
  beginUpload,
  blobsGone,
  bytesInWords,
  countUploadsTo,
  formOf,
  giveSpace,
  type UploadKind,
} from '#server/features/files/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { assignmentKind, getAssignment, learnsIn } from '../queries/assignments.ts'
import { filesOf, inDraft } from '../queries/submissions.ts'
import { demandTaken, isOver, refusedFor } from '../rules.ts'
import { type AssignmentRow, assignments, submissionFiles, submissions } from '../tables.ts'
import { openSubmission } from './hand-in.ts'

/** What uploads into drafts are for: the id beside it is the submission's. */
export const uploadKind = 'submission'

interface Begun {
  readonly name: string
  readonly size: number
  readonly print: string
}

/**
 * Begins an upload into somebody's draft, or finds it. Throws `not-found`, `too-many`, `too-large`, and what
 * `demandTaken` throws.
 */
export async function startFile(
  ctx: WriteCtx,
  accountId: AccountId,
  assignmentId: AssignmentId,
  begun: Begun,
): Promise<Upload> {
  const { assignment, row, files } = await openSubmission(ctx, assignmentId, accountId)
  const largest = Number(assignment.largestFile)
  demand(begun.size <= largest, 'too-large', { params: { limit: bytesInWords(largest) } })
  const to = { kind: uploadKind, refId: row.id }
  const before = await countUploadsTo(to.kind, to.refId)
  const upload = await beginUpload(ctx, { ...begun, ...to, courseId: assignment.courseId })
  // One that goes on was counted when it began.
  const coming = await countUploadsTo(to.kind, to.refId)
  const many = inDraft(files).length + coming > assignment.takesFiles
  demand(!many || coming === before, 'too-many', { params: { most: assignment.takesFiles } })
  return upload
}

/**
 * Takes a file out of a draft. One that is out already stays so. Throws `not-found`, `marked-already` and
 * `hand-in-over`.
 */
export async function removeFile(
  ctx: WriteCtx,
  accountId: AccountId,
  assignmentId: AssignmentId,
  fileId: SubmissionFileId,
): Promise<void> {
  const { files } = await openSubmission(ctx, assignmentId, accountId)
  const file = files.find(one => one.id === fileId)
  if (!file) throw new Problem('not-found')
  if (file.removedAt === null) await submissionFiles.update({ removedAt: ctx.now }, { where: { id: fileId } })
}

/** Undoes `removeFile`. Throws `not-found` when it is gone for good, `too-many` where others took its place. */
export async function restoreFile(
  ctx: WriteCtx,
  accountId: AccountId,
  assignmentId: AssignmentId,
  fileId: SubmissionFileId,
): Promise<void> {
  const { assignment, files } = await openSubmission(ctx, assignmentId, accountId)
  const file = files.find(one => one.id === fileId)
  if (!file) throw new Problem('not-found')
  if (file.removedAt === null) return
  demand(inDraft(files).length < assignment.takesFiles, 'too-many', { params: { most: assignment.takesFiles } })
  await submissionFiles.update({ removedAt: null }, { where: { id: fileId } })
}

/**
 * Throws unless this person hands something in for this assignment now: rights, whom it is open to, not its times.
 * Throws `locked`, and what `demandMay` throws.
 */
export async function demandHandsIn(ctx: Ctx, row: AssignmentRow): Promise<AccountId> {
  const course = courseContext(row.courseId)
  await demandMay(ctx, 'course.view', course, 'reading')
  await demandMay(ctx, 'activity.answer', course, 'writing')
  const accountId = accountOf(ctx.who)
  demand(await learnsIn(ctx, row.courseId, accountId))
  const { item } = await getAssignment(ctx, { courseId: row.courseId, assignmentId: row.id })
  demand(item.published, 'not-found')
  await demandOpen(ctx, row.courseId, { kind: assignmentKind, refId: row.id })
  return accountId
}

async function placeOfUpload(refId: string | null) {
  const submission = refId === null ? null : await submissions.findByPk(refId, { raw: true })
  const row = submission && (await assignments.findByPk(submission.assignmentId, { raw: true }))
  if (!submission || !row) throw new Problem('upload-gone')
  return { submission, row }
}

export const handInUploads: UploadKind = {
  demand: async (ctx, { refId }) => {
    const { submission, row } = await placeOfUpload(refId)
    demand((await demandHandsIn(ctx, row)) === submission.accountId, 'upload-gone')
    demandTaken(row, submission, ctx.now)
  },
  finish: async (ctx, { refId, name, type, size, id: blobId }) => {
    const { row, submission: found } = await placeOfUpload(refId)
    const form = formOf(type)
    const submission = await submissions.findByPk(found.id, { lock: true, raw: true })
    if (!submission || isOver(row, ctx.now) || submission.score !== null) return { refused: 'over' }
    const held = inDraft(await filesOf(submission.id)).length
    const refused = refusedFor({ most: row.takesFiles, forms: row.takesForms }, { form, held })
    if (refused) return { refused }
    const id = submissionFileId.parse(newId())
    await submissionFiles.create({
      ...{ id, submissionId: submission.id, blobId, name: fileName.parse(name), form, type, size },
      ...{ at: ctx.now, removedAt: null },
    })
    return null
  },
}

interface Gone {
  blobId: string
  size: string
  courseId: AssignmentRow['courseId']
}

/** Forgets files whose rows `where` finds (`f` the file, `s` its submission, `a` the assignment): rows now, bytes by a job. */
export async function forgetFiles(ctx: WriteCtx, where: string, values: readonly unknown[]): Promise<void> {
  const gone = await ctx.sql<Gone>(
    `with gone as (
       delete from submission_files where id in (
         select f.id from submission_files f join submissions s on s.id = f.submission_id
           join assignments a on a.id = s.assignment_id where ${where})
       returning submission_id, blob_id, size)
     select g.blob_id as "blobId", g.size::text as size, a.course_id as "courseId"
       from gone g join submissions s on s.id = g.submission_id join assignments a on a.id = s.assignment_id
      order by a.course_id`,
    values,
  )
  const sizes = new Map<AssignmentRow['courseId'], number>()
  for (const { courseId, size } of gone) sizes.set(courseId, (sizes.get(courseId) ?? 0) + Number(size))
  for (const [courseId, size] of sizes) await giveSpace(ctx, { courseId }, size)
  if (gone.length > 0) await ctx.enqueue(blobsGone, { blobIds: gone.map(one => one.blobId) })
}

/** How long a file that was taken out of a draft can be brought back, in milliseconds. */
const keptMs = 86_400_000

/** Forgets what was taken out of drafts a day ago and stands in nothing that was handed in; some files a turn. */
export async function emptyDrafts(ctx: WriteCtx): Promise<void> {
  const found = await ctx.sql<{ id: string }>(
    `select f.id from submission_files f
      where f.removed_at < $1
        and not exists (select from hand_ins h where h.submission_id = f.submission_id and f.id = any(h.file_ids))
      order by f.removed_at limit 50`,
    [new Date(ctx.now.getTime() - keptMs)],
  )
  if (found.length > 0) await forgetFiles(ctx, 'f.id = any($1::uuid[])', [found.map(one => one.id)])
}
