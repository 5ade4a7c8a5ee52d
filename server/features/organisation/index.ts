// How an institution is divided: departments and terms. Courses stand in them and are found by them.
import { departmentRoutes, termRoutes } from '#protocol/organisation.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { departmentHandlers, termHandlers } from './http.ts'

export { departmentContext } from './actions.ts'
export { findTerm, isDepartment, registerStanding, type StandingCounts } from './queries.ts'
export { departments, terms } from './tables.ts'

export const organisationFeature: Feature = {
  name: 'organisation',
  bindings: [...bind(departmentRoutes, departmentHandlers), ...bind(termRoutes, termHandlers)],
}
