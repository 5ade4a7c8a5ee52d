// What is read to correct an item: where it stands, what its answers would earn, what was corrected before. Changes
// nothing and asks no rights.
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type { ActivityId, ActivityItem, AttemptId, ItemId, Ruling } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { kindOf } from '../kinds/registry.ts'
import { scoreBy } from '../rules.ts'
import { getActivity, listItems } from './activities.ts'

/** An item with the activity it stands in. */
export interface ItemPlace {
  readonly activityId: ActivityId
  readonly courseId: string
  readonly kind: ActivityKindName
  readonly settings: unknown
  readonly item: ActivityItem
}

/** Where an item stands, or `not-found`. Three queries. */
export async function getItemPlace(ctx: Ctx, itemId: ItemId): Promise<ItemPlace> {
  const [row] = await ctx.sql<{ activity_id: ActivityId }>(
    'select activity_id from activity_items where id = $1 and removed_at is null',
    [itemId],
  )
  if (!row) throw new Problem('not-found')
  const { id: activityId, courseId, kind, settings } = await getActivity(ctx, row.activity_id)
  const item = (await listItems(ctx, activityId)).find(one => one.id === itemId)
  if (!item) throw new Problem('not-found')
  return { activityId, courseId, kind, settings, item }
}

/** Whose answers to an item are settled, in which attempts: of these people, or (null) of everybody. One query. */
export const settledIn = (
  ctx: Ctx,
  itemId: ItemId,
  accountIds: readonly AccountId[] | null,
): Promise<{ attemptId: AttemptId; accountId: AccountId; move: ActivityMove | null }[]> =>
  ctx.sql(
    `select e.attempt_id as "attemptId", e.account_id as "accountId", r.move
       from evidence e left join responses r on r.id = e.response_id
      where e.item_id = $1 and ($2::uuid[] is null or e.account_id = any($2::uuid[])) order by e.account_id`,
    [itemId, accountIds && [...accountIds]],
  )

/** What is settled for each person in an activity, as a mark that is another one once more is. One query. */
export async function settledMarks(ctx: Ctx, activityId: ActivityId): Promise<ReadonlyMap<AccountId, string>> {
  const rows = await ctx.sql<{ id: AccountId; mark: string }>(
    `select e.account_id as id, count(*) || ' ' || max(e.settled_at) as mark
       from evidence e join deliveries d on d.id = e.delivery_id
      where d.activity_id = $1 group by e.account_id`,
    [activityId],
  )
  return new Map(rows.map(row => [row.id, row.mark]))
}

/**
 * What each settled answer of these people, or (null) of everybody, would earn by another key or ruling, by the attempt it is
 * in. One query.
 */
export async function scoresUnder(
  ctx: Ctx,
  { kind, settings, item }: ItemPlace,
  to: { readonly ruling: Ruling; readonly question?: WrittenQuestion | undefined },
  accountIds: readonly AccountId[] | null,
): Promise<ReadonlyMap<AttemptId, string | null>> {
  const question = to.question ?? item.question.question
  const { score, scored } = kindOf(kind)
  return new Map(
    (await settledIn(ctx, item.id, accountIds)).map(({ attemptId, move }) => {
      const share = move === null ? undefined : score(settings, question, move)
      return [attemptId, scored(settings) ? scoreBy(to.ruling, item.points, share) : null]
    }),
  )
}

/** A correction as it stands, or `not-found`. */
export async function getCorrection(ctx: Ctx, id: string) {
  const [row] = await ctx.sql<{
    id: string
    itemId: ItemId
    courseId: string
    ruling: Ruling
    note: string
    up: number
    down: number
    done: number
    people: number
    by: string | null
    at: Date
  }>(
    `select c.id, c.item_id as "itemId", a.course_id as "courseId", c.ruling, c.note, c.up, c.down, c.done, c.people,
            p.name as by, c.at
       from corrections c
       join activity_items i on i.id = c.item_id
       join activities a on a.id = i.activity_id
       left join accounts p on p.id = c.by
      where c.id = $1`,
    [id],
  )
  if (!row) throw new Problem('not-found')
  return { ...row, at: new Date(row.at).toISOString() }
}
