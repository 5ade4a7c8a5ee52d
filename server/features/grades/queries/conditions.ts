// What the gradebook says to conditions: whether somebody has so many percent in a column, as far as they may be told;
// and which columns somebody does not know of, since all they collect is hidden from them. Changes nothing.
import { Op } from 'sequelize'
import { tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ConditionOf } from '#protocol/conditions.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import { type ConditionKind, shutFor } from '#server/features/conditions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { gradeItems } from '../tables.ts'
import { heldFor } from './held.ts'

/** Whether a person has at least so many percent in a column; null while there is no result that they may know. */
export type Reaches = (gradeItemId: GradeItemId, accountId: AccountId, percent: number) => boolean | null

/**
 * The results these people may know. A lock that opens tells a result as its figure does, so what is held stays unknown.
 * Two queries; where something of a column is not over, those of `heldFor` for each person who has a result in it.
 */
export async function reaches(
  ctx: Ctx,
  gradeItemIds: readonly GradeItemId[],
  accountIds: readonly AccountId[],
): Promise<Reaches> {
  const rows = await ctx.sql<{ item: GradeItemId; account: AccountId; score: string; points: string }>(
    `select grade_item_id as item, account_id as account, trim_scale(score)::text as score,
            trim_scale(points)::text as points
       from grades where grade_item_id = any($1::uuid[]) and account_id = any($2::uuid[])`,
    [[...gradeItemIds], [...accountIds]],
  )
  const held = new Set<string>()
  for (const account of new Set(rows.map(row => row.account))) {
    const mine = rows.filter(row => row.account === account).map(row => row.item)
    for (const item of await heldFor(ctx, account, mine)) held.add(`${item} ${account}`)
  }
  const found = new Map(rows.map(row => [`${row.item} ${row.account}`, row]))
  return (item, account, percent) => {
    const row = found.get(`${item} ${account}`)
    const points = row ? tenThousandths(row.points) : 0n
    if (!row || points <= 0n || held.has(`${item} ${account}`)) return null
    return tenThousandths(row.score) * 100n >= BigInt(percent) * points
  }
}

export const scoreConditions: ConditionKind<ConditionOf<'score'>> = {
  kind: 'score',
  targets: async (ctx, ids) => {
    const rows = await ctx.sql<{ id: string; course_id: string; title: string; item_ids: string[] }>(
      `select g.id, g.course_id, g.title,
              coalesce(array_agg(i.id order by i.id) filter (where i.id is not null), '{}') as item_ids
         from grade_items g
         left join grade_sources s on s.grade_item_id = g.id
         left join items i on i.ref_id = coalesce(s.delivery_id, g.marked_id) and i.removed_at is null
        where g.id = any($1::uuid[]) group by g.id`,
      [[...ids]],
    )
    return new Map(rows.map(row => [row.id, { courseId: row.course_id, title: row.title, itemIds: row.item_ids }]))
  },
  judge: async (ctx, conditions, accountIds) => {
    const known = await reaches(ctx, [...new Set(conditions.map(one => one.gradeItemId))], accountIds)
    return ({ gradeItemId, percent, below }, accountId) => {
      const enough = percent === undefined || known(gradeItemId, accountId, percent)
      const tooMuch = below !== undefined && known(gradeItemId, accountId, below)
      if (enough === null || tooMuch === null) return 'unknown'
      return enough && !tooMuch ? 'yes' : 'no'
    }
  },
}

/**
 * Columns of a course that collect nothing but what is hidden from this person, or what staff have hidden or taken out where
 * it is marked. Two queries, and those of what is shut.
 */
export async function hiddenColumns(
  ctx: Ctx,
  courseId: string,
  accountId: AccountId,
): Promise<ReadonlySet<GradeItemId>> {
  const rows = await ctx.sql<{ id: GradeItemId; kind: string | null; ref_id: string | null }>(
    `select g.id, i.kind, i.ref_id from grade_items g
       join grade_sources s on s.grade_item_id = g.id
       left join items i on i.ref_id = s.delivery_id
      where g.course_id = $1
     union all
     select g.id, i.kind, i.ref_id from grade_items g join items i on i.kind = g.marked_kind and i.ref_id = g.marked_id
       left join modules m on m.id = i.module_id
      where g.course_id = $1 and i.published and i.removed_at is null and m.removed_at is null`,
    [courseId],
  )
  const marked = await gradeItems.findAll({
    where: { courseId, markedId: { [Op.ne]: null } },
    attributes: ['id'],
    raw: true,
  })
  const shut = await shutFor(ctx, [courseId], [accountId])
  const known = new Set<GradeItemId>()
  for (const { id, kind, ref_id: refId } of rows)
    if (kind === null || refId === null || shut(accountId, { kind, refId }) !== 'hidden') known.add(id)
  return new Set([...rows, ...marked].map(row => row.id).filter(id => !known.has(id)))
}
