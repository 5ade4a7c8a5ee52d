// Who may do what where: the tree of contexts, the roles held in it, what its places say about them, and the question
// every feature asks.
import { accessRoutes } from '#protocol/access.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { exportRoles, mergeRoles, removeEveryRole } from './actions/assignments.ts'
import { httpHandlers } from './http.ts'
import { customRoleNames } from './queries/roles.ts'

export {
  assignRole,
  assignRoles,
  changePhase,
  createContext,
  createContexts,
  moveContext,
  removeContext,
  removeRole,
  removeRoles,
} from './actions/assignments.ts'
export { registerGranted } from './actions/felt.ts'
export { countLookups } from './actions/lookups.ts'
export { registerRoleUses } from './actions/roles.ts'
export { supposeRole } from './actions/stand-in.ts'
export { type Below, mayBelow } from './queries/below.ts'
export {
  accountMay,
  capabilitiesIn,
  demandMay,
  demandNotOver,
  entitledSince,
  may,
  roleIn,
  type StandingHere,
} from './queries/decision.ts'
export { mayEach } from './queries/each.ts'
export { rolesGiven } from './queries/holders.ts'
export { type Law, lawIn } from './queries/law.ts'
export { registerPlaceNames } from './queries/places.ts'
export {
  demandMayGive,
  type Enrolled,
  enrolledWith,
  enrolmentWith,
  mayGive,
  rolesToGive,
} from './queries/roles.ts'
export { takenBySchool } from './queries/school.ts'
export { type ContextRef, fitsCourse, judge, type Phase, site } from './rules.ts'
export { contexts, roleAssignments } from './tables.ts'

registerAuditNaming('role', customRoleNames)

export const accessFeature: Feature = {
  name: 'access',
  bindings: bind(accessRoutes, httpHandlers),
  account: {
    columns: [
      'role_assignments.account_id',
      'granted_roles.account_id',
      'granted_roles.granted_by',
      'custom_roles.created_by',
      'custom_roles.removed_by',
      'role_overrides.changed_by',
    ],
    stays: {
      'custom_roles.created_by': 'trail',
      'custom_roles.removed_by': 'trail',
      'role_overrides.changed_by': 'trail',
    },
    export: exportRoles,
    erase: removeEveryRole,
    merge: mergeRoles,
  },
}
