// Meetings: video calls elsewhere, placed in a course, and who came. Where they stand and who sees them is the business of
// courses; the servers that hold them are set up by administrators.
import { serverRoutes } from '#protocol/meetings/servers.ts'
import { meetingRoutes } from '#protocol/meetings.ts'
import {
  registerCalendarSource,
  registerCourseDates,
  registerCoursePart,
  registerCourseReset,
} from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { meetingDates } from './actions/meetings.ts'
import { meetingsPart } from './actions/part.ts'
import { eraseVisits, mergeVisits, visitsReset } from './actions/visits.ts'
import { lookAtMeetings, lookJob, watching } from './actions/watching.ts'
import { httpHandlers } from './http/meetings.ts'
import { serverHandlers } from './http/servers.ts'
import { exportVisits, meetingDays } from './queries/meetings.ts'

registerCoursePart('meetings', meetingsPart)
registerCourseDates('meetings', meetingDates)
registerCourseReset('meetings', 'marks', visitsReset)
registerCalendarSource(meetingDays)

export const meetingsFeature: Feature = {
  name: 'meetings',
  bindings: [...bind(meetingRoutes, httpHandlers), ...bind(serverRoutes, serverHandlers)],
  jobs: [lookJob],
  tickers: [{ name: 'meetings.watch', everyMs: watching.everyMs, run: lookAtMeetings }],
  account: {
    columns: ['meeting_visits.account_id'],
    export: async (ctx, accountId) => ({ meetingsJoined: await exportVisits(ctx, accountId) }),
    erase: eraseVisits,
    merge: mergeVisits,
  },
}
