// What cohorts come to in a course, decided from plain data. Pure: no database, clock or socket.
import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type CohortRole, cohortRoles, type LinkedRole } from '#protocol/cohorts.ts'

/** One person by one of the cohorts of a course. */
export interface Membership {
  readonly accountId: AccountId
  readonly role: CohortRole
  /** The role made here that the cohort comes with. */
  readonly custom: CustomRoleId | null
  /** When they came into the cohort, or the cohort into the course: whichever was later. */
  readonly since: Date
  /** When their last time in the course ended; null: never. */
  readonly endedAt: Date | null
}

/** Whom cohorts bring into a course with one role. */
export interface Coming {
  readonly role: LinkedRole
  readonly accountIds: readonly AccountId[]
}

// A role made here adds to what it is based on, or takes from it: it was chosen, so it comes after that.
const weight = ({ role, custom }: Membership): number => 2 * cohortRoles.indexOf(role) + (custom === null ? 0 : 1)

/**
 * Who comes into a course by its cohorts, by role. Who is in two gets the role that stands later in `cohortRoles`, of two with the
 * same base the one made here, and of two of those the one that came first in the list. Whoever was taken out of the course
 * stays out until they, or the cohort, come anew.
 */
export function comingBy(memberships: readonly Membership[]): Coming[] {
  const chosen = new Map<AccountId, Membership>()
  for (const one of memberships) {
    if (one.endedAt !== null && one.endedAt >= one.since) continue
    const before = chosen.get(one.accountId)
    if (before === undefined || weight(one) > weight(before)) chosen.set(one.accountId, one)
  }
  const coming = new Map<Coming['role'], AccountId[]>()
  for (const { accountId, role, custom } of chosen.values())
    coming.set(custom ?? role, [...(coming.get(custom ?? role) ?? []), accountId])
  return [...coming].map(([role, accountIds]) => ({ role, accountIds }))
}
