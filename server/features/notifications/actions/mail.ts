// Notifications by mail: planned with the first that is to be told, and whatever has come unread until then goes into one.
// What was read meanwhile, or may no longer be seen, is not in it. Whoever gets one ends them by its link, without signing in.
import * as z from 'zod/mini'
import { filled, publicPages } from '#protocol/base/addresses.ts'
import { apiBase } from '#protocol/base/call.ts'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type MailRhythm, type Notification, notificationRoutes } from '#protocol/notifications.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { createTranslate } from '#protocol/texts/text.ts'
import { identifyAuthor } from '#server/features/accounts/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { toMinute } from '#server/platform/events/event.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import type { Letter } from '#server/platform/mail/letter.ts'
import { mailer, mailIsSetUp } from '#server/platform/mail/mailer.ts'
import { postLetter } from '#server/platform/mail/outbox.ts'
import { seal, unseal } from '#server/platform/seal.ts'
import { listNotifications } from '../queries/list.ts'
import { mailReader } from '../queries/mail.ts'
import { happenedIn, mailTime, mostInMail, pageOf } from '../rules.ts'
import { lockedState } from './state.ts'

const purpose = 'leave-mail'
/** A mail that has not left so long after its time will not, in milliseconds: jobs are tried for half an hour. */
const lostAfterMs = 3_600_000
const jobData = z.object({ accountId: accountIdSchema, at: z.string() })

/** What stands in the link by which somebody ends their mails: it names them and grants nothing else. */
const leaveToken = (accountId: AccountId): string => seal(purpose, accountId).toString('base64url')

/** Whose link it is. Throws `link-unknown`. */
export function leaverOf(token: string): AccountId {
  const opened = unseal(purpose, Buffer.from(token, 'base64url'))
  if (opened === undefined) throw new Problem('link-unknown')
  return opened as AccountId
}

/** Plans the next mail of somebody who was told something, unless one is planned or they want none. */
export async function planMail(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  if (!mailIsSetUp()) return
  const reader = await mailReader(ctx, accountId)
  if (!reader || reader.rhythm === 'off') return
  // One whose job was given up must not keep all later ones back.
  if (reader.mailAt !== null && ctx.now.getTime() - reader.mailAt.getTime() < lostAfterMs) return
  const at = mailTime(reader.rhythm, reader.timeZone, ctx.now)
  await ctx.sql('update notification_states set mail_at = $2 where account_id = $1', [accountId, at])
  await ctx.enqueue(mailJob, { accountId, at: at.toISOString() }, { startAfter: at })
}

/** From now on mails come that often; answers how often they came. Throws `link-unknown` for whoever gets none. */
export async function changeMail(ctx: WriteCtx, accountId: AccountId, rhythm: MailRhythm): Promise<MailRhythm> {
  await lockedState(ctx, accountId)
  const reader = await mailReader(ctx, accountId)
  if (!reader) throw new Problem('link-unknown')
  if (reader.rhythm !== rhythm)
    await ctx.sql('update notification_states set mail = $2, mailed_at = $3, mail_at = null where account_id = $1', [
      accountId,
      rhythm,
      ctx.now,
    ])
  return reader.rhythm
}

function digest(fresh: readonly Notification[], accountId: AccountId, locale: string): Letter {
  const token = leaveToken(accountId)
  const t = createTranslate(textsIn(locale), locale)
  const host = new URL(mailer()?.origin ?? 'http://localhost').host
  const more = fresh.length - mostInMail
  return {
    locale,
    subject: t('notifications.mailSubject', { count: fresh.length }),
    lines: [t('notifications.mailLead')],
    entries: fresh.slice(0, mostInMail).map(one => ({
      title: happenedIn(t, one),
      detail: [...new Set([one.title, one.course?.title])]
        .filter(text => text !== undefined && text !== '')
        .join(' · '),
      path: pageOf(one, accountId),
    })),
    action: {
      label: more > 0 ? t('notifications.mailMore', { count: more }) : t('notifications.mailOpen'),
      path: publicPages.today,
    },
    foot: [t('notifications.mailWhy'), t('mail.automatic', { host })],
    leave: {
      label: t('notifications.mailLeave'),
      path: filled(publicPages.leaveMail, { token }),
      postPath: `${apiBase}${filled(notificationRoutes.leaveMail.path, { token })}`,
    },
  }
}

export const mailJob: JobBinding = {
  name: 'notifications.mail',
  run: async (ctx, data) => {
    const { accountId, at } = z.parse(jobData, data)
    await lockedState(ctx, accountId)
    const reader = await mailReader(ctx, accountId)
    // They chose otherwise since, or it was done already.
    if (!reader || reader.rhythm === 'off' || reader.mailAt?.toISOString() !== at) return
    await ctx.sql('update notification_states set mail_at = null, mailed_at = $2 where account_id = $1', [
      accountId,
      ctx.now,
    ])
    const who = await identifyAuthor(ctx, accountId, accountId)
    const { items } = await listNotifications({ ...ctx, who }, accountId, { show: 'unread', limit: 100 })
    // What was written without a name says no more than its minute: better told twice than never.
    const since = reader.mailedAt ? toMinute(reader.mailedAt) : new Date(0)
    const fresh = items.filter(one => new Date(one.at) >= since)
    if (fresh.length === 0) return
    const letter = digest(fresh, accountId, reader.locale)
    await postLetter(ctx, { to: reader.email, letter, accountId })
  },
}
