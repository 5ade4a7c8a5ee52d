// Outgoing webhooks on the wire: endpoints that administrators set up, and the messages on their way there. The secret of
// an endpoint is told once, when it is made. Signed as https://www.standardwebhooks.com says.
import * as z from 'zod/mini'
import { defineRoutes, once, read, route, write } from './base/call.ts'
import { idSchema, instant, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { departmentId } from './organisation.ts'
import { eventType } from './webhooks/events.ts'

export const endpointId = idSchema<'WebhookEndpoint'>()
export type EndpointId = z.infer<typeof endpointId>
export const messageId = idSchema<'WebhookMessage'>()
export type WebhookMessageId = z.infer<typeof messageId>

/** Most endpoints of a school. */
export const mostEndpoints = 50
/** Messages of one endpoint that one replay sends again. */
export const mostReplayed = 10_000

/** Judged anew at each call: where it leads may change. */
export const webhookAddress = z.url({ protocol: /^https?$/ }).check(z.maxLength(2_000))
const description = text(500)
const types = z.array(eventType).check(z.minLength(1), z.maxLength(50))

/** gone: it answered that it is not there any more (410). failing: nothing arrived for three days. */
export const pauseReasons = ['by-hand', 'gone', 'failing'] as const
export const pauseReason = z.enum(pauseReasons)
export type PauseReason = z.infer<typeof pauseReason>

export const endpoint = z.object({
  id: endpointId,
  address: z.string(),
  description: z.string(),
  types: z.array(eventType),
  /** Courses of this department and those below it; null: all of the school. */
  department: z.nullable(z.object({ id: departmentId, name: z.string() })),
  /** Null while messages go out. */
  paused: z.nullable(pauseReason),
  /** Until when messages are signed with the secret before, too. */
  oldSecretUntil: z.nullable(instant),
  lastSuccessAt: z.nullable(instant),
  /** Since when nothing arrives. */
  failingSince: z.nullable(instant),
  /** Tries in the last 24 hours that failed; messages that wait, and that were kept while it was paused. */
  failures: z.int(),
  waiting: z.int(),
  kept: z.int(),
  createdAt: instant,
  version,
})
export type Endpoint = z.infer<typeof endpoint>

/** waiting: it will be tried. failed: it was tried as often as it is. kept: it came, or waited, while its endpoint was paused. */
export const messageStates = ['waiting', 'sent', 'failed', 'kept'] as const
export const messageState = z.enum(messageStates)
export type MessageState = z.infer<typeof messageState>

/** Why a try failed. `status`: it answered, and not with success. */
export const tryWords = [
  'status',
  'redirect',
  'gone',
  'barred',
  'unknown-name',
  'unreachable',
  'not-trusted',
  'silent',
  'no-secret',
] as const
export const tryWord = z.enum(tryWords)
export type TryWord = z.infer<typeof tryWord>

export const webhookMessage = z.object({
  id: messageId,
  endpointId,
  type: z.string(),
  state: messageState,
  attempts: z.int(),
  createdAt: instant,
  nextAt: z.nullable(instant),
  lastAt: z.nullable(instant),
  lastStatus: z.nullable(z.int()),
  lastWord: z.nullable(tryWord),
  /** Milliseconds. */
  lastMs: z.nullable(z.int()),
})
export type WebhookMessage = z.infer<typeof webhookMessage>

export const webhookTry = z.object({
  number: z.int(),
  at: instant,
  headers: z.record(z.string(), z.string()),
  status: z.nullable(z.int()),
  word: z.nullable(tryWord),
  ms: z.int(),
  /** What came back, its first 4 kB. */
  answer: z.string(),
})
export type WebhookTry = z.infer<typeof webhookTry>

/** With its exact body and the newest tries, the newest first. */
export const messageDetail = z.extend(webhookMessage, { body: z.string(), tries: z.array(webhookTry) })
export type MessageDetail = z.infer<typeof messageDetail>

/** The id of the scope below: there is one, for the whole school. */
export const webhooksId = '00000000-0000-0000-0000-000000000000'

/** Who keeps the webhooks. A mark only: what is on screen is read again. */
export const webhooksScope = defineScope({
  name: 'webhooks',
  state: z.object({}),
  feeds: { endpointsChanged: z.object({}) },
  /** Messages came, or are another step on their way. */
  fleeting: { moved: z.object({}) },
  apply: state => state,
})

const one = z.strictObject({ endpointId })
const secret = z.string()
const made = z.object({ endpoint, secret })

export const webhookRoutes = defineRoutes('webhooks', {
  /** At most `mostEndpoints`, by address. */
  list: route('GET', '/webhooks', read(nothing, z.object({ items: z.array(endpoint) }))),
  get: route('GET', '/webhooks/:endpointId', read(one, z.object({ endpoint }))),
  /**
   * `malformed` at `address` for one that is not called: private, scheme, credentials, port, form or unknown; `too-many`
   * past `mostEndpoints`; `not-found` for a department that is not there.
   */
  create: route(
    'POST',
    '/webhooks',
    once(
      write(
        z.strictObject({
          ...{ address: webhookAddress, description: z._default(description, ''), types },
          departmentId: z._default(z.nullable(departmentId), null),
        }),
        made,
      ),
    ),
  ),
  /** `conflict` with the `current` endpoint when somebody was faster; else as `create`. */
  change: route(
    'PATCH',
    '/webhooks/:endpointId',
    write(
      z.strictObject({
        ...{ endpointId, version, address: z.optional(webhookAddress), description: z.optional(description) },
        ...{ types: z.optional(types), departmentId: z.optional(z.nullable(departmentId)) },
      }),
      z.object({ endpoint }),
    ),
  ),
  /** A new secret. The one before signs beside it for 24 hours. */
  rotate: route('POST', '/webhooks/:endpointId/secret', once(write(one, made))),
  /** Nothing goes out; what comes is kept. */
  pause: route('POST', '/webhooks/:endpointId/pause', write(one, z.object({ endpoint }))),
  /** What comes from now on goes out. What was kept goes out by `replay`. */
  resume: route('POST', '/webhooks/:endpointId/resume', write(one, z.object({ endpoint }))),
  remove: route('DELETE', '/webhooks/:endpointId', write(one, nothing)),
  /** Brings it back with its secret and its messages. */
  restore: route('POST', '/webhooks/:endpointId/restore', write(one, nothing)),
  /** Sends a message to try it and answers what came back. Works while it is paused. */
  test: route('POST', '/webhooks/:endpointId/test', write(one, z.object({ message: messageDetail }))),

  /** The newest first. `type`: what the type has in it. */
  messages: route(
    'GET',
    '/webhooks/:endpointId/messages',
    read(
      z.strictObject({
        ...{ endpointId, state: z.optional(messageState), type: z.optional(text(100)) },
        ...pageInput,
      }),
      pageOf(webhookMessage),
    ),
  ),
  message: route(
    'GET',
    '/webhooks/:endpointId/messages/:messageId',
    read(z.strictObject({ endpointId, messageId }), z.object({ message: messageDetail })),
  ),
  /** Sends one again, under the same id. `endpoint-paused`. */
  send: route(
    'POST',
    '/webhooks/:endpointId/messages/:messageId/send',
    write(z.strictObject({ endpointId, messageId }), nothing),
  ),
  /**
   * Sends again what came since a moment: what did not arrive (failed and kept), or all of it; at most `mostReplayed`, the
   * oldest first. Tests are left out. `endpoint-paused`.
   */
  replay: route(
    'POST',
    '/webhooks/:endpointId/replay',
    write(
      z.strictObject({ endpointId, what: z.enum(['missed', 'everything']), since: instant }),
      z.object({ count: z.int() }),
    ),
  ),
})
