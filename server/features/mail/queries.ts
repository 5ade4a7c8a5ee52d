// How outgoing mail does: counted, and what did not leave. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import { type MailFate, mailCountDays } from '#protocol/mail.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { fateView } from '#server/platform/mail/outbox.ts'
import type { MailRow } from '#server/platform/mail/tables.ts'

const mostTroubles = 5
const fateColumns = 'state, reason, answer, created_at as "createdAt", done_at as "doneAt"'

export async function countMails(ctx: Ctx): Promise<{ waiting: number; sent: number; failed: number }> {
  const since = new Date(ctx.now.getTime() - mailCountDays * 86_400_000)
  const [row] = await ctx.sql<{ waiting: number; sent: number; failed: number }>(
    `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'sent')::int as sent,
            count(*) filter (where state = 'failed')::int as failed
       from mails where created_at > $1`,
    [since],
  )
  return row ?? { waiting: 0, sent: 0, failed: 0 }
}

/** The latest that were given up, or that wait for another try. */
export async function listTroubles(ctx: Ctx): Promise<MailFate[]> {
  const since = new Date(ctx.now.getTime() - mailCountDays * 86_400_000)
  const rows = await ctx.sql<MailRow>(
    `select ${fateColumns} from mails where created_at > $1 and reason is not null
      order by created_at desc, id desc limit $2`,
    [since, mostTroubles],
  )
  return rows.map(fateView)
}

/** What somebody was sent, for the copy of their data. */
export const mailsOf = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>('select state, created_at, done_at from mails where account_id = $1 order by created_at', [accountId])
