// What holds for handing in and for marks. Pure.
import type { SubmissionStatus } from '#protocol/assignments/submissions.ts'
import { tenThousandths } from '#protocol/base/decimal.ts'
import { demand } from '#protocol/base/problems.ts'
import type { FileForm, UploadRefused } from '#protocol/files.ts'
import { gradeAfter, type Lateness, type LatePolicy, missingGrade, penaltyOf } from '#protocol/grades/late.ts'

export interface Times {
  readonly dueAt: Date | null
  readonly cutOffAt: Date | null
}

/** Throws `malformed` at `cutOffAt` where nothing would be taken any more before it is due. */
export function demandTimes({ dueAt, cutOffAt }: Times): void {
  const fits = dueAt === null || cutOffAt === null || cutOffAt >= dueAt
  demand(fits, 'malformed', { errors: [{ path: 'cutOffAt', code: 'invalid' }] })
}

/** How long after it was due something came, in whole seconds, a part of one counted up; null for in time. */
export function lateBy({ dueAt }: Pick<Times, 'dueAt'>, at: Date): number | null {
  const ms = dueAt === null ? 0 : at.getTime() - dueAt.getTime()
  return ms > 0 ? Math.ceil(ms / 1000) : null
}

/** Whether anything is taken at this moment. */
export const isOver = ({ cutOffAt }: Pick<Times, 'cutOffAt'>, at: Date): boolean => cutOffAt !== null && at > cutOffAt

export interface Standing {
  readonly handIns: number
  readonly lateSeconds: number | null
  readonly score: string | null
}

/** How a submission stands; undefined: there is none. */
export function statusOf(one: Standing | undefined): SubmissionStatus {
  if (!one) return 'none'
  if (one.score !== null) return 'marked'
  return one.handIns === 0 ? 'none' : one.lateSeconds === null ? 'handed-in' : 'late'
}

/** Throws unless its learner may write and hand in now: `marked-already`, `hand-in-over`. */
export function demandTaken(times: Times, standing: Pick<Standing, 'score'> | undefined, at: Date): void {
  demand(!standing || standing.score === null, 'marked-already')
  demand(!isOver(times, at), 'hand-in-over')
}

/** A mark and how late it came. `score` and `points` are decimal strings; `waived` says why lateness takes nothing. */
export interface Marked {
  readonly score: string
  readonly points: string
  readonly lateSeconds: number | null
  readonly waived: string | null
}

/** What the gradebook says. */
export interface Worth {
  readonly score: string
  readonly late: Lateness | null
}

/** What a mark comes to by a late policy. What costs nothing is not told as late. */
export function worthOf(policy: LatePolicy, { score, points, lateSeconds: seconds, waived }: Marked): Worth {
  if (seconds === null || penaltyOf(policy, seconds) === '0') return { score, late: null }
  if (waived !== null) return { score, late: { is: 'late', given: score, deducted: '0', seconds, waived: true } }
  const { grade, deducted } = gradeAfter(policy, { score, points, seconds })
  return { score: grade, late: { is: 'late', given: score, deducted, seconds, waived: false } }
}

/** What nothing handed in by the cut-off comes to; null for no grade. */
export function worthOfMissing(policy: LatePolicy, points: string): Worth | null {
  const score = missingGrade(policy, points)
  return score === null ? null : { score, late: { is: 'missing' } }
}

/** Throws `malformed` at `score` where it is none of 0 to `points`. */
export function demandScore(score: string | null, points: string): void {
  const fits = score === null || (!score.startsWith('-') && tenThousandths(score) <= tenThousandths(points))
  demand(fits, 'malformed', { errors: [{ path: 'score', code: 'too_big' }] })
}

/** Why a file that came is not taken; null where it is. `held`: how many there are. */
export function refusedFor(
  { most, forms }: { readonly most: number; readonly forms: readonly FileForm[] },
  { form, held }: { readonly form: FileForm; readonly held: number },
): UploadRefused | null {
  if (forms.length > 0 && !forms.includes(form)) return 'kind'
  return held < most ? null : 'many'
}
