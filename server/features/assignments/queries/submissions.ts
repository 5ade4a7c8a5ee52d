// What was handed in, as its learner and as those who mark read it. Changes nothing and asks no rights.
import type {
  Draft,
  HandIn,
  Mark,
  OwnSubmission,
  SubmissionCounts,
  SubmissionFile,
  SubmissionFileId,
  SubmissionFilter,
  SubmissionRow as SubmissionLine,
  SubmissionStatus,
} from '#protocol/assignments/submissions.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import { cellIn } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import {
  type AssignmentRow,
  handIns,
  type SubmissionFileRow,
  type SubmissionId,
  type SubmissionRow,
  submissionFiles,
  submissions,
} from '../tables.ts'
import { learnersIn, type OfAssignment } from './assignments.ts'

/** A file as it travels. */
export const submissionFileOf = (row: SubmissionFileRow): SubmissionFile => ({
  ...{ id: row.id, name: row.name, form: row.form, type: row.type, size: Number(row.size) },
})

/** Files of a submission, taken out of the draft too, in the order they came. */
export const filesOf = (submissionId: SubmissionId): Promise<SubmissionFileRow[]> =>
  submissionFiles.findAll({
    where: { submissionId },
    order: [
      ['at', 'asc'],
      ['id', 'asc'],
    ],
    raw: true,
  })

/** Those that its draft holds. */
export const inDraft = (files: readonly SubmissionFileRow[]): SubmissionFileRow[] =>
  files.filter(one => one.removedAt === null)

/** The draft of a submission with its files. */
export const draftOf = (row: SubmissionRow | undefined, files: readonly SubmissionFileRow[]): Draft => ({
  text: row?.draftText ?? '',
  files: inDraft(files).map(submissionFileOf),
  version: row?.draftVersion ?? 0,
  savedAt: row?.draftAt?.toISOString() ?? null,
})

/** The mark there is, with who gave it and what the gradebook makes of it. At most two queries. */
export async function markOf(
  ctx: Ctx,
  { gradeItemId }: Pick<AssignmentRow, 'gradeItemId'>,
  row: SubmissionRow | undefined,
): Promise<Mark | null> {
  if (!row || row.score === null || row.markedAt === null) return null
  const [by] = await ctx.sql<{ name: string }>('select name from accounts where id = $1 and erased_at is null', [
    row.markedBy,
  ])
  const cell = await cellIn(ctx, gradeItemId, row.accountId)
  const score = decimalOf(tenThousandths(row.score))
  return {
    score,
    grade: cell?.score ?? score,
    late: cell?.late ?? null,
    waived: row.waived,
    comment: row.comment,
    at: row.markedAt.toISOString(),
    by: by?.name ?? null,
  }
}

/** Each time it was handed in, the newest first. One query. */
export async function handInsOf(submissionId: SubmissionId, files: readonly SubmissionFileRow[]): Promise<HandIn[]> {
  const rows = await handIns.findAll({ where: { submissionId }, order: [['number', 'desc']], raw: true })
  const byId = new Map(files.map(one => [one.id, submissionFileOf(one)]))
  return rows.map(row => ({
    ...{ number: row.number, text: row.text, at: row.at.toISOString(), lateSeconds: row.lateSeconds },
    files: row.fileIds.flatMap(id => byId.get(id) ?? []),
  }))
}

/** Somebody's submission; undefined while they have written nothing. */
export const findSubmission = async (
  assignmentId: AssignmentRow['id'],
  accountId: AccountId,
): Promise<SubmissionRow | undefined> =>
  (await submissions.findOne({ where: { assignmentId, accountId }, raw: true })) ?? undefined

/** A submission as its learner reads it. Six queries. */
export async function ownSubmission(
  ctx: Ctx,
  assignment: Pick<AssignmentRow, 'gradeItemId'>,
  accountId: AccountId,
  row: SubmissionRow | undefined,
): Promise<OwnSubmission> {
  const mark = await markOf(ctx, assignment, row)
  const cell = mark ? undefined : await cellIn(ctx, assignment.gradeItemId, accountId)
  const files = row ? await filesOf(row.id) : []
  return {
    draft: draftOf(row, files),
    handIns: row ? await handInsOf(row.id, files) : [],
    mark,
    missing: cell?.late?.is === 'missing' ? cell.score : null,
  }
}

