// The outline of a course as it is changed: modules and the items placed in them, made, moved, shown, hidden, removed and
// brought back.
import * as z from 'zod/mini'
import { defineRoutes, route, write } from '../base/call.ts'
import { instant, line, nothing, uuid, version } from '../base/ids.ts'
import { courseId, courseItem, courseModule, itemId, moduleId } from '../courses.ts'

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
  /** To the end of a module, or to a place in it that it had before. */
  to: z.optional(
    z.strictObject({
      moduleId: z.nullable(moduleId),
      position: z.optional(z.string().check(z.maxLength(400), z.regex(/^[0-9a-z]*[1-9a-z]$/))),
    }),
  ),
  /** All dates of it, by so many days at the same hour. */
  days: z.optional(z.int().check(z.gte(-3_660), z.lte(3_660))),
  /** When it opens and closes. */
  window: z.optional(z.strictObject({ from: z.nullable(instant), until: z.nullable(instant) })),
})
export type ThingChange = z.infer<typeof thingChange>

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

  /** Into a module (or null: above all modules), before another item or to the end. */
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
  removeItem: route('DELETE', '/courses/:courseId/items/:itemId', write(z.strictObject(ofItem), nothing)),
  restoreItem: route(
    'POST',
    '/courses/:courseId/items/:itemId/restore',
    write(z.strictObject(ofItem), z.object({ item: courseItem })),
  ),
})
