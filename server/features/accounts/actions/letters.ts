// The mails of accounts, in the words and the language of whoever gets them: links for people who are new, who have an
// account, who forgot their password. What a link is for was decided before.
import type { BuiltInInvitedRole } from '#protocol/accounts.ts'
import { filled, publicPages } from '#protocol/base/addresses.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { createTranslate } from '#protocol/texts/text.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { Letter } from '#server/platform/mail/letter.ts'
import { mailer, mailIsSetUp } from '#server/platform/mail/mailer.ts'
import { postLetter } from '#server/platform/mail/outbox.ts'
import { findByEmail, getAccount } from '../queries/accounts.ts'
import { invitedRolesNamed } from '../queries/invited-roles.ts'
import { invitationAbout } from '../rules.ts'
import type { AccountRow, InvitationRow } from '../tables.ts'
import { invitationEffect } from './invitation-effect.ts'

const roleTexts = {
  instructor: 'courses.instructor',
  assistant: 'courses.assistant',
  learner: 'courses.learner',
} as const satisfies Record<BuiltInInvitedRole, string>

const pathOf = (token: string): string => filled(publicPages.invitation, { token })
const host = (): string => new URL(mailer()?.origin ?? 'http://localhost').host
const wordsIn = (locale: string) => createTranslate(textsIn(locale), locale)

/** The link that somebody asked for because they forgot their password. */
export function forgottenLetter({ name, locale }: Pick<AccountRow, 'name' | 'locale'>, token: string): Letter {
  const t = wordsIn(locale)
  return {
    locale,
    subject: t('mail.forgottenSubject'),
    lines: [t('mail.forgottenLine', { name, host: host() })],
    action: { label: t('mail.forgottenAction'), path: pathOf(token) },
    foot: [t('mail.forgottenFoot'), t('mail.automatic', { host: host() })],
  }
}

interface Invited {
  readonly token: string
  readonly by: string
  readonly locale: string
  readonly timeZone: string
  readonly expiresAt: Date
}

function linkLetter(name: string, { token, by, locale, timeZone, expiresAt }: Invited): Letter {
  const t = wordsIn(locale)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(expiresAt)
  return {
    locale,
    subject: t('mail.linkSubject'),
    lines: [t('mail.linkLine', { name, by })],
    action: { label: t('mail.linkAction'), path: pathOf(token) },
    foot: [t('mail.inviteFoot', { day }), t('mail.automatic', { host: host() })],
  }
}

function invitationLetter(
  into: { readonly title: string; readonly role: BuiltInInvitedRole; readonly roleName: string } | undefined,
  { token, by: name, locale, timeZone, expiresAt }: Invited,
): Letter {
  const t = wordsIn(locale)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(expiresAt)
  return {
    locale,
    subject: into ? t('mail.inviteCourseSubject', { name, course: into.title }) : t('mail.inviteSubject', { name }),
    lines: [
      into
        ? t('mail.inviteCourseLine', { name, course: into.title, role: into.roleName || t(roleTexts[into.role]) })
        : t('mail.inviteLine', { name }),
    ],
    action: { label: t('mail.inviteAction'), path: pathOf(token) },
    foot: [t('mail.inviteFoot', { day }), t('mail.inviteStrange', { name }), t('mail.automatic', { host: host() })],
  }
}

export type Sendable = Pick<
  InvitationRow,
  'id' | 'email' | 'accountId' | 'courseId' | 'role' | 'custom' | 'invitedBy' | 'expiresAt'
>

/**
 * Sends the link of an invitation to its address, in the transaction that made it. Does nothing where it has no address
 * or mail is not set up. Who has no account reads the language of whoever invites. Throws `not-found` for an account
 * that is not there.
 */
export async function postInvitation(ctx: WriteCtx, row: Sendable, token: string): Promise<void> {
  const { id, email: to, courseId, role, expiresAt } = row
  if (to === null || !mailIsSetUp()) return
  const inviter = await getAccount(row.invitedBy)
  const known = row.accountId === null ? await findByEmail(ctx, to) : await getAccount(row.accountId)
  const { locale, timeZone } = known ?? inviter
  const invited = { token, by: inviter.name, locale, timeZone, expiresAt }
  const title = courseId === null ? undefined : await invitationEffect().titleOf(ctx, courseId)
  const roleName = (await invitedRolesNamed(ctx, [row.custom]))(row.custom)?.name ?? ''
  const into = title !== undefined && role !== null ? { title, role, roleName } : undefined
  const letter = row.accountId !== null && known ? linkLetter(known.name, invited) : invitationLetter(into, invited)
  await postLetter(ctx, { to, letter, accountId: known?.id, about: invitationAbout(id), endsAt: expiresAt })
}
