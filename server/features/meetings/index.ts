// Meetings: video calls elsewhere, placed in a course, and who came. Where they stand and who sees them is the business of
// courses.
import { meetingRoutes } from '#protocol/meetings.ts'
import {
  registerCalendarSource,
  registerCourseCopier,
  registerCourseDates,
  registerCourseReset,
} from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { eraseVisits, meetingDates, meetingsCopier, mergeVisits, visitsReset } from './actions.ts'
import { httpHandlers } from './http.ts'
import { exportVisits, meetingDays } from './queries.ts'

registerCourseCopier('meetings', meetingsCopier)
registerCourseDates('meetings', meetingDates)
registerCourseReset('meetings', 'marks', visitsReset)
registerCalendarSource(meetingDays)

export const meetingsFeature: Feature = {
  name: 'meetings',
  bindings: bind(meetingRoutes, httpHandlers),
  account: {
    columns: ['meeting_visits.account_id'],
    export: async (ctx, accountId) => ({ meetingsJoined: await exportVisits(ctx, accountId) }),
    erase: eraseVisits,
    merge: mergeVisits,
  },
}
