// One act on many things of a course: published, hidden, moved, their dates, the bin. All of it or none, in a number of
// statements that does not grow with how many they are. Rights were asked by the door.
import { inDays } from '#protocol/base/days.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { ThingChange } from '#protocol/courses/outline.ts'
import { byPosition, type CourseId, type ItemDetail, type ItemId, type ModuleId } from '#protocol/courses.ts'
import { type AuditRecord, audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { getCourse } from '../queries/course.ts'
import { demandNothingRuns } from '../queries/running.ts'
import { canStand, demandReady } from '../queries/standing.ts'
import { demandSmall, positionAhead, sightOf } from '../rules.ts'
import { type ItemRow, items, type ModuleRow, modules } from '../tables.ts'
import { announceItems, type ItemStep } from './announce.ts'
import { courseDates, type DatedThings, setWindows, type Window } from './dates.ts'
import { askGuards } from './guards.ts'
import { itemEntry, lockCourse } from './items.ts'
import { moduleEntry, removeModule, restoreModule } from './modules.ts'

const wrong = (index: number, path: string, code: string) =>
  new Problem('malformed', { errors: [{ path: `changes.${index}.${path}`, code }] })

function demandSound(changes: readonly ThingChange[]): void {
  const seen = new Set<string>()
  for (const [index, one] of changes.entries()) {
    if (seen.has(one.id)) throw wrong(index, 'id', 'twice')
    seen.add(one.id)
    if (one.subject === 'module' && one.published !== undefined) throw wrong(index, 'published', 'items_alone')
    if (one.subject === 'module' && one.to !== undefined) throw wrong(index, 'to', 'items_alone')
    const { from = null, until = null } = one.window ?? {}
    if (from !== null && until !== null && from >= until) throw wrong(index, 'window.until', 'too_small')
  }
}

/** What was read of everything the act is about, under lock. */
interface Read {
  readonly items: ReadonlyMap<string, ItemRow>
  readonly modules: ReadonlyMap<string, ModuleRow>
}

async function readLocked(courseId: CourseId, changes: readonly ThingChange[]): Promise<Read> {
  const ids = (subject: ThingChange['subject']) => changes.flatMap(one => (one.subject === subject ? [one.id] : []))
  const order: [string, string][] = [['id', 'asc']]
  const rows = await items.findAll({ where: { id: ids('item'), courseId }, lock: true, order, raw: true })
  const around = await modules.findAll({ where: { courseId }, order, raw: true })
  const read: Read = {
    items: new Map(rows.map(row => [row.id, row])),
    modules: new Map(around.map(row => [row.id, row])),
  }
  for (const { subject, id, version, removed } of changes) {
    const row = (subject === 'item' ? read.items : read.modules).get(id)
    // What was removed can be brought back, and nothing else.
    if (!row || (row.removedAt !== null && removed !== false)) throw new Problem('not-found')
    demand(row.version === version, 'conflict', { params: { title: row.title } })
  }
  return read
}

/** Where the items of a course stand while the act goes on, removed ones too: their positions stay taken. */
interface Places {
  readonly has: (id: string) => boolean
  /** Puts an item ahead of another, or to the end for null; answers its position. Throws `not-found`. */
  readonly put: (id: string, moduleId: ModuleId | null, ahead: string | null) => string
}

async function placesIn(courseId: CourseId): Promise<Places> {
  const all = await items.findAll({ where: { courseId }, attributes: ['id', 'moduleId', 'position'], raw: true })
  const known = new Set<string>(all.map(one => one.id))
  const orders = new Map<ModuleId | null, Pick<ItemRow, 'id' | 'position'>[]>()
  for (const one of all.sort(byPosition)) orders.set(one.moduleId, [...(orders.get(one.moduleId) ?? []), one])
  return {
    has: id => known.has(id),
    put: (id, moduleId, ahead) => {
      const order = (orders.get(moduleId) ?? []).filter(one => one.id !== id)
      const position = positionAhead(order, ahead)
      orders.set(moduleId, [...order, { id: id as ItemId, position }].sort(byPosition))
      return position
    },
  }
}

/** What an item stands under in its new place: as it is told, else below those that come along to the same module. */
function underOf(row: ItemRow, { under, moduleId }: NonNullable<ThingChange['to']>, act: Act): ItemId[] {
  if (under?.some(one => one === row.id || !act.places.has(one))) throw new Problem('not-found')
  if (under || moduleId === row.moduleId) return under ?? row.under
  return row.under.filter(id => act.changes.some(one => one.id === id && one.to?.moduleId === moduleId))
}

interface Act {
  readonly changes: readonly ThingChange[]
  readonly read: Read
  readonly places: Places
}

/** The row as it is to be; the same one where nothing changes. */
async function wantedRow(ctx: WriteCtx, row: ItemRow, change: ThingChange, act: Act): Promise<ItemRow> {
  const { published = row.published, removed, to } = change
  let next: ItemRow = { ...row, published }
  await demandReady(ctx, row, next)
  if (removed === true) next = { ...next, removedAt: ctx.now, removedBy: actorOf(ctx.who) }
  if (removed === false && row.removedAt !== null) {
    demand(await canStand(ctx, row), 'not-found')
    next = { ...next, removedAt: null, removedBy: null }
  }
  if (to) {
    const { moduleId, before: ahead } = to
    const module = moduleId === null ? null : act.read.modules.get(moduleId)
    demand(module === null || module?.removedAt === null, 'not-found')
    const stays = ahead === undefined && moduleId === row.moduleId
    const position = to.position ?? (stays ? row.position : act.places.put(row.id, moduleId, ahead ?? null))
    next = { ...next, moduleId, position, under: underOf(row, to, act) }
  }
  return next
}

const stoodUnder = (a: ItemRow, b: ItemRow): boolean => a.under.join() === b.under.join()

const stoodWhere = (a: ItemRow, b: ItemRow): boolean => a.moduleId === b.moduleId && a.position === b.position

const isSame = (a: ItemRow, b: ItemRow): boolean =>
  a.published === b.published && a.removedAt === b.removedAt && stoodWhere(a, b) && stoodUnder(a, b)

/** How to take one item back to what it was. */
function undoOf(before: ItemRow, after: ItemRow): ThingChange {
  const moved = !stoodWhere(before, after) || !stoodUnder(before, after)
  const { moduleId, position, under } = before
  return {
    ...{ subject: 'item', id: after.id, version: after.version },
    ...(before.published === after.published ? {} : { published: before.published }),
    ...(before.removedAt === after.removedAt ? {} : { removed: before.removedAt !== null }),
    ...(moved ? { to: { moduleId, position, under } } : {}),
  }
}

async function writeItems(ctx: WriteCtx, rows: readonly ItemRow[]): Promise<void> {
  if (rows.length === 0) return
  await ctx.client.query(
    `update items i set published = n.published, module_id = n.module_id, position = n.position, detail = n.detail::jsonb,
            under = n.under::uuid[], removed_at = n.removed_at, removed_by = n.removed_by, version = n.version
       from unnest($1::uuid[], $2::boolean[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::uuid[], $8::int[], $9::text[])
            as n(id, published, module_id, position, detail, removed_at, removed_by, version, under)
      where i.id = n.id`,
    [
      rows.map(row => row.id),
      rows.map(row => row.published),
      rows.map(row => row.moduleId),
      rows.map(row => row.position),
      rows.map(row => JSON.stringify(row.detail)),
      rows.map(row => row.removedAt),
      rows.map(row => row.removedBy),
      rows.map(row => row.version),
      // One literal a row: arrays of several lengths make no array.
      rows.map(row => `{${row.under.join()}}`),
    ],
  )
}

function entriesOf(before: ItemRow, after: ItemRow, titles: (moduleId: string | null) => string | null) {
  const moved = { before: { module: titles(before.moduleId) }, after: { module: titles(after.moduleId) } }
  return [
    ...(before.published === after.published ? [] : [itemEntry(after.published ? 'published' : 'hidden', after)]),
    ...(stoodWhere(before, after) ? [] : [itemEntry('moved', after, moved)]),
    ...(stoodWhere(before, after) && !stoodUnder(before, after)
      ? [itemEntry(after.under.length > before.under.length ? 'indented' : 'outdented', after)]
      : []),
    ...(before.removedAt === after.removedAt ? [] : [itemEntry(after.removedAt ? 'removed' : 'restored', after)]),
  ]
}

/** Moves dates and sets windows; answers how to take that back, what could not, and what items now say of their dates. */
async function moveDates(ctx: WriteCtx, things: DatedThings, zone: string, changes: readonly ThingChange[]) {
  const undo = new Map<string, Pick<ThingChange, 'days' | 'window'>>()
  const left = new Set<string>()
  const details = new Map<string, ItemDetail>()
  for (const days of new Set(changes.flatMap(one => one.days ?? []))) {
    const ids = new Set(changes.flatMap(one => (one.days === days ? [one.id] : [])))
    const some = {
      ...things,
      items: things.items.filter(one => ids.has(one.id)),
      modules: things.modules.filter(one => ids.has(one.id)),
    }
    for (const known of courseDates()) {
      const found = await known.move(ctx, some, at => inDays(zone, at, days))
      for (const id of found.moved) undo.set(id, { days: -days })
      for (const id of found.left) left.add(id)
      for (const [id, detail] of found.details ?? []) details.set(id, detail)
    }
  }
  const wanted = new Map(changes.flatMap(one => (one.window ? [[one.id, one.window] as [string, Window]] : [])))
  if (wanted.size > 0) {
    const found = await setWindows(ctx, things, wanted)
    for (const [id, window] of found.before) undo.set(id, { ...undo.get(id), window })
    for (const id of found.left) left.add(id)
  }
  return { undo, left, details }
}

/**
 * Carries all changes out; answers what takes them back and whose dates could not move. Throws `malformed`,
 * `not-found`, `conflict` for what was changed meanwhile, `still-running` for a class.
 */
export async function changeMany(
  ctx: WriteCtx,
  { courseId, changes }: { readonly courseId: CourseId; readonly changes: readonly ThingChange[] },
): Promise<{ undo: ThingChange[]; left: string[] }> {
  demandSound(changes)
  const { timeZone } = await getCourse(ctx, courseId)
  await lockCourse(ctx, courseId)
  const read = await readLocked(courseId, changes)
  const act: Act = { changes, read, places: await placesIn(courseId) }
  const chosen = changes.flatMap(one => read.items.get(one.id) ?? [])
  await demandNothingRuns(
    ctx,
    courseId,
    changes.flatMap(one => (one.removed === true ? (read.items.get(one.id) ?? []) : [])),
  )
  const chosenModules = changes.flatMap(one => (one.subject === 'module' ? (read.modules.get(one.id) ?? []) : []))
  const dated = await moveDates(ctx, { courseId, items: chosen, modules: chosenModules }, timeZone, changes)

  const steps: ItemStep[] = []
  const undo: ThingChange[] = []
  const entries: AuditRecord[] = []
  const around = (moduleId: string | null) => (moduleId === null ? null : (read.modules.get(moduleId) ?? null))
  for (const change of changes) {
    const row = read.items.get(change.id)
    if (!row) continue
    const next = await wantedRow(ctx, row, change, act)
    const detail = dated.details.get(row.id)
    if (detail) demandSmall(detail)
    const written = !isSame(row, next) || detail !== undefined
    const after: ItemRow = written ? { ...next, detail: detail ?? row.detail, version: row.version + 1 } : row
    const back = dated.undo.get(row.id)
    if (written)
      steps.push({
        item: after,
        before: sightOf(row, around(row.moduleId)),
        after: sightOf(after, around(after.moduleId)),
      })
    if (written || back) undo.push({ ...undoOf(row, after), ...back })
    entries.push(...entriesOf(row, after, moduleId => around(moduleId)?.title ?? null))
    if (back?.days !== undefined) entries.push(itemEntry('dates-moved', row, { days: -back.days }))
  }
  await writeItems(
    ctx,
    steps.map(step => step.item),
  )
  await announceItems(ctx, steps)
  for (const { id, removed } of changes) {
    const row = chosenModules.find(one => one.id === id)
    if (!row) continue
    const of = { courseId, moduleId: row.id }
    const back = dated.undo.get(id)
    if (removed === true) await removeModule(ctx, of)
    if (removed === false) await restoreModule(ctx, of)
    if (back?.days !== undefined) entries.push(moduleEntry('dates-moved', row, { days: -back.days }))
    const turned = removed !== undefined && removed === (row.removedAt === null)
    if (turned || back)
      undo.push({
        ...{ subject: 'module', id: row.id, version: row.version + (turned ? 1 : 0) },
        ...(turned ? { removed: !removed } : {}),
        ...back,
      })
  }
  await audit.recordAll(ctx, entries)
  await askGuards(ctx, courseId)
  const titles = [...chosen, ...chosenModules].filter(one => dated.left.has(one.id) && !dated.undo.has(one.id))
  return { undo, left: titles.map(one => one.title) }
}
