// How an institution is divided: departments and terms. Courses stand in them and are found by them.
import { departmentRoutes, termRoutes } from '#protocol/organisation.ts'
import { registerPlaceNames } from '#server/features/access/index.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { departmentHandlers, termHandlers } from './http.ts'
import { departmentNames, departmentNaming, termNaming } from './queries.ts'

export { departmentContext } from './actions.ts'
export { findTerm, isDepartment, registerStanding, type StandingCounts } from './queries.ts'
export { departments, terms } from './tables.ts'

registerPlaceNames('department', departmentNames)
registerAuditNaming('department', departmentNaming)
registerAuditNaming('term', termNaming)

export const organisationFeature: Feature = {
  name: 'organisation',
  bindings: [...bind(departmentRoutes, departmentHandlers), ...bind(termRoutes, termHandlers)],
}
