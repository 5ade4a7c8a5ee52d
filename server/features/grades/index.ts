// Grades: what deliveries, live and homework alike, come to for each person. Its public face; live and quizzes call it
// when a delivery is over and never write its tables.

import * as z from 'zod/mini'
import { accountId } from '#protocol/base/ids.ts'
import { gradebookScope, gradeItemId, gradeRoutes } from '#protocol/grades.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { onRescored } from '#server/features/activities/index.ts'
import { courseContext, registerTodaySource } from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { computeGrades, computeGradesOf } from './actions/compute.ts'
import { regrade, regradeJob } from './actions/correct.ts'
import { httpHandlers } from './http.ts'
import { gradebookState } from './queries/gradebook.ts'
import { gradedToday } from './queries/today.ts'

export { computeGrades, computeGradesOf, tellGrades } from './actions/compute.ts'
export { addSource, changeGradeItem, createGradeItem, type NewGradeItem } from './actions/items.ts'
export { cellsOf, getGradeItem, gradeItemsOf, listGradeItems } from './queries/gradebook.ts'
export { heldFor, ownCells } from './queries/held.ts'
export { ownGradeIn } from './queries/own.ts'
export { gradedToday as recentResults } from './queries/today.ts'
export { csvCell } from './rules.ts'
export { gradeItems, gradeSources, grades } from './tables.ts'

// A corrected key or other points change grades in the very transaction that scores the answers anew.
onRescored(computeGradesOf)

registerTodaySource(gradedToday)

const tellData = z.object({ accountIds: z.array(accountId) })
const computeData = z.object({ gradeItemId, accountIds: z.array(accountId) })

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
  jobs: [
    {
      name: 'grades.tell',
      run: async (ctx, data) => {
        const { accountIds } = z.parse(tellData, data)
        await bumpUsers(ctx, accountIds, 'grades')
      },
    },
    { name: regradeJob, run: regrade },
    {
      name: 'grades.compute',
      run: async (ctx, data) => {
        const { gradeItemId, accountIds } = z.parse(computeData, data)
        await computeGrades(ctx, gradeItemId, accountIds)
      },
    },
  ],
  account: accountHooks,
}
