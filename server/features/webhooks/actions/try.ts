// One try of one message: signed, posted, and what came of it written down. The post is made with no transaction open.
import type { EndpointId, TryWord, WebhookMessageId } from '#protocol/webhooks.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { type PostOutcome, postOutside } from '#server/platform/http/post-outside.ts'
import { secretsOf } from '../queries/endpoints.ts'
import { fateOf, headersOf, pauseAfter, signatureOf, wordOf } from '../rules.ts'
import { type EndpointRow, endpoints } from '../tables.ts'
import { pauseRow } from './endpoints.ts'
import { moved } from './moved.ts'

export interface Trying {
  readonly id: WebhookMessageId
  readonly endpointId: EndpointId
  readonly body: string
}

type Target = Pick<EndpointRow, 'address' | 'sealedSecret' | 'sealedOldSecret' | 'oldSecretUntil'>

export interface Tried {
  readonly at: Date
  readonly signature: string
  readonly status: number | null
  readonly word: TryWord | null
  readonly ms: number
  readonly answer: string
}

// What PostgreSQL does not keep in a text.
const keepable = (text: string): string => text.replaceAll('\0', '\ufffd')

/** Posts it once; undefined when `signal` ended it before anything was known. */
export async function attempt(
  { id, body }: Trying,
  target: Target,
  at: Date,
  signal?: AbortSignal,
): Promise<Tried | undefined> {
  const secrets = secretsOf(target, at)
  const signature = signatureOf({ id, at, body }, secrets)
  if (secrets.length === 0) return { at, signature, status: null, word: 'no-secret', ms: 0, answer: '' }
  const headers = headersOf(id, at, signature)
  const outcome: PostOutcome = await postOutside({ address: target.address, headers, body, ...(signal && { signal }) })
  const word = wordOf(outcome)
  if ('failure' in outcome)
    return outcome.failure === 'ended' ? undefined : { at, signature, status: null, word, ms: outcome.ms, answer: '' }
  return { at, signature, status: outcome.status, word, ms: outcome.ms, answer: keepable(outcome.answer) }
}

/** Writes one try down, as the next of its message. */
export async function keepTry(ctx: WriteCtx, { id, endpointId }: Trying, tried: Tried): Promise<void> {
  await ctx.sql(
    `insert into webhook_tries (message_id, number, endpoint_id, at, signature, status, word, ms, answer)
     select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8 from webhook_tries where message_id = $1`,
    [id, endpointId, tried.at, tried.signature, tried.status, tried.word, tried.ms, tried.answer],
  )
}

/** What a try says of its endpoint. Its row is locked. */
async function noteOf(ctx: WriteCtx, row: EndpointRow, { at, word }: Tried): Promise<void> {
  if (word === null) {
    await endpoints.update({ lastSuccessAt: at, failingSince: null }, { where: { id: row.id } })
    return
  }
  const failingSince = row.failingSince ?? at
  if (row.failingSince === null) await endpoints.update({ failingSince }, { where: { id: row.id } })
  const why = pauseAfter(word, failingSince, at)
  if (why && row.removedAt === null) await pauseRow(ctx, row, why)
}

/**
 * Writes down what came of a try by whoever holds the lease. One that was taken over, sent again or kept meanwhile is left
 * as it is: then nothing is written.
 */
export async function settle(
  ctx: WriteCtx,
  message: Trying,
  lease: string,
  tried: Tried,
  chance: number,
): Promise<void> {
  const row = await endpoints.findByPk(message.endpointId, { lock: true, raw: true })
  if (!row) return
  const [mine] = await ctx.sql<{ attempts: number }>(
    'select attempts from webhook_messages where id = $1 and lease = $2 for update',
    [message.id, lease],
  )
  if (!mine) return
  await keepTry(ctx, message, tried)
  const attempts = mine.attempts + 1
  const { state, nextAt } = fateOf(tried.word, attempts, ctx.now, chance)
  await ctx.sql(
    `update webhook_messages set state = $2, next_at = $3, attempts = $4, lease = null, last_at = $5, last_status = $6,
            last_word = $7, last_ms = $8 where id = $1`,
    [message.id, state, nextAt, attempts, tried.at, tried.status, tried.word, tried.ms],
  )
  await noteOf(ctx, row, tried)
  moved(ctx, 'not due')
}
