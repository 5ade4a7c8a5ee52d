// Text pages of a course on the wire. A page is Markdown; it is shown as elements, never as markup of its author.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, line, nothing, version } from './base/ids.ts'
import { documentSchema, type PageDocument } from './content/document.ts'
import { courseId, moduleId } from './courses.ts'

export const pageId = idSchema<'Page'>()
export type PageId = z.infer<typeof pageId>

/** Length of a page's text in characters; a page longer than this is a book. */
export const longestPage = 100_000

export const page = z.object({
  id: pageId,
  courseId,
  title: z.string(),
  /** Markdown where there is no document; else the document's words. */
  body: z.string(),
  /** The page as a tree (content/document.ts); null for one that was written as Markdown and not saved since. */
  document: z.nullable(z.custom<PageDocument>(value => typeof value === 'object')),
  version,
  changedAt: instant,
})
export type Page = z.infer<typeof page>

export const pageVersion = z.object({
  version,
  title: z.string(),
  at: instant,
  /** Who saved it; null once that account is erased. */
  by: z.nullable(z.string()),
})
export type PageVersion = z.infer<typeof pageVersion>

const title = line(200)
/** Not trimmed: an author may be in the middle of a line. */
const body = z.string().check(z.maxLength(longestPage))
const document = z.object({
  schema: z.int().check(z.minimum(1), z.maximum(documentSchema)),
  content: z.array(z.unknown()),
})
const ofPage = { courseId, pageId }

export const contentRoutes = defineRoutes('content', {
  createPage: route(
    'POST',
    '/courses/:courseId/pages',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        body: z._default(body, ''),
        published: z._default(z.boolean(), false),
      }),
      z.object({ page }),
    ),
  ),
  getPage: route(
    'GET',
    '/courses/:courseId/pages/:pageId',
    read(z.strictObject(ofPage), z.object({ page, published: z.boolean(), mayChange: z.boolean() })),
  ),
  /** Refused with `conflict` and the `current` page when somebody was faster: nothing of either text is lost. */
  changePage: route(
    'PATCH',
    '/courses/:courseId/pages/:pageId',
    write(
      z.strictObject({
        ...ofPage,
        version,
        title: z.optional(title),
        body: z.optional(body),
        /** In place of `body`. Read by `readDocument`: what it leaves out is not kept. */
        document: z.optional(document),
      }),
      z.object({ page }),
    ),
  ),
  /** What was saved of a page, the newest first; for staff. Saves of one person within minutes are one. */
  pageVersions: route(
    'GET',
    '/courses/:courseId/pages/:pageId/versions',
    read(z.strictObject(ofPage), z.object({ items: z.array(pageVersion) })),
  ),
  pageVersion: route(
    'GET',
    '/courses/:courseId/pages/:pageId/versions/:number',
    read(z.strictObject({ ...ofPage, number: z.coerce.number().check(z.int(), z.minimum(0)) }), z.object({ page })),
  ),
  removePage: route('DELETE', '/courses/:courseId/pages/:pageId', write(z.strictObject(ofPage), nothing)),
  restorePage: route('POST', '/courses/:courseId/pages/:pageId/restore', write(z.strictObject(ofPage), nothing)),
})
