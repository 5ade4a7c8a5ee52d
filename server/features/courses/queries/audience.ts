// Items of a course that are for some of its learners alone: they stand in no scope of the course, each person reads
// their own. Whom one is for is said by the feature its kind belongs to. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { byPosition, type CourseItem } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ItemRow, items, modules } from '../tables.ts'
import { itemOf } from './course.ts'

export interface ItemAudience {
  /** Those of these things that are for this person. One query. */
  readonly among: (ctx: Ctx, refIds: readonly string[], accountId: AccountId) => Promise<ReadonlySet<string>>
  /** Whom one thing is for. One query. */
  readonly people: (ctx: Ctx, refId: string) => Promise<AccountId[]>
}

const audiences = new Map<string, ItemAudience>()

/** Says whom things of a kind are for that are not for everybody. Called once, when a feature's index is loaded. */
export const registerItemAudience = (kind: string, audience: ItemAudience): void => {
  audiences.set(kind, audience)
}

/** Whom an item for some is for; nobody where its kind has not said. */
export const peopleOf = async (ctx: Ctx, item: Pick<ItemRow, 'kind' | 'refId'>): Promise<AccountId[]> =>
  (await audiences.get(item.kind)?.people(ctx, item.refId)) ?? []

/** What stands in a course for this person and not for everybody, published alone, in order. Three queries and one a kind. */
export async function ownItems(ctx: Ctx, courseId: string, accountId: AccountId): Promise<CourseItem[]> {
  const rows = await items.findAll({
    where: { courseId, audience: 'some', published: true, removedAt: null },
    raw: true,
  })
  const gone = new Set(
    (await modules.findAll({ where: { courseId }, raw: true })).filter(one => one.removedAt).map(one => one.id),
  )
  const mine = new Set<string>()
  for (const kind of new Set(rows.map(row => row.kind))) {
    const refIds = rows.filter(row => row.kind === kind).map(row => row.refId)
    for (const id of (await audiences.get(kind)?.among(ctx, refIds, accountId)) ?? []) mine.add(`${kind} ${id}`)
  }
  return rows
    .filter(row => mine.has(`${row.kind} ${row.refId}`) && (row.moduleId === null || !gone.has(row.moduleId)))
    .map(itemOf)
    .sort(byPosition)
}
