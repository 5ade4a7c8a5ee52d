// Talk. A channel has a form; this file knows the chat. Messages have their own number in their channel; unread is the
// channel's last number less the read position.

import * as z from 'zod/mini'
import { defineCalls, defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { idSchema, instant, nothing, version } from '#protocol/base/ids.ts'
import { defineScope } from '#protocol/base/scope.ts'

export const channelId = idSchema<'Channel'>()
export type ChannelId = z.infer<typeof channelId>
export const messageId = idSchema<'Message'>()
export type MessageId = z.infer<typeof messageId>

/** How many of the latest messages a snapshot of the channel holds; older ones are paged. */
export const messageWindow = 50

export const messageText = z.string().check(z.trim(), z.minLength(1), z.maxLength(4_000))

/** A removed message keeps its place and its author; its text is gone for good. */
export const message = z.object({
  id: messageId,
  number: z.int(),
  authorId: z.uuid(),
  authorName: z.string(),
  text: z.nullable(z.string()),
  sentAt: instant,
  editedAt: z.nullable(instant),
  removedAt: z.nullable(instant),
  removedBy: z.nullable(z.enum(['author', 'moderator'])),
  version,
})
export type Message = z.infer<typeof message>

export const channel = z.object({
  id: channelId,
  form: z.enum(['chat']),
  title: z.string(),
  lastNumber: z.int(),
  open: z.boolean(),
})
export type Channel = z.infer<typeof channel>

const replace = (messages: readonly Message[], next: Message) => messages.map(one => (one.id === next.id ? next : one))

export const channelScope = defineScope({
  name: 'channel',
  state: z.object({ channel, messages: z.array(message) }),
  feeds: {
    messageSent: z.object({ message }),
    messageEdited: z.object({ message }),
    messageRemoved: z.object({ message }),
    channelChanged: z.object({ channel }),
  },
  fleeting: { typing: z.object({ accountId: z.uuid(), name: z.string() }) },
  apply: (state, event) => {
    switch (event.kind) {
      case 'messageSent': {
        const { message } = event.body
        return {
          channel: { ...state.channel, lastNumber: Math.max(state.channel.lastNumber, message.number) },
          messages: [...state.messages, message].slice(-messageWindow),
        }
      }
      case 'messageEdited':
      case 'messageRemoved':
        return { ...state, messages: replace(state.messages, event.body.message) }
      case 'channelChanged':
        return { ...state, channel: event.body.channel }
      default:
        return state
    }
  },
})

export const channelCalls = defineCalls('channels', {
  /** Committed when acknowledged; in a large room many are committed together. */
  send: write(z.strictObject({ channelId, text: messageText }), z.object({ messageId, number: z.int() })),
  edit: write(z.strictObject({ messageId, version, text: messageText }), nothing),
  remove: write(z.strictObject({ messageId }), nothing),
  markRead: write(z.strictObject({ channelId, number: z.int().check(z.minimum(0)) }), nothing),
  typing: read(z.strictObject({ channelId }), nothing),
})

export const channelRoutes = defineRoutes('channels', {
  /** A page of messages in order of number: the ones before or after a number, or around one. */
  messages: route(
    'GET',
    '/channels/:channelId/messages',
    read(
      z.strictObject({
        channelId,
        before: z.optional(z.coerce.number().check(z.int())),
        after: z.optional(z.coerce.number().check(z.int())),
        limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
      }),
      z.object({ items: z.array(message), hasBefore: z.boolean(), hasAfter: z.boolean() }),
    ),
  ),
  unread: route(
    'GET',
    '/channels/:channelId/unread',
    read(z.strictObject({ channelId }), z.object({ lastNumber: z.int(), readNumber: z.int(), unread: z.int() })),
  ),
})
