// Sends again what was sent or was not, under the ids it had; and a message to try an endpoint. Rights were asked by the
// door.
import { demand, Problem } from '#protocol/base/problems.ts'
import { testType } from '#protocol/webhooks/events.ts'
import { type EndpointId, type MessageDetail, mostReplayed, type WebhookMessageId } from '#protocol/webhooks.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { endpointRow } from '../queries/endpoints.ts'
import { getMessage } from '../queries/messages.ts'
import { bodyOf } from '../rules.ts'
import { endpoints, messages } from '../tables.ts'
import { moved } from './moved.ts'
import { attempt, keepTry } from './try.ts'

/** Throws `not-found`, and `endpoint-paused` where nothing goes out. */
async function demandRunning(id: EndpointId): Promise<{ address: string }> {
  const row = await endpoints.findOne({ where: { id, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.paused === null, 'endpoint-paused')
  return row
}

const anew = { state: 'waiting', attempts: 0, lease: null } as const

/** Sends one message again. Throws `not-found` and `endpoint-paused`. */
export async function sendAgain(ctx: WriteCtx, endpointId: EndpointId, id: WebhookMessageId): Promise<void> {
  const { address } = await demandRunning(endpointId)
  const [changed] = await messages.update({ ...anew, nextAt: ctx.now }, { where: { id, endpointId } })
  demand(changed > 0, 'not-found')
  await audit.record(ctx, {
    verb: 'webhook.replayed',
    subject: { kind: 'webhook', id: endpointId },
    details: { address, message: id },
  })
  moved(ctx, 'due')
}

export interface Replay {
  readonly endpointId: EndpointId
  readonly what: 'missed' | 'everything'
  readonly since: string
}

/**
 * Sends many again, the oldest first; answers how many. What waits already goes on waiting for its turn. Throws
 * `not-found` and `endpoint-paused`.
 */
export async function replay(ctx: WriteCtx, { endpointId, what, since }: Replay): Promise<number> {
  const { address } = await demandRunning(endpointId)
  const rows = await ctx.sql(
    `update webhook_messages set state = 'waiting', attempts = 0, lease = null, next_at = $4
      where id in (
        select id from webhook_messages
         where endpoint_id = $1 and created_at >= $2 and type <> $5 and state = any($3::text[])
         order by created_at, id limit $6)
     returning id`,
    [
      ...[endpointId, new Date(since), what === 'missed' ? ['failed', 'kept'] : ['failed', 'kept', 'sent']],
      ...[ctx.now, testType, mostReplayed],
    ],
  )
  await audit.record(ctx, {
    verb: 'webhook.replayed',
    subject: { kind: 'webhook', id: endpointId },
    details: { address, what, since, messages: rows.length },
  })
  moved(ctx, 'due')
  return rows.length
}

/** Sends a message to try an endpoint, at once and once; answers what writes it down. Throws `not-found`. */
export async function prepareTest(
  ctx: Ctx,
  endpointId: EndpointId,
): Promise<(tx: WriteCtx) => Promise<{ message: MessageDetail }>> {
  const row = await endpointRow(endpointId)
  const id = newId<'WebhookMessage'>()
  const body = bodyOf(testType, ctx.now, { endpointId })
  const trying = { id, endpointId, body }
  const tried = await attempt(trying, row, ctx.now)
  if (!tried) throw new Error('nobody ended a test')
  return async tx => {
    await messages.create({
      ...{ id, endpointId, source: `test ${id}`, type: testType, body, state: tried.word === null ? 'sent' : 'failed' },
      ...{ attempts: 1, nextAt: null, lease: null, createdAt: ctx.now },
      ...{ lastAt: tried.at, lastStatus: tried.status, lastWord: tried.word, lastMs: tried.ms },
    })
    await keepTry(tx, trying, tried)
    if (tried.word === null)
      await endpoints.update({ lastSuccessAt: tried.at, failingSince: null }, { where: { id: endpointId } })
    moved(tx, 'not due')
    return { message: await getMessage(endpointId, id) }
  }
}

/** Takes messages away that are too old to be kept, with their tries. */
export async function dropMessages(ctx: WriteCtx, ids: readonly string[]): Promise<void> {
  await ctx.sql('delete from webhook_tries where message_id = any($1::uuid[])', [ids])
  await ctx.sql('delete from webhook_messages where id = any($1::uuid[])', [ids])
}
