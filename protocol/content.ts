// Text pages of a course on the wire. A page is Markdown; it is shown as elements, never as markup of its author.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, line, nothing, version } from './base/ids.ts'
import { courseId, moduleId } from './courses.ts'

export const pageId = idSchema<'Page'>()
export type PageId = z.infer<typeof pageId>

/** Length of a page's text in characters; a page longer than this is a book. */
export const longestPage = 100_000

export const page = z.object({
  id: pageId,
  courseId,
  title: z.string(),
  body: z.string(),
  version,
  changedAt: instant,
})
export type Page = z.infer<typeof page>

const title = line(200)
/** Not trimmed: an author may be in the middle of a line. */
const body = z.string().check(z.maxLength(longestPage))
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
    write(z.strictObject({ ...ofPage, version, title: z.optional(title), body: z.optional(body) }), z.object({ page })),
  ),
  removePage: route('DELETE', '/courses/:courseId/pages/:pageId', write(z.strictObject(ofPage), nothing)),
  restorePage: route('POST', '/courses/:courseId/pages/:pageId/restore', write(z.strictObject(ofPage), nothing)),
})
