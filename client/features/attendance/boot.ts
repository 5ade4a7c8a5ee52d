// Tells the course home where attendance is. Called once by main.
import { CalendarCheck } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'

export function startAttendance(): void {
  registerCourseLink({
    name: 'attendance',
    order: 8.5,
    label: 'attendance.title',
    icon: CalendarCheck,
    capability: 'course.view',
    path: courseId => pathTo('attendance', { courseId }),
  })
}
