// Who may change one thing of a course: asked of its item, in which roles can be given and rules said of its own. Whether
// somebody reads what is not released is asked of the course as well: who prepares it sees all that stands in it. A role given
// in an item opens no course: who may see nothing of the course does nothing in its items. Changes nothing.
import { countsIn } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type Capability, capabilities } from '#protocol/base/roles.ts'
import { byPosition, type CourseId, type CourseItem, type ItemId } from '#protocol/courses.ts'
import {
  type Below,
  type ContextRef,
  demandMay,
  may,
  mayBelow,
  type StandingHere,
} from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { sightOf } from '../rules.ts'
import { items, modules } from '../tables.ts'
import { courseContext, itemOf } from './course.ts'

/** What is asked of an item; `countsIn` says the same of its rules. */
export type ItemCapability = Extract<Capability, 'content.change' | 'activity.change'>

/** The place in the tree of access that the roles of an item are held in. */
export const itemContext = (itemId: ItemId | string): ContextRef => ({ kind: 'item', id: itemId })

/** A thing of a course, as its item names it. */
export interface ThingOf {
  readonly courseId: CourseId | string
  readonly kind: string
  readonly refId: string
}

/** Where rights on a thing are asked: its item, removed ones too; the course for what was never placed. One query. */
export async function thingContext(ctx: Ctx, { courseId, kind, refId }: ThingOf): Promise<ContextRef> {
  const [row] = await ctx.sql<{ id: ItemId }>(
    'select id from items where kind = $1 and ref_id = $2 and course_id = $3',
    [kind, refId, courseId],
  )
  return row ? itemContext(row.id) : courseContext(courseId)
}

/** In a place of a course, for whoever may see that course at all. Throws as `demandMay`, and `not-found` for who may not. */
async function demandWithin(
  ctx: Ctx,
  capability: ItemCapability,
  context: ContextRef,
  doing?: 'reading' | 'writing',
): Promise<void> {
  const here = await demandMay(ctx, capability, context, doing)
  if (context.kind === 'item')
    demand(here.mayAbove('course.view', 'reading') || here.mayAbove(capability, 'reading'), 'not-found')
}

/** Throws as `demandMay` unless `ctx.who` may change this thing, and `not-found` for who may not see its course. Two queries. */
export const demandThing = async (
  ctx: Ctx,
  capability: ItemCapability,
  thing: ThingOf,
  doing?: 'reading' | 'writing',
): Promise<void> => demandWithin(ctx, capability, await thingContext(ctx, thing), doing)

/** What `ctx.who` may in the items of a course; all of them where `ids` is left out. Two queries. */
export async function itemRights(ctx: Ctx, courseId: string, ids?: readonly string[]): Promise<Below> {
  const below = await mayBelow(ctx, { above: courseContext(courseId), kind: 'item', ids })
  const sees = below.above('course.view', 'reading')
  return {
    ...below,
    may: (id, capability, doing) => (sees || below.above(capability, 'reading')) && below.may(id, capability, doing),
  }
}

/** Throws as `demandThing` unless `ctx.who` may this in every one of these items, known ones or not. Two queries, and one where not. */
export async function demandItems(
  ctx: Ctx,
  capability: ItemCapability,
  courseId: string,
  ids: readonly string[],
): Promise<void> {
  const rights = await itemRights(ctx, courseId, ids)
  const shut = ids.find(id => !rights.may(id, capability))
  if (shut === undefined) return
  if (rights.apart.includes(shut)) await demandWithin(ctx, capability, itemContext(shut))
  await demandMay(ctx, capability, courseContext(courseId))
}

/** An item and all that is indented below it: they move together. One query. */
export async function withBelow(ctx: Ctx, courseId: string, itemId: string): Promise<string[]> {
  const rows = await ctx.sql<{ id: string }>(
    'select id from items where course_id = $1 and removed_at is null and $2::uuid = any(under) and id <> $2',
    [courseId, itemId],
  )
  return [itemId, ...rows.map(row => row.id)]
}

/**
 * Whether `ctx.who`, who views the course, may change an item of it; and whether they see it whatever is released, which
 * those do who may change it or the course. One query.
 */
export async function sightOfItem(
  ctx: Ctx,
  here: Pick<StandingHere, 'may'>,
  itemId: string,
  capability: ItemCapability = 'content.change',
  doing?: 'reading' | 'writing',
): Promise<{ mayChange: boolean; seesAll: boolean }> {
  const mayChange = await may(ctx, capability, itemContext(itemId), doing)
  return { mayChange, seesAll: mayChange || here.may(capability) }
}

/** Everything that is asked of items. */
const asked = capabilities.filter(one => countsIn('item', one))

/** What may be done in each item that says something of its own. */
export const apartOf = ({ apart, may: mayThere }: Below): { itemId: ItemId; capabilities: Capability[] }[] =>
  apart.map(id => ({ itemId: id as ItemId, capabilities: asked.filter(one => mayThere(id, one, 'writing')) }))

/** Items somebody reads on their own, with those not released that they may change and their course is not theirs to change. Two queries. */
export async function withChanged(courseId: string, own: readonly CourseItem[], rights: Below): Promise<CourseItem[]> {
  const changed = ['content.change', 'activity.change'] as const
  if (rights.above('content.change', 'reading')) return [...own]
  const ids = rights.apart.filter(id => changed.some(one => rights.may(id, one, 'reading')))
  if (ids.length === 0) return [...own]
  const known = new Set<string>(own.map(one => one.id))
  const around = new Map((await modules.findAll({ where: { courseId }, raw: true })).map(one => [one.id, one]))
  const rows = await items.findAll({ where: { id: ids, removedAt: null }, raw: true })
  const drafts = rows.filter(row => {
    const module = row.moduleId === null ? null : (around.get(row.moduleId) ?? null)
    return !known.has(row.id) && sightOf(row, module) === 'draft'
  })
  return [...own, ...drafts.map(itemOf)].sort(byPosition)
}

/**
 * Who may hear of drafts among these items though they do not prepare the course: those who hold a role in one, and those whose
 * role one of them allows more. Not all of them may in the end; they read anew and are told what they may. One query.
 */
export async function peopleApart(ctx: Ctx, courseId: string, ids: readonly string[]): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `with recursive way as (
       select kind, id, parent_kind, parent_id from contexts where kind = 'course' and id = $1
       union all
       select c.kind, c.id, c.parent_kind, c.parent_id from contexts c join way on c.kind = way.parent_kind and c.id = way.parent_id
     )
     select account_id as id from granted_roles where context_kind = 'item' and context_id = any($2::uuid[])
     union
     select r.account_id from role_overrides o join roles_held r on r.role = o.role
       join way on way.kind = r.context_kind and way.id = r.context_id
      where o.context_kind = 'item' and o.context_id = any($2::uuid[]) and o.permission = 'allow'
     order by id`,
    [courseId, ids],
  )
  return rows.map(row => row.id)
}
