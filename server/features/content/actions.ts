// Writes text pages. Rights were asked by the door.
import * as z from 'zod/mini'
import { line } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { filesIn, type PageDocument, plainText, readDocument } from '#protocol/content/document.ts'
import { longestPage, type Page, type PageId, pageId } from '#protocol/content.ts'
import type { CourseId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import {
  type CourseMaking,
  type CoursePart,
  changeItem,
  courseContext,
  placeItem,
  removeItem,
  restoreItem,
  standingRefs,
} from '#server/features/courses/index.ts'
import { addFileUses, setFileUses } from '#server/features/files/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { pageKind, pageOf } from './queries.ts'
import { type PageRow, pages, pageVersions } from './tables.ts'

interface OfPage {
  courseId: CourseId
  pageId: PageId
}

const record = (ctx: WriteCtx, verb: string, { id, courseId, title }: Pick<PageRow, 'id' | 'courseId' | 'title'>) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'page', id }, context: courseContext(courseId) },
    details: { courseId, title },
  })

/** Saves of one person within this time are one version, in milliseconds: a text is saved every second or two. */
const oneSittingMs = 10 * 60_000

/** Keeps the page as it is now; what the same person saved a moment ago is replaced. */
async function keepVersion(ctx: WriteCtx, row: PageRow): Promise<void> {
  const byAccount = actorOf(ctx.who)
  const { id: pageId, version, title, body, document } = row
  await ctx.sql(
    `delete from page_versions v where page_id = $1 and version = $2 and version > 0 and by_account = $3 and at > $4
        and exists (select from page_versions o where o.page_id = $1 and o.version < v.version
                     and o.by_account = v.by_account and o.at > $4)`,
    [pageId, version - 1, byAccount, new Date(ctx.now.getTime() - oneSittingMs)],
  )
  await pageVersions.create({ pageId, version, title, body, document, at: ctx.now, byAccount })
}

interface GivenText {
  readonly body?: string | undefined
  readonly document?: unknown
}

/** The text a page gets: a tree with its words, or Markdown in place of the tree. Throws `malformed` for no such tree. */
function textOf(row: PageRow, { body, document: given }: GivenText): Pick<PageRow, 'body' | 'document'> {
  if (given === undefined)
    return body === undefined ? { body: row.body, document: row.document } : { body, document: null }
  const document = readDocument(given)
  if (!document) throw new Problem('malformed', { errors: [{ path: 'document', code: 'invalid_document' }] })
  return { document, body: plainText(document) }
}

/** Writes a page and places it at the end of a module. Throws `not-found`. */
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
    document: null,
    version: 0,
    changedAt: ctx.now,
  }
  await pages.create(row)
  await keepVersion(ctx, row)
  await placeItem(ctx, {
    courseId: input.courseId,
    moduleId: input.moduleId,
    kind: pageKind,
    refId: row.id,
    title: row.title,
    published: input.published,
    detail: { version: 0 },
  })
  await record(ctx, 'page.created', row)
  return pageOf(row)
}

/**
 * Changes a page that is at the version the writer read, else throws `conflict` with the current page. The item carries
 * the new version, so that whoever reads the page hears of it. Throws `not-found` and `malformed`.
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
    document?: unknown
  },
): Promise<Page> {
  const row = await pages.findOne({ where: { id: pageId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: pageOf(row) } })
  const next: PageRow = {
    ...row,
    title: given.title ?? row.title,
    ...textOf(row, given),
    version: version + 1,
    changedAt: ctx.now,
  }
  await pages.update(next, { where: { id: pageId } })
  await keepVersion(ctx, next)
  await setFileUses(ctx, {
    courseId,
    kind: pageKind,
    refId: pageId,
    fileIds: next.document ? filesIn(next.document) : [],
  })
  await changeItem(ctx, { kind: pageKind, refId: pageId, title: next.title, detail: { version: next.version } })
  await record(ctx, 'page.changed', next)
  return pageOf(next)
}

async function demandPage({ courseId, pageId }: OfPage): Promise<PageRow> {
  const row = await pages.findOne({ where: { id: pageId, courseId }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Takes a page out of its course; the text stays. Throws `not-found`. */
export async function removePage(ctx: WriteCtx, input: OfPage): Promise<void> {
  await record(ctx, 'page.removed', await demandPage(input))
  await removeItem(ctx, { kind: pageKind, refId: input.pageId })
}

/** Undoes `removePage`. */
export async function restorePage(ctx: WriteCtx, input: OfPage): Promise<void> {
  await record(ctx, 'page.restored', await demandPage(input))
  await restoreItem(ctx, { kind: pageKind, refId: input.pageId })
}

const pagesShape = z.array(
  z.strictObject({
    id: pageId,
    title: line(200),
    body: z.string().check(z.maxLength(longestPage)),
    document: z.nullable(z.custom<PageDocument>(value => readDocument(value) !== undefined)),
  }),
)

/** A page's words as they stand in another course: its pictures and files are those of that course. */
const wordsIn = (document: PageDocument, { find }: CourseMaking): PageDocument =>
  JSON.parse(JSON.stringify(document), (key, value) =>
    key === 'fileId' ? (find('file', String(value)) ?? value) : value,
  )

/** Pages as a part of their course, each as it is now. */
export const pagesPart: CoursePart<z.infer<typeof pagesShape>> = {
  shape: pagesShape,
  take: async (ctx, courseId) => {
    const ids = (await standingRefs(ctx, courseId, pageKind)) as PageId[]
    const rows = await pages.findAll({ where: { id: ids }, order: [['id', 'asc']], raw: true })
    return rows.map(({ id, title, body, document }) => ({ id, title, body, document }))
  },
  count: part => ({ pages: part.length }),
  lines: part => part.map(({ id }) => ({ kind: pageKind, refId: id })),
  make: async (ctx, making, part) => {
    const { to: courseId, name, show } = making
    const rows = part.map(({ id, title, ...text }): PageRow => {
      // Read anew, as what an editor sends: what the list does not allow is left out.
      const read = text.document === null ? undefined : readDocument(text.document)
      const document = read ? wordsIn(read, making) : null
      const body = document ? plainText(document) : text.body
      const row = { id: name<PageId>('page', id), courseId, title, body, document, version: 0, changedAt: ctx.now }
      show(pageKind, id, { refId: row.id, badge: null, detail: { version: 0 } })
      return row
    })
    await pages.bulkCreate(rows)
    const byAccount = actorOf(ctx.who)
    await pageVersions.bulkCreate(
      rows.map(({ id: pageId, version, title, body, document }) => ({
        ...{ pageId, version, title, body, document, byAccount },
        at: ctx.now,
      })),
    )
    const shown = rows.flatMap(({ id: refId, document }) =>
      document ? filesIn(document).map(fileId => ({ refId, fileId })) : [],
    )
    await addFileUses(ctx, { courseId, kind: pageKind, shown })
  },
}

/** What pages owe a person. */
export const accountHooks: AccountHooks = {
  columns: ['page_versions.by_account'],
  stays: {
    'page_versions.by_account': 'course',
  },
  export: async (ctx, accountId) => ({
    pagesSaved: await ctx.sql<object>(
      'select title, version, at from page_versions where by_account = $1 order by at',
      [accountId],
    ),
  }),
  // What somebody wrote for a course is the course's; the name is erased where it stands, with the account.
  erase: async () => undefined,
  merge: async (ctx, from, into) => {
    await ctx.sql('update page_versions set by_account = $2 where by_account = $1', [from, into])
  },
}
