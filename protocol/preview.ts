// A preview on the wire: a course as somebody else would see it, told with each request and at the handshake. It is a way
// to read: while it lasts nothing is written.
import * as z from 'zod/mini'
import { roleKey } from './access.ts'
import { defineRoutes, read, route } from './base/call.ts'
import { courseId } from './courses.ts'
import { groupId, groupSetId } from './groups.ts'

/** Most sections and groups that somebody is supposed to be in. */
export const mostPreviewGroups = 50

/** Somebody supposed, who holds one role in one course, is in these groups and has done nothing yet. */
export const preview = z.strictObject({
  courseId,
  role: roleKey,
  groupIds: z.array(groupId).check(z.maxLength(mostPreviewGroups)),
})
export type Preview = z.infer<typeof preview>

/** As it stands in the header `previewHeader` and in the handshake. */
export const writePreview = ({ courseId, role, groupIds }: Preview): string =>
  `${courseId} ${role} ${groupIds.join(',')}`.trim()

/** Reads what `writePreview` wrote; undefined for anything else. */
export function readPreview(said: string): Preview | undefined {
  const [courseId, role, groups, ...rest] = said.split(' ')
  if (rest.length > 0) return undefined
  const found = z.safeParse(preview, { courseId, role, groupIds: groups ? groups.split(',') : [] })
  return found.success ? found.data : undefined
}

export const previewRoutes = defineRoutes('preview', {
  /** As whom the caller may see the course: roles that come to no more than their own, and its sections and groups. */
  options: route(
    'GET',
    '/courses/:courseId/preview',
    read(
      z.strictObject({ courseId }),
      z.object({
        title: z.string(),
        /** `name` is empty for those every Lectern has. */
        roles: z.array(z.object({ role: roleKey, name: z.string() })),
        sets: z.array(z.object({ id: groupSetId, name: z.string() })),
        /** Sections have no set. */
        groups: z.array(z.object({ id: groupId, setId: z.nullable(groupSetId), name: z.string() })),
      }),
    ),
  ),
})
