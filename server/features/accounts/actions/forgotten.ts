// Forgotten passwords: whoever asks hears the same at once, and a job looks whether there is anybody to write to. So
// neither the answer nor its time says whether an address is somebody's.
import { Op } from 'sequelize'
import * as z from 'zod/mini'
import { Problem } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { mailIsSetUp } from '#server/platform/mail/mailer.ts'
import { postLetter } from '#server/platform/mail/outbox.ts'
import { seal, unseal } from '#server/platform/seal.ts'
import { findByEmail } from '../queries/accounts.ts'
import { invitationAbout } from '../rules.ts'
import { type AccountRow, invitations } from '../tables.ts'
import { forgottenLetter } from './letters.ts'
import { payingForFailure } from './throttles.ts'

const holdsMs = 3_600_000
/** Mails that one account gets in that time, whoever asks for them. */
const mostAnHour = 3

const purpose = 'forgotten-password'
const jobData = z.object({ email: z.string() })

/**
 * Answers what asks for a link to be sent. Every time counts as a failure to sign in does, for the address and the place.
 * Throws `mail-off`, `slow-down`.
 */
export async function prepareForgotten(ctx: Ctx, { email }: { email: string }) {
  if (!mailIsSetUp()) throw new Problem('mail-off')
  // Under a key of its own: else anybody could use up what somebody has to sign in with.
  await payingForFailure(ctx.address, `forgotten ${email.toLowerCase()}`, async () => false)
  return async (tx: WriteCtx) => {
    // Sealed, for jobs are kept for some days.
    await tx.enqueue(forgottenJob, { email: seal(purpose, email).toString('base64') })
    return {}
  }
}

async function sendLink(ctx: WriteCtx, row: AccountRow, email: string): Promise<void> {
  const { id: accountId } = row
  const own = { accountId, invitedBy: accountId }
  const since = new Date(ctx.now.getTime() - holdsMs)
  if ((await invitations.count({ where: { ...own, createdAt: { [Op.gt]: since } } })) >= mostAnHour) return
  await invitations.update({ revokedAt: ctx.now }, { where: { ...own, usedAt: null, revokedAt: null } })
  const id = newId<'Invitation'>()
  const token = newSecret()
  const expiresAt = new Date(ctx.now.getTime() + holdsMs)
  await invitations.create({
    ...{ id, ...own, email, expiresAt, createdAt: ctx.now },
    tokenHash: hashSecret(token),
    siteRole: row.siteRole === 'administrator' ? 'administrator' : 'member',
  })
  await audit.record(ctx, {
    verb: 'account.link-asked',
    subject: { kind: 'account', id: accountId },
    actor: accountId,
  })
  const letter = forgottenLetter(row, token)
  await postLetter(ctx, { to: email, letter, accountId, about: invitationAbout(id), endsAt: expiresAt })
}

export const forgottenJob: JobBinding = {
  name: 'accounts.forgotten',
  run: async (ctx, data) => {
    const email = unseal(purpose, Buffer.from(z.parse(jobData, data).email, 'base64'))
    const row = email === undefined ? undefined : await findByEmail(ctx, email)
    // Nobody reads the mail of the demo school, and what may not sign in gets no link.
    if (!row || row.email === null || row.kind !== 'member' || row.demo !== null) return
    if (row.suspendedAt !== null || row.erasedAt !== null || row.mergedInto !== null) return
    await sendLink(ctx, row, row.email)
  },
}
