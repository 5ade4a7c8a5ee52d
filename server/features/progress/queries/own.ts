// How far one person is in courses, and what people have done there, for what waits for it. Changes nothing and asks no
// rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { ProgressCell, ProgressSum } from '#protocol/progress.ts'
import { type CompletionSource, shutFor } from '#server/features/conditions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { cellOf, sumOf } from '../rules.ts'
import { type CourseProgressItem, marksOf, progressItems } from './record.ts'

export interface OwnProgress {
  readonly items: readonly { item: CourseProgressItem; cell: ProgressCell; shut: boolean }[]
  readonly sum: ProgressSum
}

/**
 * How far one person is in these courses, by course; in those they learn in since they came. What is hidden from them is
 * not there. Three queries, and those of what may be shut.
 */
export async function ownProgress(
  ctx: Ctx,
  accountId: AccountId,
  courseIds: readonly string[] | null,
): Promise<Map<string, OwnProgress>> {
  const since = await ctx.sql<{ course_id: string; at: Date }>(
    `select e.course_id, e.at from enrolments e
       join courses c on c.id = e.course_id and c.removed_at is null
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.account_id = $1 and e.ended_at is null and r.role = 'learner'
        and ($2::uuid[] is null or e.course_id = any($2))`,
    [accountId, courseIds && [...courseIds]],
  )
  if (since.length === 0) return new Map()
  const items = await progressItems(
    ctx,
    since.map(one => one.course_id),
  )
  const marks = await marksOf(ctx, items, [accountId])
  const shut = await shutFor(
    ctx,
    since.map(one => one.course_id),
    [accountId],
  )
  return new Map(
    since.map(({ course_id: courseId, at }) => {
      const mine = items
        .filter(item => item.courseId === courseId && shut(accountId, item) !== 'hidden')
        .map(item => ({
          item,
          cell: cellOf(item, marks(accountId, item), new Date(at), ctx.now),
          shut: shut(accountId, item) !== null,
        }))
      return [
        courseId,
        {
          items: mine,
          sum: sumOf(
            mine.map(one => one.cell),
            ctx.now,
          ),
        },
      ]
    }),
  )
}

/**
 * What each of these people has done of what stands in these courses. What was over before somebody came is not theirs to
 * have done; whoever learns in none of them has come today. Three queries.
 */
export const completionOf: CompletionSource = async (ctx, courseIds, accountIds) => {
  const enrolled = await ctx.sql<{ key: string; at: Date }>(
    `select account_id || ' ' || course_id as key, at from enrolments
      where course_id = any($1::uuid[]) and account_id = any($2::uuid[]) and ended_at is null`,
    [[...courseIds], [...accountIds]],
  )
  const since = new Map(enrolled.map(row => [row.key, new Date(row.at)]))
  const items = new Map((await progressItems(ctx, courseIds)).map(one => [one.itemId as string, one]))
  const marks = await marksOf(ctx, [...items.values()], accountIds)
  return (accountId, itemId) => {
    const item = items.get(itemId)
    if (!item) return 'none'
    const came = since.get(`${accountId} ${item.courseId}`) ?? ctx.now
    const { state } = cellOf(item, marks(accountId, item), came, ctx.now)
    return state === 'missed' ? 'open' : state
  }
}

/** The pages somebody has read, for the copy of what is kept about them. */
export const exportPagesRead = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    'select p.title, r.at from page_reads r join pages p on p.id = r.page_id where r.account_id = $1 order by r.at',
    [accountId],
  )

/** What somebody marked as done, for the same copy. */
export const exportMarkedDone = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    'select i.title, d.at from done_marks d join items i on i.id = d.item_id where d.account_id = $1 order by d.at',
    [accountId],
  )
