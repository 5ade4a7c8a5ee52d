// A homework from its first attempt to its close: another attempt, handing one in, and which of them counts. Whatever is said of
// one person holds that person's seat alone, so that no answer slips from one attempt into another.
import { type AttemptsRule, hasMore } from '#protocol/activities/attempts.ts'
import type { AttemptId, Delivery, DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { kindOf } from '../kinds/registry.ts'
import { attemptsOf, deliveryOf, getActivity, getDelivery, loadPlan } from '../queries/activities.ts'
import { chosenOf, homeworkClosesAt, type Sum } from '../rules.ts'
import { type DeliveryRow, deliveries } from '../tables.ts'
import { readCounted, writeEvidence } from './evidence.ts'
import { deliveryLock, lockAlone, lockShared, seatLock } from './locks.ts'

interface Newest {
  readonly id: AttemptId
  readonly number: number
  readonly finished: boolean
}

async function newestOf(ctx: WriteCtx, deliveryId: DeliveryId, accountId: AccountId): Promise<Newest | undefined> {
  const [row] = await ctx.sql<Newest>(
    `select id, number, finished_at is not null as finished from attempts
      where delivery_id = $1 and account_id = $2 order by number desc limit 1`,
    [deliveryId, accountId],
  )
  return row
}

/**
 * Says anew which attempt counts, of those handed in, for these people or (null) everybody. The caller holds the lock of the
 * delivery, or of the seats. Answers whose is another one now. Two queries.
 */
export async function chooseAttempts(
  ctx: WriteCtx,
  delivery: Pick<DeliveryRow, 'id' | 'attemptsCounts'>,
  accountIds: readonly AccountId[] | null,
): Promise<AccountId[]> {
  // Whoever has one attempt has nothing to choose from.
  const rows = await ctx.sql<Sum & { id: AttemptId; accountId: AccountId; counts: boolean }>(
    `select t.id, t.account_id as "accountId", t.number, t.counts, t.finished_at is not null as "handedIn",
            coalesce(sum(e.score), 0)::text as score, count(e.response_id)::int as answered
       from attempts t left join evidence e on e.attempt_id = t.id
      where t.delivery_id = $1 and ($2::uuid[] is null or t.account_id = any($2))
        and exists (select from attempts o where o.delivery_id = t.delivery_id and o.account_id = t.account_id
                       and o.number > 1)
      group by t.id order by t.account_id, t.number`,
    [delivery.id, accountIds && [...accountIds]],
  )
  const byPerson = new Map<AccountId, typeof rows>()
  for (const row of rows) byPerson.set(row.accountId, [...(byPerson.get(row.accountId) ?? []), row])
  const others = [...byPerson].flatMap(([accountId, own]) => {
    const chosen = chosenOf(delivery.attemptsCounts, own)
    return chosen && !chosen.counts ? [{ accountId, id: chosen.id }] : []
  })
  if (others.length === 0) return []
  await ctx.sql(
    `update attempts t set counts = t.id = o.id
       from unnest($2::uuid[], $3::uuid[]) as o(account_id, id)
      where t.delivery_id = $1 and t.account_id = o.account_id and t.counts <> (t.id = o.id)`,
    [delivery.id, others.map(one => one.accountId), others.map(one => one.id)],
  )
  return others.map(one => one.accountId)
}

/** Settles every item of one attempt: what was not answered earns nothing. The caller holds its seat. */
async function settleAttempt(ctx: WriteCtx, delivery: DeliveryRow, attempt: AttemptId): Promise<void> {
  const activity = await getActivity(ctx, delivery.activityId)
  const { items } = await loadPlan(ctx, activity)
  const counts = kindOf(activity.kind).counts(activity.settings)
  const itemIds = items.map(item => item.id)
  const counted = await readCounted(ctx, delivery.id, itemIds, counts, null, attempt)
  await writeEvidence(ctx, activity, items, delivery.id, counted)
}

/**
 * Hands an attempt in: waits for this person's answers that are being written, refuses later ones, settles what counts and
 * says which attempt does. Handing in twice changes nothing; neither does handing in one that was, after a later one was begun.
 * Throws `not-found`, `attempt-not-begun`. Asks no rights.
 */
export async function finishAttempt(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  accountId: AccountId,
  number: number,
): Promise<void> {
  await lockShared(ctx, deliveryLock(deliveryId))
  await lockAlone(ctx, seatLock(deliveryId, accountId))
  const newest = await newestOf(ctx, deliveryId, accountId)
  demand(number <= (newest?.number ?? 1), 'attempt-not-begun')
  if (newest && (newest.finished || number < newest.number)) return
  const [row] = await ctx.sql<{ id: AttemptId }>(
    `insert into attempts (id, delivery_id, account_id, number, started_at, finished_at) values ($1, $2, $3, $4, $5, $5)
     on conflict (delivery_id, account_id, number) do update set finished_at = excluded.finished_at returning id`,
    [newId<'Attempt'>(), deliveryId, accountId, number, ctx.now],
  )
  const delivery = await getDelivery(ctx, deliveryId)
  if (row) await settleAttempt(ctx, delivery, row.id)
  await chooseAttempts(ctx, delivery, [accountId])
}

/**
 * Begins the attempt of this number; one that was begun already stays, so that two devices begin it once. It has the time of
 * the one before it. Answers whether it was begun now. Throws `attempt-unfinished` while the one before it is not handed in,
 * `no-attempts-left`, `time-over` once it is closed, `attempt-not-begun` of the one before the number, `not-found`. Asks no rights and no other time.
 */
export async function beginAttempt(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  accountId: AccountId,
  number: number,
): Promise<boolean> {
  await lockShared(ctx, deliveryLock(deliveryId))
  await lockAlone(ctx, seatLock(deliveryId, accountId))
  const newest = await newestOf(ctx, deliveryId, accountId)
  if (newest && number <= newest.number) return false
  // The first is begun by its first answer.
  demand(newest?.finished === true, 'attempt-unfinished')
  demand(number === newest.number + 1, 'attempt-not-begun')
  const delivery = await getDelivery(ctx, deliveryId)
  // Closed while this waited for the lock: nobody would end what is begun now.
  demand(delivery.closedAt === null, 'time-over')
  demand(hasMore(attemptsOf(delivery), newest.number), 'no-attempts-left')
  await ctx.sql(
    `insert into attempts (id, delivery_id, account_id, number, counts, started_at, extra_seconds)
     select $1, delivery_id, account_id, $3, false, $4, extra_seconds from attempts where id = $2`,
    [newId<'Attempt'>(), newest.id, number, ctx.now],
  )
  return true
}

/**
 * Changes how often a homework may be taken and which attempt counts. Whoever has begun more than it allows keeps them, and
 * they count along. Answers it, as it was before, and whose attempt that counts is another one now. Throws `not-found`, also
 * for what is given out in class.
 */
export async function changeAttempts(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  to: AttemptsRule,
): Promise<{ before: AttemptsRule; delivery: Delivery; people: AccountId[] }> {
  await lockAlone(ctx, deliveryLock(deliveryId))
  const row = await getDelivery(ctx, deliveryId)
  demand(row.mode === 'homework', 'not-found')
  const next: DeliveryRow = { ...row, attemptsMost: to.most, attemptsCounts: to.counts }
  await deliveries.update({ attemptsMost: to.most, attemptsCounts: to.counts }, { where: { id: deliveryId } })
  return { before: attemptsOf(row), delivery: deliveryOf(next), people: await chooseAttempts(ctx, next, null) }
}

/**
 * Closes homework for everybody and settles the attempts that were not handed in; those who never began stay without, and
 * another attempt in which nothing was answered is taken away, so that nobody loses by having looked. Returns true when it
 * closed now, false when it was closed already or somebody's deadline is still ahead. Throws `not-found`.
 */
export async function closeHomework(ctx: WriteCtx, deliveryId: DeliveryId): Promise<boolean> {
  await lockAlone(ctx, deliveryLock(deliveryId))
  const delivery = await getDelivery(ctx, deliveryId)
  const [row] = await ctx.sql<{ now: Date; extra: number }>(
    `select coalesce($2::timestamptz, clock_timestamp()) as now,
            (select coalesce(max(extra_seconds), 0) from attempts where delivery_id = $1) as extra`,
    [deliveryId, ctx.playedAt ?? null],
  )
  if (!row || delivery.mode !== 'homework' || delivery.closedAt || !delivery.dueAt) return false
  if (homeworkClosesAt(delivery.dueAt, row.extra) > new Date(row.now)) return false
  const activity = await getActivity(ctx, delivery.activityId)
  const { items } = await loadPlan(ctx, activity)
  const counts = kindOf(activity.kind).counts(activity.settings)
  const itemIds = items.map(item => item.id)
  await ctx.sql(
    `delete from attempts t where t.delivery_id = $1 and t.number > 1 and t.finished_at is null
       and not exists (select from responses r where r.attempt_id = t.id)`,
    [deliveryId],
  )
  await writeEvidence(ctx, activity, items, deliveryId, await readCounted(ctx, deliveryId, itemIds, counts, null))
  await ctx.sql('update attempts set finished_at = $2 where delivery_id = $1 and finished_at is null', [
    deliveryId,
    delivery.dueAt,
  ])
  await chooseAttempts(ctx, delivery, null)
  // What was asked is kept: items that are added later were not.
  const shared = { ...delivery.shared, closed: itemIds }
  await deliveries.update({ closedAt: row.now, shared, step: delivery.step + 1 }, { where: { id: deliveryId } })
  return true
}
