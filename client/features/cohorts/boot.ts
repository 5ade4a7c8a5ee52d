// Puts cohorts beside the people of a course. Called once by main.
import { registerPeopleTool } from '#client/features/courses/registry.ts'
import { CourseCohortsButton } from './CourseCohorts.tsx'

export function startCohorts(): void {
  registerPeopleTool({ name: 'cohorts', capability: 'course.enrol', Button: CourseCohortsButton })
}
