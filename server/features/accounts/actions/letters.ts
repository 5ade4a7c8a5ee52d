// The mails of accounts, in the words and the language of whoever gets them. Pure: what is to be said comes in.

import type { InvitationId } from '#protocol/accounts.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { createTranslate } from '#protocol/texts/text.ts'
import type { Letter } from '#server/platform/mail/letter.ts'
import { mailer } from '#server/platform/mail/mailer.ts'
import type { AccountRow } from '../tables.ts'

/** What a mail about a link is found by again. */
export const invitationAbout = (id: InvitationId): string => `invitation ${id}`

const pathOf = (token: string): string => `/invite/${token}`
const host = (): string => new URL(mailer()?.origin ?? 'http://localhost').host

/** The link that somebody asked for because they forgot their password. */
export function forgottenLetter({ name, locale }: Pick<AccountRow, 'name' | 'locale'>, token: string): Letter {
  const t = createTranslate(textsIn(locale), locale)
  return {
    locale,
    subject: t('mail.forgottenSubject'),
    lines: [t('mail.forgottenLine', { name, host: host() })],
    action: { label: t('mail.forgottenAction'), path: pathOf(token) },
    foot: [t('mail.forgottenFoot'), t('mail.automatic', { host: host() })],
  }
}
