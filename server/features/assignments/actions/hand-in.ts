// Writes what a learner hands in: the draft, saved as they go, and each hand-in, which never changes again. Whether they may
// was asked by the door; whether it is still taken is asked here, under the lock of the submission.

import type { Draft, OwnSubmission } from '#protocol/assignments/submissions.ts'
import { type AssignmentId, assignmentScope } from '#protocol/assignments.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { draftOf, filesOf, inDraft, ownSubmission } from '../queries/submissions.ts'
import { demandTaken, lateBy } from '../rules.ts'
import {
  type AssignmentRow,
  assignments,
  handIns,
  type SubmissionFileRow,
  type SubmissionRow,
  submissions,
} from '../tables.ts'

/** Somebody's submission with its row locked; made where there is none. */
export async function lockSubmission(
  ctx: WriteCtx,
  assignmentId: AssignmentId,
  accountId: AccountId,
): Promise<SubmissionRow> {
  await ctx.sql(
    `insert into submissions (id, assignment_id, account_id) values ($1, $2, $3)
     on conflict (assignment_id, account_id) do nothing`,
    [newId(), assignmentId, accountId],
  )
  const row = await submissions.findOne({ where: { assignmentId, accountId }, lock: true, raw: true })
  if (!row) throw new Error('a submission that was made is not there')
  return row
}

/** The assignment as it stays to the end of the transaction. Throws `not-found`. */
export async function heldAssignment(ctx: WriteCtx, assignmentId: AssignmentId): Promise<AssignmentRow> {
  await ctx.sql('select from assignments where id = $1 for share', [assignmentId])
  const row = await assignments.findByPk(assignmentId, { raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

interface Writing {
  readonly assignmentId: AssignmentId
  /** The draft's. */
  readonly version: number
  readonly text: string
}

/**
 * Everything an act of its learner begins with: locked, and still taken. Throws `not-found`, `marked-already` and
 * `hand-in-over`.
 */
export async function openSubmission(
  ctx: WriteCtx,
  assignmentId: AssignmentId,
  accountId: AccountId,
): Promise<{ assignment: AssignmentRow; row: SubmissionRow; files: SubmissionFileRow[] }> {
  const assignment = await heldAssignment(ctx, assignmentId)
  const row = await lockSubmission(ctx, assignmentId, accountId)
  demandTaken(assignment, row, ctx.now)
  return { assignment, row, files: await filesOf(row.id) }
}

function demandNewest(row: SubmissionRow, version: number, files: readonly SubmissionFileRow[]): void {
  demand(row.draftVersion === version, 'conflict', { params: { current: draftOf(row, files) } })
}

function demandText({ takesText }: AssignmentRow, text: string): void {
  demand(takesText || text.trim() === '', 'malformed', { errors: [{ path: 'text', code: 'not_taken' }] })
}

/**
 * Keeps what somebody writes. Throws `not-found`, `malformed`, `conflict` with the current draft, and what
 * `demandTaken` throws.
 */
export async function saveDraft(
  ctx: WriteCtx,
  accountId: AccountId,
  { assignmentId, version, text }: Writing,
): Promise<Draft> {
  const { assignment, row, files } = await openSubmission(ctx, assignmentId, accountId)
  demandNewest(row, version, files)
  demandText(assignment, text)
  const next = { draftText: text, draftVersion: version + 1, draftAt: ctx.now }
  await submissions.update(next, { where: { id: row.id } })
  return draftOf({ ...row, ...next }, files)
}

/**
 * Hands the draft in with this text, as a further hand-in. Throws `conflict`, `malformed`, and what `openSubmission`
 * throws.
 */
export async function handIn(
  ctx: WriteCtx,
  accountId: AccountId,
  { assignmentId, version, text }: Writing,
): Promise<OwnSubmission> {
  const { assignment, row, files } = await openSubmission(ctx, assignmentId, accountId)
  demandNewest(row, version, files)
  demandText(assignment, text)
  const given = inDraft(files)
  demand(text.trim() !== '' || given.length > 0, 'malformed', { errors: [{ path: 'text', code: 'nothing' }] })
  const lateSeconds = lateBy(assignment, ctx.now)
  const number = row.handIns + 1
  const fileIds = given.map(one => one.id)
  await handIns.create({ submissionId: row.id, number, text, fileIds, at: ctx.now, lateSeconds })
  const next = {
    ...{ draftText: text, draftVersion: version + 1, draftAt: ctx.now },
    ...{ handIns: number, handedInAt: ctx.now, lateSeconds, version: row.version + 1 },
  }
  await submissions.update(next, { where: { id: row.id } })
  await audit.record(ctx, {
    ...{ verb: 'assignment.handed-in', subject: { kind: 'assignment', id: assignmentId } },
    context: courseContext(assignment.courseId),
    details: { courseId: assignment.courseId, title: assignment.title, number, lateSeconds },
  })
  ctx.announce(assignmentScope, assignmentId, { kind: 'handedIn', body: { accountId } })
  // Their other devices no longer list it as due.
  await bumpUser(ctx, accountId, 'courses')
  return ownSubmission(ctx, assignment, accountId, { ...row, ...next })
}
