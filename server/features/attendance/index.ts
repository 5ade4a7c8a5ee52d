// Attendance: who was in a class, by what the record says of them, with what staff correct. It owns the corrections; the
// evidence is live's, presence's and activities', read each time.
import { attendanceRoutes, attendanceScope, ownAttendanceScope } from '#protocol/attendance.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { retellJob } from './actions/retell.ts'
import { httpHandlers } from './http.ts'
import { attendanceState, demandOwn, ownState } from './queries/changes.ts'

export { handAttendanceOver } from './actions/account.ts'
export { readOwnAttendance } from './http.ts'

export const attendanceFeature: Feature = {
  name: 'attendance',
  bindings: bind(attendanceRoutes, httpHandlers),
  scopes: [
    bindScope(attendanceScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view-people', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'course.view-people', courseContext(id)),
      snapshot: attendanceState,
    }),
    bindScope(ownAttendanceScope, {
      idForm: /^[0-9a-f-]{36}~[0-9a-f-]{36}$/,
      admit: demandOwn,
      entry: { noneKept: 'It says nothing but to the one it is about.' },
      snapshot: ownState,
    }),
  ],
  jobs: [retellJob],
  account: accountHooks,
}
