// What an invitation into a course means, said by the feature that has courses: accounts stands below it and knows only
// that there is somewhere to lead to.
import type { CustomRoleId } from '#protocol/access.ts'
import type { InvitedRole } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'

/** Where an invitation leads. */
export interface InvitationTarget {
  readonly courseId: string
  readonly role: InvitedRole
  /** When it was made. */
  readonly invitedAt: Date
}

export interface InvitationEffect {
  /**
   * Throws unless whoever asks may see and make invitations there; `role` is left out to see them alone. Throws `not-allowed`,
   * `not-found` for the course or the role, and of a role `beyond-own`, `not-here`, `is-template`.
   */
  demandMayInvite(ctx: Ctx, courseId: string, role?: InvitedRole): Promise<void>
  /** May somebody who invited still do so? */
  stillMay(ctx: Ctx, inviter: { accountId: AccountId; siteRole: SiteRole }, target: InvitationTarget): Promise<boolean>
  /** Whether people can still be enrolled with a role made here. */
  stands(role: CustomRoleId): Promise<boolean>
  /** What the course is called; undefined when it is gone. */
  titleOf(ctx: Ctx, courseId: string): Promise<string | undefined>
  /** Lets the account in; whoever is in already keeps their role. Throws `taken-out` for whom staff took out since. */
  admit(ctx: WriteCtx, accountId: AccountId, target: InvitationTarget): Promise<'came' | 'was in'>
}

let registered: InvitationEffect | undefined

/** Says what invitations into courses do; called once, when the feature's index is loaded. */
export const registerInvitationEffect = (effect: InvitationEffect): void => {
  registered = effect
}

/** What was registered. Throws a fault when nothing was: a server without courses makes no invitation into one. */
export function invitationEffect(): InvitationEffect {
  if (!registered) throw new Error('Nobody said what an invitation into a course does')
  return registered
}
