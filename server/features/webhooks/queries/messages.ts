// Messages as they are read: a page of one endpoint's, or one with its body and its tries. Changes nothing.
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type {
  EndpointId,
  MessageDetail,
  MessageState,
  WebhookMessage,
  WebhookMessageId,
  WebhookTry,
} from '#protocol/webhooks.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readMomentKeyset, writeMomentKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { headersOf } from '../rules.ts'
import { type MessageRow, messages, type TryRow, tries } from '../tables.ts'

/** Tries that one message shows, the newest. */
const mostTries = 50

const instantOf = (at: Date | null): string | null => at && new Date(at).toISOString()

export const messageOf = (row: Omit<MessageRow, 'body' | 'source'>): WebhookMessage => ({
  id: row.id,
  endpointId: row.endpointId,
  type: row.type,
  state: row.state,
  attempts: row.attempts,
  createdAt: new Date(row.createdAt).toISOString(),
  nextAt: instantOf(row.nextAt),
  lastAt: instantOf(row.lastAt),
  lastStatus: row.lastStatus,
  lastWord: row.lastWord,
  lastMs: row.lastMs,
})

const tryOf = (row: TryRow): WebhookTry => ({
  number: row.number,
  at: new Date(row.at).toISOString(),
  headers: headersOf(row.messageId, new Date(row.at), row.signature),
  status: row.status,
  word: row.word,
  ms: row.ms,
  answer: row.answer,
})

interface Asked {
  readonly endpointId: EndpointId
  readonly state?: MessageState | undefined
  readonly type?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** A page of an endpoint's messages, the newest first. Throws `malformed` for a cursor that is none. */
export async function listMessages(
  ctx: Ctx,
  { endpointId, state, type, after, limit }: Asked,
): Promise<Page<WebhookMessage>> {
  const from = readMomentKeyset(after)
  const rows = await ctx.sql<Omit<MessageRow, 'body' | 'source'>>(
    `select id, endpoint_id as "endpointId", type, state, attempts, next_at as "nextAt", lease, last_at as "lastAt",
            last_status as "lastStatus", last_word as "lastWord", last_ms as "lastMs", created_at as "createdAt"
       from webhook_messages
      where endpoint_id = $1 and ($2::text is null or state = $2) and ($3::text is null or type ilike $3)
        and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
      order by created_at desc, id desc limit $6`,
    [endpointId, state ?? null, containing(type), from?.at ?? null, from?.id ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(messageOf),
    ...(rows.length > limit && last ? { next: writeMomentKeyset(new Date(last.createdAt), last.id) } : {}),
  }
}

/** One message with its body and its tries. Throws `not-found`, for one of another endpoint too. */
export async function getMessage(endpointId: EndpointId, id: WebhookMessageId): Promise<MessageDetail> {
  const row = await messages.findOne({ where: { id, endpointId }, raw: true })
  if (!row) throw new Problem('not-found')
  const made = await tries.findAll({
    where: { messageId: id },
    order: [['number', 'desc']],
    limit: mostTries,
    raw: true,
  })
  return { ...messageOf(row), body: row.body, tries: made.map(tryOf) }
}
