// What the client asks about invitations: made, listed, taken back. A link is known only in the moment it was made.
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import {
  accountRoutes,
  type BuiltInInvitedRole,
  type InvitedRole,
  invitedRole,
  type OpenInvitation,
} from '#protocol/accounts.ts'

/** Where invitations lead: into a course, or (without one) into the school. */
export type Into = { readonly courseId: string } | 'school'

export interface MadeInvitation {
  readonly id: OpenInvitation['id']
  readonly address: string
  readonly email: string | undefined
  readonly expiresAt: string
}

export type InvitedAs = InvitedRole | 'member' | 'administrator'

/** Makes a link that works once. */
export async function makeInvitation(into: Into, email: string, as: InvitedAs): Promise<MadeInvitation> {
  const given = email.trim() === '' ? {} : { email: email.trim() }
  const answer = await request(accountRoutes.invite, {
    ...given,
    ...(into === 'school'
      ? { siteRole: as === 'administrator' ? 'administrator' : 'member' }
      : { courseId: into.courseId, role: invitedRole.parse(as) }),
  })
  return {
    id: answer.id,
    address: shareLink(pathTo('invitation', { token: answer.token })),
    email: given.email,
    expiresAt: answer.expiresAt,
  }
}

/** Every open one: pages are joined, since nobody has more than a few hundred. */
export async function listInvitations(into: Into): Promise<OpenInvitation[]> {
  const found: OpenInvitation[] = []
  let after: string | undefined
  do {
    const page = await request(accountRoutes.listInvitations, {
      limit: 200,
      ...(into === 'school' ? {} : { courseId: into.courseId }),
      ...(after === undefined ? {} : { after }),
    })
    found.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return found
}

export const revokeInvitation = (invitationId: OpenInvitation['id']) =>
  request(accountRoutes.revokeInvitation, { invitationId })

/** What became of the mail with its link. */
export const invitationMail = (invitationId: OpenInvitation['id']) =>
  request(accountRoutes.invitationMail, { invitationId })

/** Sends a new link to its address; the earlier one ends. */
export const sendInvitation = (invitationId: OpenInvitation['id']) =>
  request(accountRoutes.sendInvitation, { invitationId })

const roleTexts = {
  instructor: 'courses.instructor',
  assistant: 'courses.assistant',
  learner: 'courses.learner',
  member: 'accounts.member',
  administrator: 'accounts.administrator',
} as const satisfies Record<BuiltInInvitedRole | 'member' | 'administrator', string>

/** What somebody is invited as, in words; `name` is that of a role made here. */
export const invitedWord = (as: keyof typeof roleTexts, name?: string): string => name ?? t(roleTexts[as])

/** What one can be invited as. */
export interface InvitedChoice {
  readonly value: InvitedAs
  readonly label: string
}
