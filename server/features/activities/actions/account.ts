// What the record owes a person: everything they gave, given back; their name taken off; two accounts made one.

import type { DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { askHoldingBack, tellChanged } from '../queries/gates.ts'
import { itemsOverFor } from '../queries/over.ts'
import { forgetShown, takenOut } from './forget.ts'
import { deliveryLock, lockAlone } from './locks.ts'

/** Every response; what it earned only where the item is over and nothing is held back: a score tells which answer is right. */
async function exportResponses(ctx: Ctx, accountId: AccountId): Promise<object[]> {
  const rows = await ctx.sql<{ item_id: ItemId; delivery_id: DeliveryId; score: string | null }>(
    `select r.id, r.delivery_id, r.item_id, r.revision, r.move, r.at, e.score::text as score, e.points::text as points
       from responses r left join evidence e on e.response_id = r.id where r.author = $1 order by r.at, r.id`,
    [accountId],
  )
  const { keys } = await itemsOverFor(ctx, [...new Set(rows.map(row => row.item_id))], accountId)
  const back = await askHoldingBack(ctx, [...new Set(rows.map(row => row.delivery_id))])
  return rows.map(row => (keys.has(row.item_id) && !back.has(row.delivery_id) ? row : { ...row, score: null }))
}

/**
 * Every attempt; of several at one homework which one counts, where that tells nothing: which one is the best is told with what
 * was right.
 */
async function exportAttempts(ctx: Ctx, accountId: AccountId): Promise<object[]> {
  const rows = await ctx.sql<{ delivery_id: DeliveryId; items: ItemId[]; counts: boolean }>(
    `select a.delivery_id, d.mode, a.number, a.counts, a.started_at, a.finished_at, a.extra_seconds,
            array(select item_id from evidence e where e.attempt_id = a.id) as items
       from attempts a join deliveries d on d.id = a.delivery_id where a.account_id = $1 order by a.id`,
    [accountId],
  )
  const several = rows.filter(row => rows.some(one => one !== row && one.delivery_id === row.delivery_id))
  const { keys } = await itemsOverFor(ctx, [...new Set(several.flatMap(row => row.items))], accountId)
  const back = await askHoldingBack(ctx, [...new Set(several.map(row => row.delivery_id))])
  const held = new Set(
    several
      .filter(row => back.has(row.delivery_id) || !row.items.every(id => keys.has(id)))
      .map(row => row.delivery_id),
  )
  return rows.map(({ items: _items, ...row }) => (held.has(row.delivery_id) ? { ...row, counts: null } : row))
}

/**
 * Waits for the answers on their way into what `accountId` takes part in, and lets none in to the end of the transaction:
 * a response is not checked against its attempt by the database (migration 0026), so none may come while attempts go.
 */
async function lockDeliveriesOf(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  const rows = await ctx.sql<{ id: DeliveryId }>(
    'select distinct delivery_id as id from attempts where account_id = $1 order by delivery_id',
    [accountId],
  )
  for (const { id } of rows) await lockAlone(ctx, deliveryLock(id))
}

export const accountHooks: AccountHooks = {
  columns: [
    'activities.created_by',
    'deliveries.created_by',
    'attempts.account_id',
    'responses.author',
    'evidence.account_id',
    'delivery_audience.account_id',
    'corrections.by',
  ],
  stays: {
    'attempts.account_id': 'record',
    'responses.author': 'record',
    'evidence.account_id': 'record',
  },
  export: async (ctx, accountId) => ({
    activities: await ctx.sql('select id, course_id, kind, title, created_at from activities where created_by = $1', [
      accountId,
    ]),
    attempts: await exportAttempts(ctx, accountId),
    givenTo: await ctx.sql('select delivery_id from delivery_audience where account_id = $1 order by 1', [accountId]),
    responses: await exportResponses(ctx, accountId),
  }),
  // Answers stay as numbers under an account that has lost its name; the class's tallies must not change. What was
  // written in one's own words at length is taken out.
  erase: async (ctx, accountId) => {
    const written = await ctx.sql<{ id: string }>(
      `update responses r set move = jsonb_build_object('text', $2::text)
         from deliveries d join activities a on a.id = d.activity_id
        where r.author = $1 and d.id = r.delivery_id and a.kind = 'open-text' returning r.id`,
      [accountId, takenOut],
    )
    const shown = await forgetShown(
      ctx,
      written.map(one => one.id),
    )
    for (const activityId of shown) await tellChanged(ctx, activityId, 'words')
    await ctx.sql('update activities set created_by = null where created_by = $1', [accountId])
    await ctx.sql('update deliveries set created_by = null where created_by = $1', [accountId])
    await ctx.sql('update corrections set by = null where by = $1', [accountId])
    await ctx.sql('delete from delivery_audience where account_id = $1', [accountId])
  },
  // Where both were in one delivery `into` keeps its attempts, and what the other gave there goes.
  merge: async (ctx, from, into) => {
    await ctx.sql('update activities set created_by = $2 where created_by = $1', [from, into])
    await ctx.sql('update deliveries set created_by = $2 where created_by = $1', [from, into])
    await ctx.sql('update corrections set by = $2 where by = $1', [from, into])
    await ctx.sql(
      `insert into delivery_audience (delivery_id, account_id)
       select delivery_id, $2 from delivery_audience where account_id = $1 on conflict do nothing`,
      [from, into],
    )
    await ctx.sql('delete from delivery_audience where account_id = $1', [from])
    await lockDeliveriesOf(ctx, from)
    const twice = `select f.id from attempts f join attempts i on i.delivery_id = f.delivery_id
                    where f.account_id = $1 and i.account_id = $2`
    await ctx.sql(`delete from evidence where attempt_id in (${twice})`, [from, into])
    await ctx.sql(`delete from responses where attempt_id in (${twice})`, [from, into])
    await ctx.sql(`delete from attempts where id in (${twice})`, [from, into])
    await ctx.sql('update attempts set account_id = $2 where account_id = $1', [from, into])
    await ctx.sql('update evidence set account_id = $2 where account_id = $1', [from, into])
    await ctx.sql('update responses set author = $2 where author = $1', [from, into])
  },
}
