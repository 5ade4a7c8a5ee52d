// Forums of their own, placed in a course as items: read and written by whom the place is open to
// (docs/decisions/0040-forums-in-the-outline.md). What is said in one goes by the calls of topics.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { idSchema, line, version } from '#protocol/base/ids.ts'
import { courseId, moduleId } from '#protocol/courses.ts'
import { channel } from '../channels.ts'
import { channelEntry } from './inbox.ts'

export const forumId = idSchema<'Forum'>()
export type ForumId = z.infer<typeof forumId>

/** What a forum in the outline is called. */
export const forumTitle = line(200)

const ofForum = { courseId, forumId }

export const forumRoutes = defineRoutes('channels', {
  /** Opens a forum at the end of a module. */
  createForum: route(
    'POST',
    '/courses/:courseId/forums',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title: forumTitle,
        published: z._default(z.boolean(), false),
      }),
      z.object({ forumId, channel }),
    ),
  ),
  getForum: route(
    'GET',
    '/courses/:courseId/forums/:forumId',
    read(z.strictObject(ofForum), z.object({ entry: channelEntry, published: z.boolean(), mayChange: z.boolean() })),
  ),
  /** Another title, for whoever read the channel's version; else `conflict` with the current channel. */
  changeForum: route(
    'PATCH',
    '/courses/:courseId/forums/:forumId',
    write(z.strictObject({ ...ofForum, version, title: forumTitle }), z.object({ channel })),
  ),
})
