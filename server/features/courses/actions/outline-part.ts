// The outline of a course as its part: modules and the lines of things. What a line stands for belongs to other features;
// one whose thing did not come along is left out.
import * as z from 'zod/mini'
import { idSchema, line } from '#protocol/base/ids.ts'
import { mostDepth } from '#protocol/courses/levels.ts'
import { headingKind, type ItemId, itemId, type ModuleId, moduleId } from '#protocol/courses.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { items, modules } from '../tables.ts'
import type { CourseMaking, CoursePart, Titles } from './parts.ts'

/** A place among others, as `positionBetween` makes them: it never ends in the lowest digit. */
const position = z.string().check(z.regex(/^[0-9a-z]{0,199}[1-9a-z]$/))

const outline = z
  .strictObject({
    modules: z.array(z.strictObject({ id: moduleId, title: line(200), position, hidden: z.boolean() })),
    items: z.array(
      z.strictObject({
        id: itemId,
        moduleId: z.nullable(moduleId),
        kind: z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/)),
        refId: idSchema<'Thing'>(),
        title: line(200),
        position,
        under: z._default(z.array(itemId).check(z.maxLength(mostDepth)), []),
        published: z.boolean(),
        hidden: z.boolean(),
      }),
    ),
  })
  // A thing has one line.
  .check(z.refine(({ items: all }) => new Set(all.map(one => `${one.kind} ${one.refId}`)).size === all.length))
export type Outline = z.infer<typeof outline>

const inOrder = [
  ['position', 'asc'],
  ['id', 'asc'],
] as [string, string][]

/** What stands for nothing but itself comes along with the outline. */
const headingsIn = (part: Outline) => part.items.filter(one => one.kind === headingKind)

export const outlinePart: CoursePart<Outline> = {
  shape: outline,
  take: async (_ctx, courseId) => {
    const of = { where: { courseId, removedAt: null }, order: inOrder, raw: true } as const
    const standing = await modules.findAll(of)
    const there = new Set(standing.map(row => row.id))
    const placed = (await items.findAll(of)).filter(row => row.moduleId === null || there.has(row.moduleId))
    return {
      modules: standing.map(({ id, title, position, hidden }) => ({ id, title, position, hidden })),
      items: placed.map(row => {
        const { id, kind, title, position, under, published, hidden } = row
        return {
          id,
          moduleId: row.moduleId,
          kind,
          refId: row.refId as never,
          title,
          position,
          under,
          published,
          hidden,
        }
      }),
    }
  },
  lines: part => headingsIn(part),
  make: async (_ctx, making, part) => {
    for (const { kind, refId } of headingsIn(part))
      making.show(kind, refId, { refId: newId(), badge: null, detail: {} })
  },
  count: part => ({ modules: part.modules.length }),
}

/** What modules and items are called. */
export const titlesIn = ({ modules: all, items: placed }: Outline): Titles =>
  new Map([...all, ...placed].map(one => [one.id, one.title]))

/** Writes modules and lines, once what they stand for is made. Nobody hears of it: who reads the new course reads it whole. */
export async function makeOutline(_ctx: WriteCtx, making: CourseMaking, part: Outline): Promise<void> {
  const { to: courseId, name, find, lineOf } = making
  const fresh = { courseId, version: 0, removedAt: null, removedBy: null }
  await modules.bulkCreate(part.modules.map(row => ({ ...row, ...fresh, id: name<ModuleId>('module', row.id) })))
  const placed = part.items.flatMap(row => {
    const shown = lineOf(row.kind, row.refId)
    const module = row.moduleId === null ? null : find<ModuleId>('module', row.moduleId)
    if (shown === undefined || module === undefined) return []
    const own = { id: name<ItemId>('item', row.id), moduleId: module, audience: 'everybody' as const }
    return [{ ...row, ...fresh, ...shown, ...own }]
  })
  // Once all have their names: what one stood under that stays behind, it stands under no more.
  await items.bulkCreate(
    placed.map(row => ({ ...row, under: row.under.flatMap(one => find<ItemId>('item', one) ?? []) })),
  )
}
