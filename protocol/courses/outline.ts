// The outline of a course as it is changed: modules and the items placed in them, made, moved, shown, hidden, removed and
// brought back.
import * as z from 'zod/mini'
import { defineRoutes, route, write } from '../base/call.ts'
import { line, nothing, version } from '../base/ids.ts'
import { courseId, courseItem, courseModule, itemId, moduleId } from '../courses.ts'

const title = line(200)
const inCourse = { courseId }
const ofModule = { courseId, moduleId }
const ofItem = { courseId, itemId }

/** Where a moved thing goes: before the one named, or to the end when absent. */
const beforeModule = z.optional(z.nullable(moduleId))
const beforeItem = z.optional(z.nullable(itemId))

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
