// Tells the course home where its staff find what keeps people from its pages. Called once by main.
import { Accessibility } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'

export function startAccessibility(): void {
  registerCourseLink({
    name: 'accessibility',
    order: 10,
    label: 'accessibility.title',
    icon: Accessibility,
    capability: 'content.change',
    path: courseId => pathTo('accessibility', { courseId }),
  })
}
