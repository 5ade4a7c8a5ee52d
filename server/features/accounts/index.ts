// People: who they are, how they come in, on which devices they are signed in. Its public face.

import { peopleRoutes, schoolId, schoolScope } from '#protocol/accounts/people.ts'
import { profileRoutes, profileScope } from '#protocol/accounts/profile.ts'
import { safetyScope } from '#protocol/accounts/safety.ts'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { accountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { accountOf, demandAccount } from '#server/platform/ctx.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { bumpJob } from './actions/bump.ts'
import { renamedJob } from './actions/corrections.ts'
import { startCounters } from './actions/counters.ts'
import { forgottenJob } from './actions/forgotten.ts'
import { mergeLateJob } from './actions/hooks.ts'
import { forgetLookups } from './actions/lookups.ts'
import { ownHooks } from './actions/own-hooks.ts'
import { dropExpiredSessions } from './actions/sessions.ts'
import { httpHandlers, tokenHandlers } from './http/accounts.ts'
import { peopleHandlers } from './http/people.ts'
import { profileHandlers } from './http/profile.ts'
import { accountNames, userStates } from './queries/accounts.ts'
import { demandKnown } from './queries/profile.ts'
import { mayManageAccounts } from './rules.ts'

export { createGuests, createMember, lockAccount } from './actions/accounts.ts'
export { addMembers, makeFormer, takeBackUnused } from './actions/batches.ts'
export { bumpUser, bumpUsers, registerFollowers } from './actions/bump.ts'
export { guessingCode } from './actions/code-guesses.ts'
export { correctMembers } from './actions/corrections.ts'
export { demandRoomForGuest } from './actions/guests.ts'
export {
  accountColumns,
  eraseAccount,
  eraseLate,
  exportAccount,
  exportedFeatures,
  exportedFiles,
  exportPart,
  mergeAccounts,
  registerAccountHooks,
} from './actions/hooks.ts'
export { type InvitationEffect, registerInvitationEffect } from './actions/invitation-effect.ts'
export { createSetupToken } from './actions/links.ts'
export { spendLookups } from './actions/lookups.ts'
export { hashPassword } from './actions/passwords.ts'
export { noteAgreed } from './actions/people.ts'
export { accountProof, registerSignInStep } from './actions/proof.ts'
export { tellSafety } from './actions/safety.ts'
export { createSession, identify } from './actions/sessions.ts'
export { openDemo } from './actions/sign-in.ts'
export { supposeAccount } from './actions/stand-in.ts'
export { identifyToken } from './actions/tokens.ts'
export {
  consentKey,
  currentAccountId,
  findByEmail,
  getAccount,
  identifyAuthor,
  readersTexts,
} from './queries/accounts.ts'
export { type Acquaintance, registerMeeting } from './queries/acquaintance.ts'
export { accountState } from './queries/people.ts'
export { registerWayIn } from './queries/ways-in.ts'
export { demandStrong, maySuspend, networkOf } from './rules.ts'
export { type AccountRow, accounts } from './tables.ts'

registerAuditNaming('account', accountNames)

export const accountsFeature: Feature = {
  name: 'accounts',
  bindings: [
    ...bind(accountRoutes, httpHandlers),
    ...bind(tokenRoutes, tokenHandlers),
    ...bind(profileRoutes, profileHandlers),
    ...bind(peopleRoutes, peopleHandlers),
  ],
  scopes: [
    bindScope(userScope, {
      admit: async (ctx, id) => {
        demand(accountOf(ctx.who) === id, 'not-found')
      },
      entry: { noneKept: 'it is about one person, who is in it from their first day' },
      snapshots: userStates,
    }),
    bindScope(profileScope, {
      admit: (ctx, id) => demandKnown(ctx, accountId.parse(id)),
      entry: { noneKept: 'it says that something changed, and nothing else' },
      snapshot: async () => ({}),
    }),
    bindScope(safetyScope, {
      admit: async (ctx, id) => {
        demand(accountOf(ctx.who) === id, 'not-found')
      },
      entry: { noneKept: 'it says to one person that something changed, and nothing else' },
      snapshot: async () => ({}),
    }),
    bindScope(schoolScope, {
      admit: async (ctx, id) => {
        demandAccount(ctx.who)
        demand(id === schoolId, 'not-found')
        demand(mayManageAccounts(ctx.who))
      },
      entry: { noneKept: 'it names accounts by their ids, which administrators may list as they are' },
      snapshot: async () => ({}),
    }),
  ],
  jobs: [bumpJob, forgottenJob, mergeLateJob, renamedJob],
  tickers: [
    { name: 'accounts.expire', everyMs: 600_000, run: dropExpiredSessions },
    { name: 'accounts.forget-lookups', everyMs: 3_600_000, run: forgetLookups },
  ],
  account: ownHooks,
  start: startCounters,
}
