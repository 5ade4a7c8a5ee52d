// Quizzes as homework: a delivery taken alone until its due time, on the same record and the same column as the class.
import { quizRoutes } from '#protocol/quizzes.ts'
import { registerDeliveryGate } from '#server/features/activities/index.ts'
import {
  registerCalendarSource,
  registerCourseDates,
  registerCoursePart,
  registerItemAudience,
  registerTodaySource,
} from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { closeJob, homeworkDates } from './actions/homework.ts'
import { homeworkPart } from './actions/part.ts'
import { httpHandlers } from './http.ts'
import { homeworkDays } from './queries/calendar.ts'
import { homeworkAudience, maySitHomework } from './queries/people.ts'
import { dueToday, givenToday } from './queries/today.ts'
import { homeworkKind } from './rules.ts'

export { assignHomework, closeDue } from './actions/homework.ts'
export { learnersFor } from './queries/people.ts'
export { homeworkKind } from './rules.ts'

registerDeliveryGate('homework', maySitHomework)
registerTodaySource(dueToday)
registerTodaySource(givenToday)
registerCalendarSource(homeworkDays)
registerItemAudience(homeworkKind, homeworkAudience)
registerCoursePart('quizzes', homeworkPart)
registerCourseDates('quizzes', homeworkDates)

export const quizzesFeature: Feature = {
  name: 'quizzes',
  bindings: bind(quizRoutes, httpHandlers),
  jobs: [closeJob],
}
