// The outline of a course as it is changed: modules and the items placed in them, made, moved, shown, hidden, removed and
// brought back.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { instant, line, nothing, text, uuid, version } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { courseId, courseItem, courseModule, itemId, moduleId } from '../courses.ts'
import { mostDepth } from './levels.ts'

const title = line(200)
const inCourse = { courseId }
const ofModule = { courseId, moduleId }
const ofItem = { courseId, itemId }

/** Where a moved thing goes: before the one named, or to the end when absent. */
const beforeModule = z.optional(z.nullable(moduleId))
const beforeItem = z.optional(z.nullable(itemId))

/** Most things that one act changes. */
export const mostAtOnce = 500

/** What becomes of one thing of many. What is left out stays; `published` and `to` are of items alone. */
export const thingChange = z.strictObject({
  subject: z.enum(['item', 'module']),
  id: uuid(),
  /** As it was read: an older one refuses the whole act. */
  version,
  published: z.optional(z.boolean()),
  /** Into the bin, or out of it. */
  removed: z.optional(z.boolean()),
  /** To the end of a module, ahead of another item of it, or to a place in it that it had before. */
  to: z.optional(
    z.strictObject({
      moduleId: z.nullable(moduleId),
      /** Null: to the end. Left out it stays where it is, unless the module is another one. */
      before: z.optional(z.nullable(itemId)),
      /** What it is indented under, the outermost first; left out it stays, below what comes along. */
      under: z.optional(z.array(itemId).check(z.maxLength(mostDepth))),
      position: z.optional(z.string().check(z.maxLength(400), z.regex(/^[0-9a-z]*[1-9a-z]$/))),
    }),
  ),
  /** All dates of it, by so many days at the same hour. */
  days: z.optional(z.int().check(z.gte(-3_660), z.lte(3_660))),
  /** When it opens and closes. */
  window: z.optional(z.strictObject({ from: z.nullable(instant), until: z.nullable(instant) })),
})
export type ThingChange = z.infer<typeof thingChange>

/** Something that was removed from the outline. */
export const removedThing = z.object({
  subject: z.enum(['item', 'module']),
  id: uuid(),
  title: z.string(),
  /** The kind of an item; null for a module. */
  kind: z.nullable(z.string()),
  /** The module an item stood in; null above all modules. */
  moduleTitle: z.nullable(z.string()),
  removedAt: instant,
  /** Null when the one who did it is gone, or it was a job. */
  removedBy: z.nullable(z.string()),
  /** How many items come back with a module. */
  holds: z.int(),
})
export type RemovedThing = z.infer<typeof removedThing>

export const outlineRoutes = defineRoutes('courses', {
  createModule: route(
    'POST',
    '/courses/:courseId/modules',
    write(z.strictObject({ ...inCourse, title }), z.object({ module: courseModule })),
  ),
  changeModule: route(
    'PATCH',
    '/courses/:courseId/modules/:moduleId',
    write(z.strictObject({ ...ofModule, version, title }), z.object({ module: courseModule })),
  ),
  moveModule: route(
    'POST',
    '/courses/:courseId/modules/:moduleId/move',
    write(z.strictObject({ ...ofModule, before: beforeModule }), z.object({ module: courseModule })),
  ),
  removeModule: route('DELETE', '/courses/:courseId/modules/:moduleId', write(z.strictObject(ofModule), nothing)),
  restoreModule: route(
    'POST',
    '/courses/:courseId/modules/:moduleId/restore',
    write(z.strictObject(ofModule), z.object({ module: courseModule })),
  ),

  /**
   * Changes many things at once: all or none. Throws `conflict` when one of them is another version, with its title.
   * `undo` is what takes it back, asked of this route; `left`: titles whose dates could not move.
   */
  changeMany: route(
    'POST',
    '/courses/:courseId/outline',
    write(
      z.strictObject({ ...inCourse, changes: z.array(thingChange).check(z.minLength(1), z.maxLength(mostAtOnce)) }),
      z.object({ undo: z.array(thingChange), left: z.array(z.string()) }),
    ),
  ),

  /** Into a module (or null: above all modules), before another item or to the end; what is indented below comes along. */
  moveItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/move',
    write(
      z.strictObject({ ...ofItem, moduleId: z.nullable(moduleId), before: beforeItem }),
      z.object({ item: courseItem }),
    ),
  ),
  publishItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/publish',
    write(z.strictObject(ofItem), z.object({ item: courseItem })),
  ),
  hideItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/hide',
    write(z.strictObject(ofItem), z.object({ item: courseItem })),
  ),
  /** Puts a heading at the end of a module, or above all modules. */
  addHeading: route(
    'POST',
    '/courses/:courseId/headings',
    write(
      z.strictObject({
        ...inCourse,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        published: z._default(z.boolean(), false),
      }),
      z.object({ item: courseItem }),
    ),
  ),
  changeHeading: route(
    'PATCH',
    '/courses/:courseId/headings/:itemId',
    write(z.strictObject({ ...ofItem, version, title }), z.object({ item: courseItem })),
  ),
  removeItem: route('DELETE', '/courses/:courseId/items/:itemId', write(z.strictObject(ofItem), nothing)),
  /** Back where it was; above all modules where its own is removed. */
  restoreItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/restore',
    write(z.strictObject(ofItem), z.object({ item: courseItem })),
  ),
  /** What was removed and can be brought back, the latest first. */
  removed: route(
    'GET',
    '/courses/:courseId/removed',
    read(z.strictObject({ ...inCourse, ...pageInput, search: z.optional(text(100)) }), pageOf(removedThing)),
  ),
})
