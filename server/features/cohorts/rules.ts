// What cohorts come to in a course, decided from plain data. Pure: no database, clock or socket.
import type { AccountId } from '#protocol/base/ids.ts'
import { type CohortRole, cohortRoles } from '#protocol/cohorts.ts'

/** One person by one of the cohorts of a course. */
export interface Membership {
  readonly accountId: AccountId
  readonly role: CohortRole
  /** When they came into the cohort, or the cohort into the course: whichever was later. */
  readonly since: Date
  /** When their last time in the course ended; null: never. */
  readonly endedAt: Date | null
}

/**
 * Who comes into a course by its cohorts, by role; the more a role may, the later it stands in `cohortRoles`, and who is in
 * two cohorts gets the one that may more. Whoever was taken out of the course stays out until they, or the cohort, come anew.
 */
export function comingBy(memberships: readonly Membership[]): { role: CohortRole; accountIds: AccountId[] }[] {
  const roles = new Map<AccountId, CohortRole>()
  for (const { accountId, role, since, endedAt } of memberships) {
    if (endedAt !== null && endedAt >= since) continue
    const before = roles.get(accountId)
    if (before === undefined || cohortRoles.indexOf(role) > cohortRoles.indexOf(before)) roles.set(accountId, role)
  }
  return cohortRoles.map(role => ({
    role,
    accountIds: [...roles].flatMap(([accountId, one]) => (one === role ? [accountId] : [])),
  }))
}
