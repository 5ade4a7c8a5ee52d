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
