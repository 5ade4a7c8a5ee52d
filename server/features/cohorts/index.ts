// Cohorts: people of the school who come into courses together. It keeps who is in which; enrolments are made by calling down.
import { cohortRoutes } from '#protocol/cohorts.ts'
import { registerRoleUses } from '#server/features/access/index.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { registerComing } from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { lookForDifferences, syncJob } from './actions/sync.ts'
import { httpHandlers } from './http.ts'
import { cohortNames, countLinks, hasCohorts } from './queries.ts'

registerAuditNaming('cohort', cohortNames)
registerComing(hasCohorts)
registerRoleUses(countLinks)

export const cohortsFeature: Feature = {
  name: 'cohorts',
  bindings: bind(cohortRoutes, httpHandlers),
  jobs: [syncJob],
  tickers: [{ name: 'cohorts.look', everyMs: 600_000, run: lookForDifferences }],
  account: accountHooks,
}
