// A preview on the wire: a course as somebody supposed would see it, or all of Lectern as somebody who exists does; told
// with each request and at the handshake. It is a way to read: while it lasts nothing is written.
import * as z from 'zod/mini'
import { roleKey } from './access.ts'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, idSchema, instant, line } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { courseId } from './courses.ts'
import { groupId, groupSetId } from './groups.ts'

/** Most sections and groups that somebody is supposed to be in. */
export const mostPreviewGroups = 50

/** Somebody supposed, who holds one role in one course, is in these groups and has done nothing yet. */
export const coursePreview = z.strictObject({
  courseId,
  role: roleKey,
  groupIds: z.array(groupId).check(z.maxLength(mostPreviewGroups)),
})
export type CoursePreview = z.infer<typeof coursePreview>

export const viewId = idSchema<'PersonView'>()
export type ViewId = z.infer<typeof viewId>

/** How long an administrator sees as a person before they have to say anew why, in minutes. */
export const viewMinutes = 60

/** A view that was begun with a reason and is not over. */
export const personPreview = z.strictObject({ viewId })
export type PersonPreview = z.infer<typeof personPreview>

export const preview = z.union([coursePreview, personPreview])
export type Preview = z.infer<typeof preview>

export const isOfPerson = (one: Preview): one is PersonPreview => 'viewId' in one

const personWord = 'person'

/** As it stands in the header `previewHeader` and in the handshake. */
export const writePreview = (one: Preview): string =>
  isOfPerson(one) ? `${personWord} ${one.viewId}` : `${one.courseId} ${one.role} ${one.groupIds.join(',')}`.trim()

/** Reads what `writePreview` wrote; undefined for anything else. */
export function readPreview(said: string): Preview | undefined {
  const [courseId, role, groups, ...rest] = said.split(' ')
  if (rest.length > 0) return undefined
  if (courseId === personWord) {
    const view = z.safeParse(personPreview, { viewId: role })
    return view.success && groups === undefined ? view.data : undefined
  }
  const found = z.safeParse(coursePreview, { courseId, role, groupIds: groups ? groups.split(',') : [] })
  return found.success ? found.data : undefined
}

/** One time somebody saw Lectern as a person. */
export const personView = z.object({ id: viewId, accountId, name: z.string(), until: instant })
export type PersonView = z.infer<typeof personView>

export const previewRoutes = defineRoutes('preview', {
  /**
   * Begins to see Lectern as this person does, for `viewMinutes`. Administrators alone, never as one of themselves; it is
   * in the audit log with its reason, and the person reads of it.
   */
  beginView: route(
    'POST',
    '/accounts/:accountId/views',
    write(z.strictObject({ accountId, reason: line(200) }), z.object({ view: personView })),
  ),
  /** Ends it before its time; of one that is over, nothing. */
  endView: route('DELETE', '/views/:viewId', write(z.strictObject({ viewId }), z.object({}))),
  /** Who saw Lectern as the caller, and why; the latest first. */
  views: route(
    'GET',
    '/me/views',
    read(
      z.strictObject(pageInput),
      pageOf(z.object({ id: viewId, by: z.string(), reason: z.string(), at: instant, until: instant })),
    ),
  ),
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