/** A file with its submission and where that belongs; `not-found` for none. One query each. */
export async function getSubmissionFile(
  fileId: SubmissionFileId,
): Promise<{ file: SubmissionFileRow; submission: SubmissionRow }> {
  const file = await submissionFiles.findByPk(fileId, { raw: true })
  const submission = file && (await submissions.findByPk(file.submissionId, { raw: true }))
  if (!file || !submission) throw new Problem('not-found')
  return { file, submission }
}

// $1 the course, $2 the assignment: its learners and whoever handed in or has a mark, each with how it stands.
const lines = `
  with people as (${learnersIn}
    union select account_id from submissions where assignment_id = $2 and (hand_ins > 0 or score is not null)
  ), lines as materialized (
    select a.id, a.name, lower(a.name) as sorted, s.handed_in_at as at, s.late_seconds as "lateSeconds",
           trim_scale(s.score)::text as score, trim_scale(g.score)::text as grade,
           coalesce(g.missing, false) as missing,
           case when s.score is not null then 'marked' when coalesce(s.hand_ins, 0) = 0 then 'none'
                when s.late_seconds is not null then 'late' else 'handed-in' end as status
      from people p join accounts a on a.id = p.id
      left join submissions s on s.assignment_id = $2 and s.account_id = p.id
      left join assignments t on t.id = $2
      left join grades g on g.grade_item_id = t.grade_item_id and g.account_id = p.id
  )`

const wanted: Readonly<Record<SubmissionFilter, readonly SubmissionStatus[]>> = {
  all: ['none', 'handed-in', 'late', 'marked'],
  'to-mark': ['handed-in', 'late'],
  none: ['none'],
  'handed-in': ['handed-in'],
  late: ['late'],
  marked: ['marked'],
}

interface Line {
  id: AccountId
  name: string
  sorted: string
  at: Date | null
  lateSeconds: number | null
  score: string | null
  grade: string | null
  missing: boolean
  status: SubmissionStatus
}

const lineOf = ({ id, name, status, at, lateSeconds, score, grade, missing }: Line): SubmissionLine => ({
  ...{ accountId: id, name, status, lateSeconds, score, grade, missing, at: at && new Date(at).toISOString() },
})

interface Asked extends OfAssignment {
  readonly filter: SubmissionFilter
}

/** A page of them by name. One query. Throws `malformed` for a cursor that is none. */
export async function listSubmissions(
  ctx: Ctx,
  input: Asked & { search?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<SubmissionLine>> {
  const [name, id] = readKeyset(input.after) ?? [null, null]
  const rows = await ctx.sql<Line>(
    `${lines} select * from lines
      where status = any($3::text[]) and ($4::text is null or name ilike $4)
        and ($5::text is null or (sorted, id) > ($5, $6::uuid))
      order by sorted, id limit $7`,
    [
      ...[input.courseId, input.assignmentId, wanted[input.filter], containing(input.search?.trim())],
      ...[name, id, input.limit + 1],
    ],
  )
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map(lineOf),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sorted, last.id) } : {}),
  }
}

/** How many there are of each. One query. */
export async function countSubmissions(ctx: Ctx, { courseId, assignmentId }: OfAssignment): Promise<SubmissionCounts> {
  const rows = await ctx.sql<{ status: SubmissionStatus; count: number }>(
    `${lines} select status, count(*)::int as count from lines group by status`,
    [courseId, assignmentId],
  )
  const none: SubmissionCounts = { none: 0, 'handed-in': 0, late: 0, marked: 0 }
  return Object.assign(none, Object.fromEntries(rows.map(row => [row.status, row.count])))
}

/** One line, with who stands before and after it among those the filter lets through. One query. Throws `not-found`. */
export async function getLine(
  ctx: Ctx,
  { courseId, assignmentId, accountId, filter }: Asked & { readonly accountId: AccountId },
): Promise<{ line: SubmissionLine; previous: AccountId | null; next: AccountId | null }> {
  const beside = (sign: '<' | '>', order: 'asc' | 'desc') =>
    `(select o.id from lines o where o.status = any($4::text[]) and (o.sorted, o.id) ${sign} (l.sorted, l.id)
       order by o.sorted ${order}, o.id ${order} limit 1)`
  const [row] = await ctx.sql<Line & { previous: AccountId | null; next: AccountId | null }>(
    `${lines} select l.*, ${beside('<', 'desc')} as previous, ${beside('>', 'asc')} as next from lines l where l.id = $3`,
    [courseId, assignmentId, accountId, wanted[filter]],
  )
  if (!row) throw new Problem('not-found')
  return { line: lineOf(row), previous: row.previous, next: row.next }
}
