// Tells the course home where the grades are. Called once by main.
import { ChartNoAxesColumn } from 'lucide-preact'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink, registerItemKind } from '#client/features/courses/registry.ts'

export function startGrades(): void {
  registerItemKind('grade', {
    icon: ChartNoAxesColumn,
    label: 'grades.grade',
    path: ({ courseId, refId }) => {
      const accountId = person.value?.id
      return accountId === undefined ? undefined : pathTo('grade', { courseId, gradeItemId: refId, accountId })
    },
  })
  registerCourseLink({
    name: 'grades',
    order: 1,
    label: 'grades.title',
    icon: ChartNoAxesColumn,
    capability: 'course.view',
    path: courseId => pathTo('grades', { courseId }),
  })
}
