// Tells the course home where progress is and how far the person is. Called once by main.
import { ListChecks } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCoursePart } from '#client/features/courses/parts.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'
import { CardBar, HomeBar } from './CourseBar.tsx'
import { watchProgress } from './store.ts'

export function startProgress(): void {
  registerCourseLink({
    name: 'progress',
    order: 8,
    label: 'progress.title',
    icon: ListChecks,
    capability: 'course.view',
    path: courseId => pathTo('progress', { courseId }),
  })
  registerCoursePart({ name: 'progress', Home: HomeBar, Card: CardBar })
  watchProgress()
}
