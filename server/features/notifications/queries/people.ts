// Whom something concerns: who wrote, who is named, who has handed in, who was not told yet. Changes nothing and asks no
// rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Who wrote it, also without a name; nobody's once it is gone. */
export async function authorOf(ctx: Ctx, messageId: string): Promise<{ id?: AccountId; unsigned: boolean }> {
  const [row] = await ctx.sql<{ id: AccountId; unsigned: boolean }>(
    'select author_id as id, alias_id is not null as unsigned from messages where id = $1',
    [messageId],
  )
  return row ?? { unsigned: false }
}

/** Whom the post of a topic with this number names, beside its author. */
export const listNamed = (
  ctx: Ctx,
  topicId: string,
  number: number | null,
): Promise<{ messageId: string; accountId: AccountId; unsigned: boolean }[]> =>
  ctx.sql<{ messageId: string; accountId: AccountId; unsigned: boolean }>(
    `select n.message_id as "messageId", n.account_id as "accountId", m.alias_id is not null as unsigned
       from mentions n join messages m on m.id = n.message_id
      where m.topic_id = $1 and m.number = $2 and n.account_id <> m.author_id order by n.account_id`,
    [topicId, number],
  )

/** Who has handed a homework in, every attempt at it they began. */
export async function listFinished(ctx: Ctx, deliveryId: string): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    'select account_id as id from attempts where delivery_id = $1 group by 1 having bool_and(finished_at is not null)',
    [deliveryId],
  )
  return rows.map(row => row.id)
}

/** Those of a list who are still to be told, in order of id, so that two jobs about the same people do not deadlock. */
export async function listUntold(
  ctx: Ctx,
  people: readonly AccountId[],
  { source, most }: { source: string; most: number },
): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select a.id from accounts a
     where a.id = any($1::uuid[]) and a.kind = 'member' and a.erased_at is null and a.suspended_at is null
       and not exists (select from notification_sources s where s.account_id = a.id and s.source = $2)
     order by a.id limit $3`,
    [people, source, most],
  )
  return rows.map(row => row.id)
}

/** Whose enrolments these are, of those who are still in. */
export async function listBrought(ctx: Ctx, enrolmentIds: readonly string[]): Promise<AccountId[]> {
  if (enrolmentIds.length === 0) return []
  const rows = await ctx.sql<{ id: AccountId }>(
    'select account_id as id from enrolments where id = any($1::uuid[]) and ended_at is null order by account_id',
    [[...enrolmentIds]],
  )
  return rows.map(row => row.id)
}

/** The columns whose results somebody was told and has not read. */
export async function listUnreadResults(ctx: Ctx, person: AccountId): Promise<GradeItemId[]> {
  const rows = await ctx.sql<{ id: GradeItemId }>(
    "select ref_id as id from notifications where account_id = $1 and kind = 'result' and read_at is null",
    [person],
  )
  return rows.map(row => row.id)
}
