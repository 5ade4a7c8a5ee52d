// Gives marks and takes them back; each lands in the gradebook in the same transaction. Rights were asked by the door.

import type { Mark } from '#protocol/assignments/submissions.ts'
import { type AssignmentId, assignmentScope } from '#protocol/assignments.ts'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { setGrades } from '#server/features/grades/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { settle } from '../queries/late.ts'
import { markOf } from '../queries/submissions.ts'
import { demandScore } from '../rules.ts'
import { type SubmissionRow, submissions } from '../tables.ts'
import { heldAssignment, lockSubmission } from './hand-in.ts'

interface GivenMark {
  readonly assignmentId: AssignmentId
  readonly accountId: AccountId | string
  /** The submission's, as the marker read it. */
  readonly version: number
  readonly score: string | null
  readonly comment: string
  /** Why lateness takes nothing, null for that it does; left out: as it stands. */
  readonly waived?: string | null | undefined
}

/**
 * Gives somebody a mark, or takes theirs back. Throws `not-found`, `malformed`, `conflict` with the current mark and
 * version when somebody else marked or its learner handed in anew since it was read.
 */
export async function giveMark(
  ctx: WriteCtx,
  { assignmentId, version, score, ...given }: GivenMark,
): Promise<{ mark: Mark | null; version: number }> {
  const accountId = accountIdSchema.parse(given.accountId)
  const assignment = await heldAssignment(ctx, assignmentId)
  demandScore(score, assignment.points)
  const row = await lockSubmission(ctx, assignmentId, accountId)
  if (row.version !== version) {
    const current = { mark: await markOf(ctx, assignment, row), version: row.version }
    demand(false, 'conflict', { params: { current } })
  }
  const comment = score === null ? '' : given.comment
  const next: SubmissionRow = {
    ...{ ...row, score, comment, version: version + 1 },
    waived: score === null ? null : given.waived === undefined ? row.waived : given.waived,
    ...(score === null ? { markedAt: null, markedBy: null } : { markedAt: ctx.now, markedBy: actorOf(ctx.who) }),
  }
  await submissions.update(next, { where: { id: row.id } })
  const [settled] = await settle(ctx, assignment.courseId, [assignment], { accountIds: [accountId] })
  await setGrades(ctx, assignment.gradeItemId, settled?.marks ?? [])
  const verb = score === null ? 'withdrawn' : row.score === null ? 'given' : 'changed'
  const told = (one: SubmissionRow) => ({ score: one.score, comment: one.comment, waived: one.waived })
  await audit.record(ctx, {
    ...{
      verb: `mark.${verb}`,
      subject: { kind: 'account', id: accountId },
      context: courseContext(assignment.courseId),
    },
    details: { courseId: assignment.courseId, title: assignment.title, before: told(row), after: told(next) },
  })
  ctx.announce(assignmentScope, assignmentId, { kind: 'marked', body: { accountId } })
  return { mark: await markOf(ctx, assignment, next), version: next.version }
}
