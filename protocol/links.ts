// Links of a course on the wire: an address elsewhere, with a few words on what is there. It is opened by the reader, in a
// tab of its own; nothing is ever fetched from it by us.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, line, text, version } from './base/ids.ts'
import { courseId, moduleId } from './courses.ts'

export const linkId = idSchema<'Link'>()
export type LinkId = z.infer<typeof linkId>

/** Of the web, with a host, and without a name and password before it. */
export const address = z
  .url({ protocol: /^https?$/ })
  .check(z.maxLength(2_000), z.regex(/^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i))

export const courseLink = z.object({
  id: linkId,
  courseId,
  title: z.string(),
  address: z.string(),
  note: z.string(),
  version,
  changedAt: instant,
})
export type CourseLink = z.infer<typeof courseLink>

const title = line(200)
const note = text(2_000)
const ofLink = { courseId, linkId }

export const linkRoutes = defineRoutes('links', {
  create: route(
    'POST',
    '/courses/:courseId/links',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        address,
        note: z._default(note, ''),
        published: z._default(z.boolean(), false),
      }),
      z.object({ link: courseLink }),
    ),
  ),
  get: route(
    'GET',
    '/courses/:courseId/links/:linkId',
    read(z.strictObject(ofLink), z.object({ link: courseLink, published: z.boolean(), mayChange: z.boolean() })),
  ),
  /** Refused with `conflict` and the `current` link when somebody was faster. */
  change: route(
    'PATCH',
    '/courses/:courseId/links/:linkId',
    write(
      z.strictObject({
        ...ofLink,
        version,
        title: z.optional(title),
        address: z.optional(address),
        note: z.optional(note),
      }),
      z.object({ link: courseLink }),
    ),
  ),
})
