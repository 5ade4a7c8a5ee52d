// Grades: what deliveries, live and homework alike, come to for each person. Its public face; live and quizzes call it
// when a delivery is over and never write its tables.

import { gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { onRescored, registerHoldingBack } from '#server/features/activities/index.ts'
import { registerConditionKind } from '#server/features/conditions/index.ts'
import {
  courseContext,
  registerCoursePart,
  registerCourseReset,
  registerTodaySource,
} from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks, retellJob } from './actions/account.ts'
import { computeGradesOf, computeJob, tellJob } from './actions/compute.ts'
import { regradeJob } from './actions/correct.ts'
import { gradesPart } from './actions/part.ts'
import { releaseJob } from './actions/release.ts'
import { emptiedJob, gradesReset } from './actions/reset.ts'
import { httpHandlers } from './http.ts'
import { scoreConditions } from './queries/conditions.ts'
import { gradebookState } from './queries/gradebook.ts'
import { heldBackIn } from './queries/held.ts'
import { gradedToday } from './queries/today.ts'

export { handGradesOver } from './actions/account.ts'
export { computeGrades, computeGradesOf, onGradesTold, tellGrades } from './actions/compute.ts'
export { addSource, createGradeItem } from './actions/items.ts'
export { changeMarkedColumn, type GivenMark, setGrades } from './actions/marks.ts'
export { readOwnGrades } from './http.ts'
export { reaches } from './queries/conditions.ts'
export { cellIn, cellsOf, getGradeItem, gradeItemsOf, listGradeItems as listColumns } from './queries/gradebook.ts'
export { findGrading } from './queries/grading.ts'
export { heldBack, heldFor, ownCells } from './queries/held.ts'
export { type OtherGrade, registerMarked, type WhyUnmarked } from './queries/marked.ts'
export { changesOf } from './queries/other.ts'
export { gradedIn, ownGradeIn, ownTotal, reachedTotal } from './queries/own.ts'
export { gradedToday as recentResults } from './queries/today.ts'
export { gradeItems, gradeSources, grades } from './tables.ts'

// A corrected key or other points change grades in the very transaction that scores the answers anew.
onRescored(computeGradesOf)
// What somebody earned where a column is held back is told when that is released.
registerHoldingBack(heldBackIn)

registerTodaySource(gradedToday)
registerConditionKind(scoreConditions)
registerCourseReset('grades', 'work', gradesReset)
registerCoursePart('grades', gradesPart)

export const gradesFeature: Feature = {
  name: 'grades',
  bindings: bind(gradeRoutes, httpHandlers),
  scopes: [
    bindScope(gradebookScope, {
      admit: (ctx, id) => demandMay(ctx, 'grade.view-all', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'grade.view-all', courseContext(id)),
      snapshot: gradebookState,
    }),
  ],
  jobs: [emptiedJob, tellJob, regradeJob, computeJob, retellJob, releaseJob],
  account: accountHooks,
}
