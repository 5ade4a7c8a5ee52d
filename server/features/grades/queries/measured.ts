// What each person of a column is measured against, and why somebody has no grade in it. Changes nothing and asks no
// rights; the decisions are in rules.
import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { EmptyCell, GradeItemId } from '#protocol/grades.ts'
import { type AskedItem, askedItems, type Reached, reachOf } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type AskedOf, measuredBy, type SourceOf, whyEmpty } from '../rules.ts'
import { gradeSources } from '../tables.ts'
import { unmarkedCells } from './marked.ts'

/** What was settled for one person, as `deliveryId/itemId`. */
export type Settled = ReadonlySet<string>

export interface Measured {
  readonly asked: readonly (AskedItem & AskedOf)[]
  /** What was given to them, asked or still to be answered: what an explanation lists. */
  readonly given: readonly AskedItem[]
  readonly attended: boolean
  readonly replaced: boolean
}

/** Answers for each person what they are measured against in one column. */
export type MeasureOf = (accountId: AccountId, settled: Settled) => Measured

const sourcesFor = (reached: readonly Reached[], accountId: AccountId): SourceOf[] =>
  reached.map(one => ({ deliveryId: one.deliveryId, mode: one.mode, reached: one.has(accountId), over: one.over }))

function measureIn(items: readonly AskedItem[], reached: readonly Reached[]): MeasureOf {
  const live = new Set(items.filter(one => one.mode === 'live' && one.closed).map(one => one.itemId))
  return (accountId, settled) => {
    const { deliveryIds, attended, replaced } = measuredBy(sourcesFor(reached, accountId))
    const mine = items.filter(one => deliveryIds.has(one.deliveryId))
    const asked = mine.filter(one => one.closed || settled.has(`${one.deliveryId}/${one.itemId}`))
    const given = mine.filter(one => one.closed || one.mode === 'homework')
    return { asked: asked.map(one => ({ ...one, live: live.has(one.itemId) })), given, attended, replaced }
  }
}

/** The measure of a column that collects these deliveries, for these people or (null) for everybody. Four queries. */
export async function measureOf(
  ctx: Ctx,
  deliveryIds: readonly DeliveryId[],
  accountIds: readonly AccountId[] | null,
): Promise<MeasureOf> {
  return measureIn(await askedItems(ctx, deliveryIds), await reachOf(ctx, deliveryIds, accountIds))
}

/** The same for several columns. Five queries however many there are. */
export async function measuresOf(
  ctx: Ctx,
  gradeItemIds: readonly GradeItemId[],
  accountIds: readonly AccountId[],
): Promise<{
  deliveryIds: DeliveryId[]
  within: (gradeItemId: GradeItemId) => ReadonlySet<DeliveryId>
  of: (gradeItemId: GradeItemId) => MeasureOf
}> {
  const sources = await gradeSources.findAll({ where: { gradeItemId: [...gradeItemIds] }, raw: true })
  const deliveryIds = [...new Set(sources.map(one => one.deliveryId))]
  const items = await askedItems(ctx, deliveryIds)
  const reached = await reachOf(ctx, deliveryIds, accountIds)
  const within = (gradeItemId: GradeItemId) =>
    new Set(sources.filter(one => one.gradeItemId === gradeItemId).map(one => one.deliveryId))
  return {
    deliveryIds,
    within,
    of: gradeItemId => {
      const mine = within(gradeItemId)
      return measureIn(
        items.filter(one => mine.has(one.deliveryId)),
        reached.filter(one => mine.has(one.deliveryId)),
      )
    },
  }
}

/** Says why these people have no grade in these columns of a course, for those pairs that are asked. Six queries, and those of what is marked. */
export async function emptyCells(
  ctx: Ctx,
  courseId: string,
  gradeItemIds: readonly GradeItemId[],
  accountIds: readonly AccountId[],
): Promise<(gradeItemId: GradeItemId, accountId: AccountId) => EmptyCell> {
  const sources = await gradeSources.findAll({ where: { gradeItemId: [...gradeItemIds] }, raw: true })
  const reached = await reachOf(ctx, [...new Set(sources.map(one => one.deliveryId))], accountIds)
  const unmarked = await unmarkedCells(ctx, gradeItemIds, accountIds)
  // Who has left, or was erased, holds no role here any more; what they missed while they learned here stays missed.
  const enrolled = await ctx.sql<{ account_id: AccountId; at: Date; ended_at: Date | null }>(
    `select e.account_id, e.at, e.ended_at from enrolments e
       left join role_assignments r
         on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.course_id = $1 and coalesce(r.role, 'learner') = 'learner' and e.account_id = any($2::uuid[])`,
    [courseId, [...accountIds]],
  )
  const times = new Map<AccountId, { from: number; to: number }[]>()
  for (const { account_id: id, at, ended_at: to } of enrolled)
    times.set(id, [...(times.get(id) ?? []), { from: Number(at), to: to === null ? Infinity : Number(to) }])
  const enrolledAt = (accountId: AccountId, at: Date) =>
    times.get(accountId)?.some(one => one.from <= Number(at) && Number(at) < one.to) === true
  const byItem = new Map<GradeItemId, Reached[]>()
  for (const id of gradeItemIds) {
    const mine = new Set(sources.filter(one => one.gradeItemId === id).map(one => one.deliveryId))
    byItem.set(
      id,
      reached.filter(one => mine.has(one.deliveryId)),
    )
  }
  return (gradeItemId, accountId) => {
    const why = unmarked(gradeItemId, accountId)
    if (why) return { gradeItemId, why }
    const of = byItem.get(gradeItemId) ?? []
    const due = of.some(one => one.mode === 'live' && enrolledAt(accountId, one.at))
    return { gradeItemId, why: whyEmpty(sourcesFor(of, accountId), { due }) }
  }
}
