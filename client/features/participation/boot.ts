// Tells the course home where its staff find participation. Called once by main.
import { CalendarRange } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'

export function startParticipation(): void {
  registerCourseLink({
    name: 'participation',
    order: 9,
    label: 'participation.title',
    icon: CalendarRange,
    capability: 'grade.view-all',
    path: courseId => pathTo('participation', { courseId }),
  })
}
