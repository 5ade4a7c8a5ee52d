// Who reads the mails of notifications, and in which language and zone. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { MailRhythm } from '#protocol/notifications.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface MailReader {
  readonly email: string
  readonly locale: string
  readonly timeZone: string
  readonly rhythm: MailRhythm
  readonly mailedAt: Date | null
  readonly mailAt: Date | null
}

/** Somebody who can get mails, with what they chose; undefined for everybody else. */
export async function mailReader(ctx: Ctx, accountId: AccountId): Promise<MailReader | undefined> {
  const [row] = await ctx.sql<MailReader>(
    `select a.email, a.locale, a.time_zone as "timeZone", coalesce(s.mail, 'off') as rhythm, s.mailed_at as "mailedAt",
       s.mail_at as "mailAt"
       from accounts a left join notification_states s on s.account_id = a.id
      where a.id = $1 and a.kind = 'member' and a.email is not null and a.erased_at is null and a.suspended_at is null
        and a.merged_into is null`,
    [accountId],
  )
  return row
}
