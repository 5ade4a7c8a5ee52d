// Which course's preview is being chosen, over whatever page it is; undefined while none is. And the beginning and the end
// of seeing as a person.
import { signal } from '@preact/signals'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { beginPreview, endPreview } from '#client/platform/preview.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import { previewRoutes, type ViewId } from '#protocol/preview.ts'

export const changing = signal<CourseId | undefined>(undefined)

/** Opens the choice. */
export function choosePreview(courseId: CourseId): void {
  changing.value = courseId
}

/** Sees Lectern as this person from their Today on. Throws what the server throws, and where this tab keeps nothing. */
export async function seeAs(accountId: AccountId, reason: string): Promise<void> {
  const { view } = await request(previewRoutes.beginView, { accountId, reason })
  beginPreview({ preview: { viewId: view.id }, name: view.name, until: view.until }, pathTo('today'))
}

/** Back to being oneself, among the people of the school. What cannot be said to the server ends there by itself. */
export async function endPersonView(viewId: ViewId): Promise<void> {
  await request(previewRoutes.endView, { viewId }).catch(() => undefined)
  endPreview(pathTo('sitePeople'))
}
