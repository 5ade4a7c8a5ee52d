// The calendar: what falls on which day. Most of it belongs to others, who register what they know of it; its own are the
// events of courses and people, and the addresses under which other programs read it.
import { calendarRoutes } from '#protocol/calendar.ts'
import { registerCoursePart } from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { calendarPart } from './actions/part.ts'
import { httpHandlers } from './http.ts'

registerCoursePart('calendar', calendarPart)

export const calendarFeature: Feature = {
  name: 'calendar',
  bindings: bind(calendarRoutes, httpHandlers),
  account: accountHooks,
}
