// Sends what is due, on every node: the rows are the queue. A node takes some of each endpoint, a few at a time, so that one
// that is slow or gone keeps nobody else waiting; what a node took and did not settle is due again a minute later.
import { randomUUID } from 'node:crypto'
import type { EndpointId } from '#protocol/webhooks.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { NodeServices } from '#server/platform/feature.ts'
import type { EndpointRow } from '../tables.ts'
import { onWake } from './moved.ts'
import { attempt, settle, type Trying } from './try.ts'

export const sendingLimits = {
  /** Posts to one endpoint at once, by one node. */
  atOnce: 4,
  /** Between looks for what is due; what is written here is sent at once. */
  everyMs: 1_000,
  /** After this long what a node took is taken again. Longer than any post. */
  leaseMs: 60_000,
  /** How long what is on its way may take when the node stops. */
  drainMs: 2_000,
}

type Taken = Trying & Pick<EndpointRow, 'address' | 'sealedSecret' | 'sealedOldSecret' | 'oldSecretUntil'>

/** Takes what is due, under this lease, of each endpoint as many as it has room for. One statement. */
const take = (ctx: WriteCtx, lease: string, busy: ReadonlyMap<EndpointId, number>): Promise<Taken[]> =>
  ctx.sql<Taken>(
    `with room as (
       select e.id, $3::int - coalesce(b.many, 0) as many
         from webhook_endpoints e left join unnest($1::uuid[], $2::int[]) as b(id, many) on b.id = e.id
        where e.paused is null and e.removed_at is null
     ), due as (
       select m.id from room r cross join lateral (
         select id from webhook_messages
          where endpoint_id = r.id and state = 'waiting' and next_at <= $4
          order by next_at, id limit greatest(r.many, 0) for update skip locked) m
     )
     update webhook_messages m set lease = $5, next_at = $6 from due, webhook_endpoints e
      where m.id = due.id and e.id = m.endpoint_id
     returning m.id, m.endpoint_id as "endpointId", m.body, e.address, e.sealed_secret as "sealedSecret",
               e.sealed_old_secret as "sealedOldSecret", e.old_secret_until as "oldSecretUntil"`,
    [
      [...busy.keys()],
      [...busy.values()],
      sendingLimits.atOnce,
      ctx.now,
      lease,
      new Date(ctx.now.getTime() + sendingLimits.leaseMs),
    ],
  )

/** Begins to send on this node; answers how to end it. */
export function startSending(node: NodeServices): () => Promise<void> {
  const busy = new Map<EndpointId, number>()
  const onTheirWay = new Set<Promise<void>>()
  const ending = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  async function send(message: Taken, lease: string): Promise<void> {
    try {
      const tried = await attempt(message, message, node.now(), ending.signal)
      // Ended before its time: it is due again when the lease is over, under the same id.
      if (tried) await node.transact(ctx => settle(ctx, message, lease, tried, Math.random()))
    } catch (error) {
      node.log.warn({ err: error, message: message.id }, 'a webhook was not settled and is sent again')
    } finally {
      const left = (busy.get(message.endpointId) ?? 1) - 1
      if (left > 0) busy.set(message.endpointId, left)
      else busy.delete(message.endpointId)
      wake()
    }
  }

  async function look(): Promise<void> {
    const { sql } = node.systemCtx()
    // What nearly always is so, in one statement: nothing is due.
    const due = await sql(
      `select 1 from webhook_messages m join webhook_endpoints e on e.id = m.endpoint_id
        where m.state = 'waiting' and m.next_at <= $1 and e.paused is null and e.removed_at is null limit 1`,
      [node.now()],
    )
    if (due.length === 0) return
    const lease = randomUUID()
    const taken = await node.transact(ctx => take(ctx, lease, busy))
    for (const message of taken) {
      busy.set(message.endpointId, (busy.get(message.endpointId) ?? 0) + 1)
      const sent: Promise<void> = send(message, lease).finally(() => onTheirWay.delete(sent))
      onTheirWay.add(sent)
    }
  }

  function wake(): void {
    if (stopped) return
    if (looking) {
      again = true
      return
    }
    again = false
    clearTimeout(timer)
    looking = look()
      .catch(error => node.log.warn({ err: error }, 'could not look for webhooks that are due'))
      .finally(() => {
        looking = undefined
        if (stopped) return
        if (again) wake()
        else timer = setTimeout(wake, sendingLimits.everyMs)
      })
  }

  const forget = onWake(wake)
  wake()
  return async () => {
    stopped = true
    forget()
    clearTimeout(timer)
    await looking
    const patience = setTimeout(() => ending.abort(), sendingLimits.drainMs)
    await Promise.all(onTheirWay)
    clearTimeout(patience)
  }
}
