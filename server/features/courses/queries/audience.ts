// Items of a course that are for some of its learners alone: they stand in no scope of the course, each person reads
// their own. Whom one is for is said by the feature its kind belongs to. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { byPosition, type CourseItem } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { sightOf } from '../rules.ts'
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

/** Published items of a course that not everybody sees, in order: hidden until they open, or for some and not hidden. */
async function apart(courseId: string, which: 'hidden' | 'for some'): Promise<ItemRow[]> {
  const around = new Map((await modules.findAll({ where: { courseId }, raw: true })).map(one => [one.id, one]))
  const rows = await items.findAll({ where: { courseId, published: true, removedAt: null }, raw: true })
  return rows
    .filter(row => {
      const module = row.moduleId === null ? null : (around.get(row.moduleId) ?? null)
      if (sightOf(row, module) !== 'draft') return false
      return (row.hidden || module?.hidden === true) === (which === 'hidden')
    })
    .sort(byPosition)
}

/** Those of these rows that are for this person, the others of their kind being for everybody. One query a kind. */
async function forThem(ctx: Ctx, rows: readonly ItemRow[], accountId: AccountId): Promise<CourseItem[]> {
  const some = rows.filter(row => row.audience === 'some')
  const mine = new Set<string>()
  for (const kind of new Set(some.map(row => row.kind))) {
    const refIds = some.filter(row => row.kind === kind).map(row => row.refId)
    for (const id of (await audiences.get(kind)?.among(ctx, refIds, accountId)) ?? []) mine.add(`${kind} ${id}`)
  }
  return rows.filter(row => row.audience === 'everybody' || mine.has(`${row.kind} ${row.refId}`)).map(itemOf)
}

/** What stands in a course for this person and not for everybody, published alone, in order. Two queries and one a kind. */
export const ownItems = async (ctx: Ctx, courseId: string, accountId: AccountId): Promise<CourseItem[]> =>
  forThem(ctx, await apart(courseId, 'for some'), accountId)

/** What is hidden until it opens and would then be for this person, in order; whether it is open is not asked here. */
export const hiddenItems = async (ctx: Ctx, courseId: string, accountId: AccountId): Promise<CourseItem[]> =>
  forThem(ctx, await apart(courseId, 'hidden'), accountId)
