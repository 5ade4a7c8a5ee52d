// Tells the course home where the grades are. Called once by main.
import { ChartNoAxesColumn } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'

export function startGrades(): void {
  registerCourseLink({
    name: 'grades',
    label: 'grades.title',
    icon: ChartNoAxesColumn,
    capability: 'course.view',
    path: courseId => pathTo('grades', { courseId }),
  })
}
