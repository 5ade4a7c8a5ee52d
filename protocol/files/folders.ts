// Folders as their course shows them: placed in it like a page, and read by whom they are open to
// (docs/decisions/0038-folders-in-the-outline.md).
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { nothing } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { courseId, courseItem, moduleId } from '../courses.ts'
import { fileEntry, folder, folderId } from '../files.ts'

export const folderRoutes = defineRoutes('files', {
  /**
   * What is in a folder, folders first, for whoever may read it: the course's staff, and everybody to whom it or a folder
   * around it is open in the course. `path` begins with the outermost folder that they may read.
   */
  folder: route(
    'GET',
    '/folders/:folderId',
    read(
      z.strictObject({ folderId, ...pageInput }),
      z.extend(pageOf(fileEntry), {
        folder,
        courseId,
        path: z.array(z.object({ id: folderId, name: z.string() })),
        mayChange: z.boolean(),
        /** Files come in by who prepares the course: whoever may change this folder alone brings none. */
        mayBring: z.boolean(),
        /** Its place in the course; null when it stands nowhere there. */
        item: z.nullable(courseItem),
      }),
    ),
  ),
  /** Places a folder in the course as an item, as `place` does a file. */
  placeFolder: route(
    'POST',
    '/folders/:folderId/place',
    write(
      z.strictObject({
        folderId,
        moduleId: z._default(z.nullable(moduleId), null),
        published: z._default(z.boolean(), false),
      }),
      nothing,
    ),
  ),
})
