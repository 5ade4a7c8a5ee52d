// Places things of other features in a course and moves, publishes, hides, removes and restores them. The things
// themselves stay with their features; this is the only writer of `items`.
import { Problem } from '#protocol/base/problems.ts'
import { mostDepth } from '#protocol/courses/levels.ts'
import type { CourseId, CourseItem, ItemDetail, ItemId, ModuleId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { courseContext, getCourse, itemOf } from '../queries/course.ts'
import { demandNothingRuns, type ItemRef } from '../queries/running.ts'
import { canStand, demandReady } from '../queries/standing.ts'
import { type Around, demandSmall, positionAhead, positionBetween, sightOf } from '../rules.ts'
import { type ItemRow, items, type ModuleRow, modules } from '../tables.ts'
import { announceItem } from './announce.ts'
import { askGuards } from './guards.ts'

export interface Placement extends ItemRef {
  courseId: CourseId | string
  moduleId?: ModuleId | string | null | undefined
  title: string
  published: boolean
  /** some: only those see it whom the kind's registered audience names; everybody when left out. */
  audience?: 'everybody' | 'some' | undefined
  badge?: string | null | undefined
  detail?: ItemDetail | undefined
}

export interface ItemChange extends ItemRef {
  title?: string | undefined
  published?: boolean | undefined
  badge?: string | null | undefined
  /** Replaces the whole detail. */
  detail?: ItemDetail | undefined
}

/** Structure changes of one course go one after the other, so that no two things get the same position. */
export async function lockCourse(ctx: WriteCtx, courseId: string): Promise<void> {
  await ctx.sql('select id from courses where id = $1 for no key update', [courseId])
}

async function around(moduleId: string | null): Promise<Around> {
  return moduleId === null ? null : modules.findByPk(moduleId, { rejectOnEmpty: true, raw: true })
}

async function demandModule(courseId: string, moduleId: string | null): Promise<ModuleRow | null> {
  if (moduleId === null) return null
  const found = await modules.findOne({ where: { id: moduleId, courseId, removedAt: null }, raw: true })
  if (!found) throw new Problem('not-found')
  return found
}

/** Items of one module (or of none), removed ones too: their positions stay taken. In order. */
const orderIn = async (courseId: string, moduleId: string | null, except?: string): Promise<ItemRow[]> =>
  (
    await items.findAll({
      where: { courseId, moduleId },
      order: [
        ['position', 'asc'],
        ['id', 'asc'],
      ],
      raw: true,
    })
  ).filter(row => row.id !== except)

/**
 * Puts a thing at the end of a module, or above all modules. Asks no rights: the feature that owns the thing did.
 * Throws `not-found` when the course or module is not there.
 */
export async function placeItem(ctx: WriteCtx, placement: Placement): Promise<{ itemId: ItemId }> {
  const course = await getCourse(ctx, placement.courseId)
  const moduleId = (placement.moduleId ?? null) as ModuleId | null
  await lockCourse(ctx, course.id)
  const module = await demandModule(course.id, moduleId)
  demandSmall(placement.detail ?? {})
  const row: ItemRow = {
    id: newId<'Item'>(),
    courseId: course.id,
    moduleId,
    kind: placement.kind,
    refId: placement.refId,
    title: placement.title,
    position: positionAhead(await orderIn(course.id, moduleId), null),
    under: [],
    published: placement.published,
    audience: placement.audience ?? 'everybody',
    hidden: false,
    badge: placement.badge ?? null,
    detail: placement.detail ?? {},
    version: 0,
    removedAt: null,
    removedBy: null,
  }
  await items.create(row)
  await announceItem(ctx, row, 'nowhere', sightOf(row, module))
  return { itemId: row.id }
}

/** Writes `change` to a row read under lock and says so. A change that changes nothing is not announced. */
async function write(ctx: WriteCtx, row: ItemRow, change: Partial<ItemRow>): Promise<CourseItem> {
  const stood = await around(row.moduleId)
  const next: ItemRow = { ...row, ...change, version: row.version + 1 }
  const same = Object.entries(change).every(
    ([key, value]) => JSON.stringify(row[key as keyof ItemRow]) === JSON.stringify(value),
  )
  if (same) return itemOf(row)
  await demandReady(ctx, row, next)
  const stands = next.moduleId === row.moduleId ? stood : await around(next.moduleId)
  await items.update({ ...change, version: next.version }, { where: { id: row.id } })
  if (next.moduleId !== row.moduleId || (row.removedAt !== null && next.removedAt === null))
    await askGuards(ctx, row.courseId)
  await announceItem(ctx, next, sightOf(row, stood), sightOf(next, stands))
  return itemOf(next)
}

async function lockedByRef(ref: ItemRef): Promise<ItemRow | null> {
  return items.findOne({ where: { kind: ref.kind, refId: ref.refId }, lock: true, raw: true })
}

/** Changes how a thing is shown. Asks no rights. A thing that was never placed is left alone. */
export async function changeItem(ctx: WriteCtx, { kind, refId, ...given }: ItemChange): Promise<void> {
  const row = await lockedByRef({ kind, refId })
  if (!row) return
  if (given.detail) demandSmall(given.detail)
  if (given.title !== undefined && given.title !== row.title)
    await audit.record(ctx, itemEntry('renamed', row, { before: { title: row.title }, after: { title: given.title } }))
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  await write(ctx, row, change as Partial<ItemRow>)
}

/** Takes a thing out of its course; its row stays, so that `restoreItem` brings it back in its place. Asks no rights. */
export async function removeItem(ctx: WriteCtx, ref: ItemRef): Promise<void> {
  const row = await lockedByRef(ref)
  if (row && row.removedAt === null) await write(ctx, row, { removedAt: ctx.now, removedBy: actorOf(ctx.who) })
}

/**
 * Brings a removed thing back where it was; with `takenOutAt` only if it was taken out at that moment, and not by hand
 * before. Asks no rights.
 */
export async function restoreItem(ctx: WriteCtx, ref: ItemRef, takenOutAt?: Date): Promise<void> {
  const row = await lockedByRef(ref)
  if (takenOutAt && row?.removedAt?.getTime() !== takenOutAt.getTime()) return
  if (row) await write(ctx, row, { removedAt: null, removedBy: null })
}

type Removed = 'standing' | 'removed too'

async function lockedById(ctx: WriteCtx, courseId: string, itemId: string, which: Removed): Promise<ItemRow> {
  await getCourse(ctx, courseId)
  await lockCourse(ctx, courseId)
  const row = await items.findOne({ where: { id: itemId, courseId }, lock: true, raw: true })
  if (!row || (which === 'standing' && row.removedAt !== null)) throw new Problem('not-found')
  return row
}

interface OfItem {
  courseId: CourseId
  itemId: ItemId
}

/** What became of an item, for the log of its course. */
export const itemEntry = (
  verb: string,
  { id, courseId, title, kind }: ItemRow,
  details: Readonly<Record<string, unknown>> = {},
) => ({
  verb: `item.${verb}`,
  subject: { kind: 'item', id },
  context: courseContext(courseId),
  details: { courseId, title, kind, ...details },
})

/** What a module is called; null above all modules. */
export const titleOf = async (moduleId: string | null): Promise<string | null> =>
  moduleId === null ? null : ((await modules.findByPk(moduleId, { raw: true }))?.title ?? null)

/**
 * Moves an item ahead of another, or to the end, in the same or another module; what is indented below it comes along.
 * It comes to stand as deep as what it is put ahead of, at the end among the outermost. Throws `not-found`.
 */
export async function moveItem(
  ctx: WriteCtx,
  input: OfItem & { moduleId: ModuleId | null; before?: ItemId | null | undefined },
): Promise<CourseItem> {
  const row = await lockedById(ctx, input.courseId, input.itemId, 'standing')
  await demandModule(input.courseId, input.moduleId)
  const below = (await orderIn(input.courseId, row.moduleId)).filter(
    one => one.removedAt === null && one.under.includes(row.id),
  )
  const along = new Set([row.id, ...below.map(one => one.id)])
  const order = (await orderIn(input.courseId, input.moduleId)).filter(one => !along.has(one.id))
  const ahead = input.before ?? null
  const under = order.find(one => one.id === ahead)?.under ?? []
  const [before, after] = [{ module: await titleOf(row.moduleId) }, { module: await titleOf(input.moduleId) }]
  await audit.record(ctx, itemEntry('moved', row, { before, after }))
  const { moduleId } = input
  const next = order.find(one => one.id === ahead)?.position ?? null
  const moved = await write(ctx, row, { moduleId, position: positionAhead(order, ahead), under })
  let last = moved.position
  for (const one of below) {
    last = positionBetween(last, next)
    const path = [...under, ...one.under.slice(one.under.indexOf(row.id))].slice(0, mostDepth)
    await write(ctx, one, { moduleId, position: last, under: path })
  }
  return moved
}

/**
 * Releases an item to learners, or takes it back from them. The last word counts; no version is asked. Throws
 * `not-found`.
 */
export async function showItem(ctx: WriteCtx, input: OfItem, shown: 'published' | 'hidden'): Promise<CourseItem> {
  const row = await lockedById(ctx, input.courseId, input.itemId, 'standing')
  await audit.record(ctx, itemEntry(shown, row))
  return write(ctx, row, { published: shown === 'published' })
}

/**
 * Shows an item to those alone for whom it is open, or to all again. Asks no rights: who says so did, and records it.
 * Throws `not-found`.
 */
export async function hideUntilOpen(ctx: WriteCtx, input: OfItem, hidden: 'hidden' | 'shown'): Promise<void> {
  const row = await lockedById(ctx, input.courseId, input.itemId, 'standing')
  await write(ctx, row, { hidden: hidden === 'hidden' })
}

/** Removes an item by hand. Throws `not-found`, `still-running` while it goes on. */
export async function removeItemById(ctx: WriteCtx, input: OfItem): Promise<void> {
  const row = await lockedById(ctx, input.courseId, input.itemId, 'removed too')
  if (row.removedAt !== null) return
  await demandNothingRuns(ctx, row.courseId, [row])
  await audit.record(ctx, itemEntry('removed', row))
  await write(ctx, row, { removedAt: ctx.now, removedBy: actorOf(ctx.who) })
}

/** Undoes `removeItemById`; above all modules where its own was removed meanwhile. Throws `not-found` where the thing itself was removed meanwhile. */
export async function restoreItemById(ctx: WriteCtx, input: OfItem): Promise<CourseItem> {
  const row = await lockedById(ctx, input.courseId, input.itemId, 'removed too')
  if (!(await canStand(ctx, row))) throw new Problem('not-found')
  await audit.record(ctx, itemEntry('restored', row))
  const gone = ((await around(row.moduleId))?.removedAt ?? null) !== null
  const place = gone ? { moduleId: null, position: positionAhead(await orderIn(row.courseId, null), null) } : {}
  return write(ctx, row, { ...place, removedAt: null, removedBy: null })
}
