// What the client asks for Today.

import { request } from '#client/platform/call.ts'
import { todayRoutes } from '#protocol/today.ts'

/** The one list, most urgent first. */
export const listToday = () => request(todayRoutes.list, {})
