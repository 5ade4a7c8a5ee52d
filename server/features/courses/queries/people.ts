// The people who are meant to come into a course, as accounts has them. Changes nothing, and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import { accounts, findByEmail } from '#server/features/accounts/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { isFitFor } from '../rules.ts'

/** Finds who is meant, by account or by e-mail. Throws `no-account` when there is none, or no longer. */
export async function findPerson(
  ctx: Ctx,
  given: { email?: string | undefined; accountId?: AccountId | undefined },
): Promise<{ id: AccountId; name: string }> {
  const found =
    given.accountId === undefined
      ? await findByEmail(ctx, given.email ?? '')
      : await accounts.findByPk(given.accountId, { raw: true })
  if (!found || found.erasedAt || found.mergedInto) throw new Problem('no-account')
  return found
}

/** Those of `accountIds` who may hold the role now. */
export async function fitOf(accountIds: readonly AccountId[], role: CourseRole): Promise<AccountId[]> {
  const attributes = ['id', 'kind', 'suspendedAt']
  const people = await accounts.findAll({ where: { id: [...accountIds], erasedAt: null }, attributes, raw: true })
  return people.filter(person => isFitFor(role, person)).map(person => person.id)
}
