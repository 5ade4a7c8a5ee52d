// The log of a course: what became of its content, by whom and when. It is read from the trail of the school; nothing here
// writes it.
import * as z from 'zod/mini'
import { auditEntry } from '../audit.ts'
import { defineRoutes, read, route } from '../base/call.ts'
import { accountId, instant } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { courseId } from '../courses.ts'

/** The kinds of things that are content of a course, in the order to show them, with its sections and groups. People and roles are none. */
export const courseThings = [
  'course',
  'module',
  'item',
  'release',
  'completion',
  'page',
  'file',
  'folder',
  'link',
  'assignment',
  'activity',
  'homework',
  'lesson',
  'glossary',
  'package',
  'survey',
  'meeting',
  'forum',
  'group',
  'group-set',
  'event',
  'note',
  'captions',
  'grading',
  'grade-item',
  'gradebook',
  'run',
] as const
export const courseThing = z.enum(courseThings)
export type CourseThing = z.infer<typeof courseThing>

const filter = {
  courseId,
  actor: z.optional(accountId),
  thing: z.optional(courseThing),
  from: z.optional(instant),
  to: z.optional(instant),
}

export const logRoutes = defineRoutes('courses', {
  /** The latest first. `people`: who has changed anything; told with the first page. */
  log: route(
    'GET',
    '/courses/:courseId/log',
    read(
      z.strictObject({ ...filter, ...pageInput }),
      z.extend(pageOf(auditEntry), {
        people: z.array(z.object({ id: z.string(), name: z.nullable(z.string()) })),
      }),
    ),
  ),
  logCsv: route('GET', '/courses/:courseId/log.csv', read(z.strictObject(filter), z.unknown())),
})
