// Writes links. Rights were asked by the door.
import * as z from 'zod/mini'
import { line, text } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import { address, type CourseLink, type LinkId, linkId } from '#protocol/links.ts'
import { audit } from '#server/features/audit/index.ts'
import { type CoursePart, changeItem, courseContext, placeItem, standingRefs } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { detailOf, linkKind, linkOf } from './queries.ts'
import { type LinkRow, links } from './tables.ts'

const record = (ctx: WriteCtx, verb: string, row: LinkRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'link', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, ...details },
  })

export interface NewLink {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly address: string
  readonly note: string
  readonly published: boolean
}

/** Makes a link and places it at the end of a module. Throws `not-found`. */
export async function createLink(
  ctx: WriteCtx,
  { courseId, moduleId, title, address, note, published }: NewLink,
): Promise<CourseLink> {
  const row: LinkRow = { id: newId<'Link'>(), courseId, title, address, note, version: 0, changedAt: ctx.now }
  await links.create(row)
  await placeItem(ctx, { courseId, moduleId, kind: linkKind, refId: row.id, title, published, detail: detailOf(row) })
  await record(ctx, 'link.created', row, { address })
  return linkOf(row)
}

export interface LinkChange {
  readonly courseId: CourseId
  readonly linkId: LinkId
  readonly version: number
  readonly title?: string | undefined
  readonly address?: string | undefined
  readonly note?: string | undefined
}

/**
 * Changes a link that is at the version the writer read, else throws `conflict` with the current one. Throws
 * `not-found`.
 */
export async function changeLink(
  ctx: WriteCtx,
  { courseId, linkId, version, ...given }: LinkChange,
): Promise<CourseLink> {
  const row = await links.findOne({ where: { id: linkId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: linkOf(row) } })
  const next: LinkRow = {
    ...row,
    title: given.title ?? row.title,
    address: given.address ?? row.address,
    note: given.note ?? row.note,
    version: version + 1,
    changedAt: ctx.now,
  }
  await links.update(next, { where: { id: linkId } })
  await changeItem(ctx, { kind: linkKind, refId: linkId, title: next.title, detail: detailOf(next) })
  const { title, address, note } = row
  await record(ctx, 'link.changed', next, {
    before: { title, address, note },
    after: { title: next.title, address: next.address, note: next.note },
  })
  return linkOf(next)
}

const linksShape = z.array(z.strictObject({ id: linkId, title: line(200), address, note: text(2_000) }))

/** Links as a part of their course. */
export const linksPart: CoursePart<z.infer<typeof linksShape>> = {
  shape: linksShape,
  take: async (ctx, courseId) => {
    const ids = (await standingRefs(ctx, courseId, linkKind)) as LinkId[]
    const rows = await links.findAll({ where: { id: ids }, order: [['id', 'asc']], raw: true })
    return rows.map(({ id, title, address, note }) => ({ id, title, address, note }))
  },
  count: part => ({ links: part.length }),
  lines: part => part.map(({ id }) => ({ kind: linkKind, refId: id })),
  make: async (ctx, { to: courseId, name, show }, part) => {
    await links.bulkCreate(
      part.map(({ id, ...words }) => {
        const row = { ...words, id: name<LinkId>('link', id), courseId, version: 0, changedAt: ctx.now }
        show(linkKind, id, { refId: row.id, badge: null, detail: detailOf(row) })
        return row
      }),
    )
  },
}
