// As whom a course is shown, in words: the role, then the section and the groups.

import { roleWord } from '#client/features/courses/store.ts'
import type { ShownCourse } from '#client/platform/preview.ts'
import { courseRoles } from '#protocol/base/roles.ts'

/** A role by its word, or as it was named where it was made. */
export function roleName({ role, name }: { readonly role: string; readonly name: string }): string {
  const known = courseRoles.find(one => one === role)
  return known ? roleWord(known) : name
}

export const wordsOf = ({ preview, role, groups }: ShownCourse): string =>
  [roleName({ role: preview.role, name: role }), ...groups].join(', ')
