// Writes text pages. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Page, PageId } from '#protocol/content.ts'
import type { CourseId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, placeItem, removeItem, restoreItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { pageKind, pageOf } from './queries.ts'
import { type PageRow, pages } from './tables.ts'

interface OfPage {
  courseId: CourseId
  pageId: PageId
}

const record = (ctx: WriteCtx, verb: string, { courseId, pageId }: OfPage) =>
  audit.record(ctx, { verb, subject: { kind: 'page', id: pageId }, details: { courseId } })

/** Writes a page and places it at the end of a module. */
export async function createPage(
  ctx: WriteCtx,
  input: {
    courseId: CourseId | string
    moduleId?: string | null | undefined
    title: string
    body: string
    published: boolean
  },
): Promise<Page> {
  const row: PageRow = {
    id: newId<'Page'>(),
    courseId: input.courseId as CourseId,
    title: input.title,
    body: input.body,
    version: 0,
    changedAt: ctx.now,
  }
  await pages.create(row)
  await placeItem(ctx, {
    courseId: input.courseId,
    moduleId: input.moduleId,
    kind: pageKind,
    refId: row.id,
    title: row.title,
    published: input.published,
    detail: { version: 0 },
  })
  await record(ctx, 'page.created', { courseId: row.courseId, pageId: row.id })
  return pageOf(row)
}

/**
 * Changes a page that is at the version the writer read, else throws `conflict` with the current page. The item
 * carries the new version, so that whoever reads the page hears of it.
 */
export async function changePage(
  ctx: WriteCtx,
  {
    courseId,
    pageId,
    version,
    ...given
  }: OfPage & {
    version: number
    title?: string | undefined
    body?: string | undefined
  },
): Promise<Page> {
  const row = await pages.findOne({ where: { id: pageId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: pageOf(row) } })
  const next: PageRow = {
    ...row,
    title: given.title ?? row.title,
    body: given.body ?? row.body,
    version: version + 1,
    changedAt: ctx.now,
  }
  await pages.update(next, { where: { id: pageId } })
  await changeItem(ctx, { kind: pageKind, refId: pageId, title: next.title, detail: { version: next.version } })
  await record(ctx, 'page.changed', { courseId, pageId })
  return pageOf(next)
}

async function demandPage({ courseId, pageId }: OfPage): Promise<void> {
  if ((await pages.count({ where: { id: pageId, courseId } })) === 0) throw new Problem('not-found')
}

/** Takes a page out of its course; the text stays. */
export async function removePage(ctx: WriteCtx, input: OfPage): Promise<void> {
  await demandPage(input)
  await record(ctx, 'page.removed', input)
  await removeItem(ctx, { kind: pageKind, refId: input.pageId })
}

/** Undoes `removePage`. */
export async function restorePage(ctx: WriteCtx, input: OfPage): Promise<void> {
  await demandPage(input)
  await record(ctx, 'page.restored', input)
  await restoreItem(ctx, { kind: pageKind, refId: input.pageId })
}
