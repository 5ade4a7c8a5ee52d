// What every part of a course home is given.
import type { Locks } from '#client/features/conditions/store.ts'
import type { Marks } from '#client/features/progress/marks.tsx'
import type { Capability } from '#protocol/base/roles.ts'
import type { LockSubject } from '#protocol/conditions.ts'
import type { CourseItem, CourseModule } from '#protocol/courses.ts'
import type { Line } from './picking.ts'

/** What every part of a course home knows. */
export interface CourseHome {
  readonly courseId: string
  readonly staff: boolean
  readonly capabilities: readonly Capability[]
  /** What the reader may do in one item, which may be more or less than in the course. */
  readonly rightsIn: (itemId: string) => readonly Capability[]
  readonly modules: readonly CourseModule[]
  readonly items: readonly CourseItem[]
  /** IANA name: dates that the course sets are told in it. */
  readonly zone: string
  readonly locks: Locks
  readonly marks: Marks
  /** The outline as it is shown, while staff choose several things of it. */
  readonly lines: readonly Line[] | undefined
  /** Staff look at when something opens. */
  readonly onAccess: (subject: LockSubject, what: CourseItem | CourseModule) => void
}

/** Whether the reader may change an item: what it is and where it stands. */
export const mayChangeIn = (home: CourseHome, { id }: CourseItem): boolean =>
  home.rightsIn(id).includes('content.change')

/** Whether they see it as those do who prepare it, released or not: by the course, or by what the item allows them. */
export const seesAsStaff = (home: CourseHome, item: CourseItem): boolean =>
  home.staff || mayChangeIn(home, item) || home.rightsIn(item.id).includes('activity.change')
