// The test mail: handed over at once, so that whoever tries hears what the mail server says.
import { randomUUID } from 'node:crypto'
import { Problem } from '#protocol/base/problems.ts'
import type { MailFate } from '#protocol/mail.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { createTranslate } from '#protocol/texts/text.ts'
import { getAccount } from '#server/features/accounts/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { writeLetter } from '#server/platform/mail/letter.ts'
import { mailer } from '#server/platform/mail/mailer.ts'

/**
 * Sends a mail to whoever asks and answers what came of it. Throws `not-found`, `mail-off`; `not-allowed` without an
 * address.
 */
export async function prepareTest(ctx: Ctx): Promise<() => Promise<{ to: string; fate: MailFate }>> {
  const out = mailer()
  if (!out) throw new Problem('mail-off')
  const { email: to, locale } = await getAccount(accountOf(ctx.who))
  if (to === null) throw new Problem('not-allowed')
  const t = createTranslate(textsIn(locale), locale)
  const { host } = new URL(out.origin)
  const letter = writeLetter(
    {
      locale,
      subject: t('mail.testSubject'),
      lines: [t('mail.testLine', { host })],
      foot: [t('mail.automatic', { host })],
    },
    out.origin,
  )
  const kept = await out.send({ id: randomUUID(), to, letter })
  const at = ctx.now.toISOString()
  const fate: MailFate = kept
    ? { state: 'failed', reason: kept.reason, answer: kept.answer, at }
    : { state: 'sent', reason: null, answer: '', at }
  return async () => ({ to, fate })
}
