// Assignments: what learners hand in, text or files, by when, and the mark and comment they get for it. A submission is a
// record of its own (docs/decisions/0018-assignments.md); what it was given stands in the gradebook, in its own column.
import { assignmentRoutes, assignmentScope } from '#protocol/assignments.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { registerToldElsewhere } from '#server/features/audit/index.ts'
import {
  courseContext,
  registerCalendarSource,
  registerCourseDates,
  registerCoursePart,
  registerCourseReset,
  registerTodaySource,
} from '#server/features/courses/index.ts'
import { registerUploadKind } from '#server/features/files/index.ts'
import { registerMarked } from '#server/features/grades/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { assignmentDates } from './actions/assignments.ts'
import { emptyDrafts, handInUploads, uploadKind } from './actions/files.ts'
import { regradeCourse, retellJob, settleCutOffs, settleJob } from './actions/late.ts'
import { assignmentsPart } from './actions/part.ts'
import { submissionsReset } from './actions/reset.ts'
import { httpHandlers } from './http.ts'
import { assignmentKind, courseOf } from './queries/assignments.ts'
import { assignmentDays, dueAssignments, givenAssignments } from './queries/days.ts'
import { previewCourse } from './queries/late.ts'
import { whyUnmarked } from './queries/why.ts'

export { handSubmissionsOver } from './actions/account.ts'
export { assignmentKind, courseOf as courseOfAssignment, findDue, listAsked } from './queries/assignments.ts'
export { assignments, submissions } from './tables.ts'

// A mark that is held back is in no copy of its learner's data; theirs has the marks they may read.
registerToldElsewhere(['mark.given', 'mark.changed', 'mark.withdrawn'])
registerCoursePart('assignments', assignmentsPart)
registerCourseDates('assignments', assignmentDates)
registerCourseReset('assignments', 'work', submissionsReset)
registerTodaySource(dueAssignments)
registerTodaySource(givenAssignments)
registerCalendarSource(assignmentDays)
registerMarked(assignmentKind, { why: whyUnmarked, preview: previewCourse, regrade: regradeCourse })
registerUploadKind(uploadKind, handInUploads)

export const assignmentsFeature: Feature = {
  name: 'assignments',
  bindings: bind(assignmentRoutes, httpHandlers),
  scopes: [
    bindScope(assignmentScope, {
      admit: async (ctx, id) => demandMay(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      entry: async (ctx, id) => entitledSince(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      snapshot: async () => ({}),
    }),
  ],
  jobs: [settleJob, retellJob],
  tickers: [
    { name: 'assignments.drafts', everyMs: 600_000, run: emptyDrafts },
    { name: 'assignments.cut-offs', everyMs: 15_000, run: settleCutOffs },
  ],
  account: accountHooks,
}
