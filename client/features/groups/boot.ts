// Leads from a course to its groups. Called once by main.
import { UsersRound } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'
import { startGroupCondition } from './condition.tsx'

export function startGroups(): void {
  startGroupCondition()
  registerCourseLink({
    name: 'groups',
    order: 7,
    label: 'groups.title',
    icon: UsersRound,
    capability: 'course.view',
    path: courseId => pathTo('groups', { courseId }),
  })
}
