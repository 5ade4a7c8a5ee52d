// What assignments owe a person: all they handed in and what it was given, back; their words and files gone when their
// account goes; one submission where two accounts were one person.
import type { AccountId } from '#protocol/base/ids.ts'
import { redirectUploads } from '#server/features/files/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportHandIns, exportMarksGiven, exportSubmissions, listTwice, listWritten } from '../queries/account.ts'
import { forgetFiles, uploadKind } from './files.ts'
import { regrade } from './late.ts'

/** What stands where a text was that was taken out. */
const takenOut = '–'

/** Whose submissions of a course go over to whom: the other is nobody's yet. */
export interface Handover {
  readonly from: AccountId
  readonly into: AccountId
}

/** Takes words, files and comments out of the submissions that `where` finds (`s`, and `a` the assignment). */
async function takeWords(ctx: WriteCtx, where: string, values: readonly unknown[]): Promise<void> {
  await forgetFiles(ctx, where, values)
  const found = `select s.id from submissions s join assignments a on a.id = s.assignment_id where ${where}`
  await ctx.sql(
    `update hand_ins set text = case when text = '' then '' else '${takenOut}' end, file_ids = '{}'
      where submission_id in (${found})`,
    values,
  )
  await ctx.sql(
    `update submissions set draft_text = '', comment = '', waived = case when waived is null then null else '${takenOut}' end where id in (${found})`,
    values,
  )
}

/** Hands the submissions of these people in one course over, without their words and files. */
export async function handSubmissionsOver(ctx: WriteCtx, courseId: string, people: readonly Handover[]): Promise<void> {
  await takeWords(ctx, 'a.course_id = $1 and s.account_id = any($2::uuid[])', [courseId, people.map(one => one.from)])
  await ctx.sql(
    `update submissions s set account_id = h.other from unnest($2::uuid[], $3::uuid[]) as h(one, other), assignments a
      where a.id = s.assignment_id and a.course_id = $1 and s.account_id = h.one`,
    [courseId, people.map(one => one.from), people.map(one => one.into)],
  )
}

const twice = `submissions f join submissions i on i.assignment_id = f.assignment_id
  where f.account_id = $1 and i.account_id = $2`

/** Where both wrote for one assignment what either handed in stands in the order it came, and a mark of either stays. */
async function joinTwice(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  const both = [from, into]
  await ctx.sql(
    `update submission_files x set submission_id = i.id, removed_at = coalesce(x.removed_at, now()) from ${twice}
       and x.submission_id = f.id`,
    both,
  )
  // The numbers of both as they will be, above all there are first: a number is never twice in between.
  await ctx.sql(
    `with all_of as (
       select h.submission_id, h.number, i.id as into_id,
              row_number() over (partition by i.id order by h.at, h.submission_id, h.number) as place
         from (select f.id as from_id, i.id from ${twice}) i
         join hand_ins h on h.submission_id in (i.id, i.from_id))
     update hand_ins h set submission_id = o.into_id, number = 1000000 + o.place from all_of o
      where h.submission_id = o.submission_id and h.number = o.number`,
    both,
  )
  await ctx.sql(
    `update hand_ins h set number = h.number - 1000000
      where h.number > 1000000 and h.submission_id in (select i.id from ${twice})`,
    both,
  )
  await ctx.sql(
    `update submissions s set
       draft_text = case when s.draft_text = '' then f.draft_text else s.draft_text end,
       draft_version = s.draft_version + f.draft_version + 1, version = s.version + f.version + 1,
       hand_ins = s.hand_ins + f.hand_ins,
       late_seconds = case when f.handed_in_at > coalesce(s.handed_in_at, '-infinity') then f.late_seconds else s.late_seconds end,
       handed_in_at = greatest(s.handed_in_at, f.handed_in_at),
       score = coalesce(s.score, f.score), comment = case when s.score is null then f.comment else s.comment end,
       waived = case when s.score is null then f.waived else s.waived end,
       marked_at = coalesce(s.marked_at, f.marked_at),
       marked_by = case when s.score is null then f.marked_by else s.marked_by end
      from submissions f
     where f.account_id = $1 and s.account_id = $2 and s.assignment_id = f.assignment_id`,
    both,
  )
  for (const { old, kept } of await listTwice(ctx, from, into)) await redirectUploads(ctx, uploadKind, old, kept)
  await ctx.sql(
    `delete from submissions d using submissions i
      where d.account_id = $1 and i.account_id = $2 and i.assignment_id = d.assignment_id`,
    both,
  )
}

/** What assignments owe a person. */
export const accountHooks: AccountHooks = {
  columns: ['submissions.account_id', 'submissions.marked_by'],
  stays: {
    'submissions.account_id': 'record',
  },
  export: async (ctx, accountId) => ({
    handedIn: await exportHandIns(ctx, accountId),
    submissions: await exportSubmissions(ctx, accountId),
    marksGiven: await exportMarksGiven(ctx, accountId),
  }),
  files: async (ctx, accountId) => {
    const rows = await ctx.sql<{ blobId: string; name: string }>(
      `select f.blob_id as "blobId", f.name from submission_files f join submissions s on s.id = f.submission_id
        where s.account_id = $1 order by f.at, f.id`,
      [accountId],
    )
    return rows.map(({ blobId, name }) => ({ name, open: async () => (await ctx.blobs.get(blobId)).body }))
  },
  // That something was handed in, and what it was given, stays under an account that has lost its name.
  erase: async (ctx, accountId) => {
    await takeWords(ctx, 's.account_id = $1', [accountId])
    await ctx.sql('update submissions set marked_by = null where marked_by = $1', [accountId])
  },
  merge: async (ctx, from, into) => {
    await ctx.sql('update submissions set marked_by = $2 where marked_by = $1', [from, into])
    await joinTwice(ctx, from, into)
    await ctx.sql('update submissions set account_id = $2 where account_id = $1', [from, into])
  },
  // A mark of either is what the gradebook says.
  merged: async (ctx, into) => {
    const rows = await listWritten(ctx, into)
    for (const courseId of [...new Set(rows.map(row => row.courseId))].sort())
      await regrade(
        ctx,
        courseId,
        rows.filter(row => row.courseId === courseId),
        [into],
      )
  },
}
