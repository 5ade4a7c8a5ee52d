// Cohorts: people of the school who come into courses together. It keeps who is in which; enrolments are made by calling down.
import { cohortRoutes } from '#protocol/cohorts.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { registerComing } from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { lookForDifferences, syncJob } from './actions/sync.ts'
import { httpHandlers } from './http.ts'
import { cohortNames, hasCohorts } from './queries.ts'

registerAuditNaming('cohort', cohortNames)
registerComing(hasCohorts)

export const cohortsFeature: Feature = {
  name: 'cohorts',
  bindings: bind(cohortRoutes, httpHandlers),
  jobs: [syncJob],
  tickers: [{ name: 'cohorts.look', everyMs: 600_000, run: lookForDifferences }],
  account: accountHooks,
}
