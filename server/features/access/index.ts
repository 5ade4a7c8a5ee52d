// Who may do what where: the tree of contexts, the roles held in it, and the question every feature asks.
import type { Feature } from '#server/platform/feature.ts'
import { mergeRoles, removeEveryRole } from './actions.ts'
import { roleAssignments } from './tables.ts'

export {
  assignRole,
  assignRoles,
  changePhase,
  createContext,
  moveContext,
  removeContext,
  removeRole,
} from './actions.ts'
export { accountMay, capabilitiesIn, demandMay, demandNotOver, entitledSince, may, roleIn } from './queries.ts'

export { type ContextKind, type ContextRef, decide, judge, type Phase, site, strictest } from './rules.ts'
export { contexts, roleAssignments } from './tables.ts'

export const accessFeature: Feature = {
  name: 'access',
  account: {
    columns: ['role_assignments.account_id'],
    export: async (_ctx, accountId) => ({
      roles: await roleAssignments.findAll({ where: { accountId }, raw: true }),
    }),
    erase: removeEveryRole,
    merge: mergeRoles,
  },
}
