// Talk. A channel has a form and holds messages; a message may answer another, name people and be reacted to. Messages
// have their own number in their channel; unread is the channel's last number less the read position. What one person
// is told of all their channels is in channels/inbox.ts.

import * as z from 'zod/mini'
import { defineCalls, defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { accountId, idSchema, instant, line, nothing, uuid, version } from '#protocol/base/ids.ts'
import { pageInput, pageOf } from '#protocol/base/paging.ts'
import { defineScope, type EventOf } from '#protocol/base/scope.ts'
import { attached, attachments } from './channels/attachments.ts'

export const channelId = idSchema<'Channel'>()
export type ChannelId = z.infer<typeof channelId>
export const messageId = idSchema<'Message'>()
export type MessageId = z.infer<typeof messageId>

/** How many of the latest messages a snapshot of the channel holds; older ones are paged. */
export const messageWindow = 50

/** How many people one message can name. */
export const mostMentions = 20

// Controls but the line break and the tab show nothing and can break what shows them.
const controls = /(?![\n\t])\p{Cc}/gu
const toBeSeen = /[^\s\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/u

/** 1 to 4,000 characters, at least one of them to be seen. Plain: no markup is ever read out of it. */
export const messageText = z.string().check(
  z.overwrite(typed => typed.replace(controls, '')),
  z.trim(),
  z.minLength(1),
  z.maxLength(4_000),
  z.regex(toBeSeen),
)

/** The same, or nothing where files speak for themselves. */
export const messageWords = z.string().check(
  z.overwrite(typed => typed.replace(controls, '')),
  z.trim(),
  z.maxLength(4_000),
  z.refine(words => words === '' || toBeSeen.test(words)),
)

interface Said {
  readonly text: string
  readonly files?: readonly unknown[] | undefined
}

/** Words, files or both. */
export const saysSomething = z.refine<Said>(({ text, files = [] }) => text !== '' || files.length > 0, {
  path: ['text'],
  error: 'nothing_said',
})

/** What an announcement may be headed with. */
export const messageTitle = line(120)

/** The reactions one tap away. */
export const quickReactions = ['👍', '❤️', '😄', '🎉', '🤔', '👀'] as const

// One emoji: a flag, a keycap, or a picture with its tone, joined to others. The v flag would say it shorter; older
// browsers do not know it.
const person = '\\p{Extended_Pictographic}(?:\\p{Emoji_Modifier}|\\ufe0f)?'
const oneEmoji = new RegExp(
  `^(?:\\p{Regional_Indicator}{2}|[0-9#*]\\ufe0f?\\u20e3|${person}(?:\\u200d${person})*[\\u{e0020}-\\u{e007f}]*)$`,
  'u',
)
export const emoji = z.string().check(z.maxLength(40), z.regex(oneEmoji))

/** How many different emoji one message can carry, and how many people of each travel by id. */
export const reactionLimits = { different: 16, people: 30 } as const

/** In the order in which they were first given; `by` are the first to do so. */
export const reaction = z.object({ emoji: z.string(), count: z.int(), by: z.array(uuid()) })
export type Reaction = z.infer<typeof reaction>

/** Characters of an answered message that its answers show. */
export const quoteLength = 140

/** What an answer shows of the message it answers; nothing of its text once that is removed. */
export const quote = z.object({
  id: messageId,
  number: z.int(),
  authorId: uuid(),
  authorName: z.string(),
  text: z.nullable(z.string()),
})
export type Quote = z.infer<typeof quote>

export const mention = z.object({ accountId: uuid(), name: z.string() })
export type Mention = z.infer<typeof mention>

/** A removed message keeps its place and its author; its words are gone for good. */
export const message = z.object({
  id: messageId,
  number: z.int(),
  authorId: uuid(),
  authorName: z.string(),
  /** Of an announcement. */
  title: z.nullable(z.string()),
  text: z.nullable(z.string()),
  replyTo: z.nullable(quote),
  mentions: z.array(mention),
  reactions: z.array(reaction),
  files: attachments,
  sentAt: instant,
  editedAt: z.nullable(instant),
  removedAt: z.nullable(instant),
  /** account: it went with the account of its author. */
  removedBy: z.nullable(z.enum(['author', 'moderator', 'age', 'account'])),
  version,
})
export type Message = z.infer<typeof message>

/** direct: between people, by their own choice; every other form belongs to a course or a class. */
export const channelForm = z.enum(['chat', 'forum', 'announcements', 'direct'])
export type ChannelForm = z.infer<typeof channelForm>

export const channelPerson = z.object({ id: uuid(), name: z.string() })
export type ChannelPerson = z.infer<typeof channelPerson>

export const channel = z.object({
  id: channelId,
  form: channelForm,
  /** Empty where the form says enough, and between two people: there the other one is the title. */
  title: z.string(),
  lastNumber: z.int(),
  open: z.boolean(),
  /** Announcements: whether who reads them may answer. */
  replies: z.boolean(),
  /** Direct: between two for good, or a group that can be left. */
  pair: z.boolean(),
  /** Direct: who is in it now, in the order in which they came. */
  people: z.array(channelPerson),
  /** Counts changes of the title and of whether announcements may be answered. */
  version,
})
export type Channel = z.infer<typeof channel>

/** The first characters of a text, as a quote shows them; whole characters, as the database counts them. */
export const quoted = (text: string | null): string | null => text && [...text].slice(0, quoteLength).join('')

/** The words of a message in one line: where it has none, what its first file is called. */
export const lineOf = ({ text, files }: Pick<Message, 'text' | 'files'>): string | null =>
  text === '' ? (files?.[0]?.name ?? '') : text

/** Puts a changed message in its place, and its new words into the answers to it. */
const replace = (messages: readonly Message[], next: Message): Message[] =>
  messages.map(one => {
    if (one.id === next.id) return next
    if (one.replyTo?.id !== next.id) return one
    return { ...one, replyTo: { ...one.replyTo, text: quoted(lineOf(next)) } }
  })

const changeFeeds = {
  messageEdited: z.object({ message }),
  messageRemoved: z.object({ message }),
  reactionsChanged: z.object({ messageId, reactions: z.array(reaction) }),
}

/** What may become of a message that was sent. */
export type MessageChange = EventOf<typeof changeFeeds>

/** Whether an event of a channel, or of a topic, tells what became of a message. */
export const isMessageChange = (event: { readonly kind: string }): event is MessageChange =>
  Object.hasOwn(changeFeeds, event.kind)

/** Messages with what became of one of them, in whatever page it stands; one that is not among them changes nothing. */
export function withChange(messages: readonly Message[], { kind, body }: MessageChange): Message[] {
  if (kind !== 'reactionsChanged') return replace(messages, body.message)
  const { messageId, reactions } = body
  return messages.map(one => (one.id === messageId ? { ...one, reactions } : one))
}

export const channelScope = defineScope({
  name: 'channel',
  state: z.object({ channel, messages: z.array(message) }),
  feeds: {
    messageSent: z.object({ message }),
    ...changeFeeds,
    channelChanged: z.object({ channel }),
  },
  fleeting: { typing: z.object({ accountId: uuid(), name: z.string() }) },
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
      case 'reactionsChanged':
        return { ...state, messages: withChange(state.messages, event) }
      case 'channelChanged':
        return { ...state, channel: event.body.channel }
      default:
        return state
    }
  },
})

const mentioned = z.optional(z.array(accountId).check(z.maxLength(mostMentions)))

export const channelCalls = defineCalls('channels', {
  /**
   * Committed when acknowledged; in a large room many are committed together. `mentions` are the people whom the text
   * names as @Name; who may not read the channel is left out.
   */
  send: write(
    z
      .strictObject({
        channelId,
        text: messageWords,
        title: z.optional(messageTitle),
        replyTo: z.optional(messageId),
        mentions: mentioned,
        files: attached,
      })
      .check(saysSomething),
    z.object({ messageId, number: z.int() }),
  ),
  /** Without `mentions` they stay as they are, and its files always do: beside them there may be no words. */
  edit: write(z.strictObject({ messageId, version, text: messageWords, mentions: mentioned }), nothing),
  remove: write(z.strictObject({ messageId }), nothing),
  /** Says how it should be: saying it twice changes nothing. */
  react: write(z.strictObject({ messageId, emoji, set: z.enum(['on', 'off']) }), nothing),
  markRead: write(z.strictObject({ channelId, number: z.int().check(z.minimum(0)) }), nothing),
  typing: read(z.strictObject({ channelId }), nothing),
})

/** Earlier words of a message, and since when they stood. */
export const messageVersion = z.object({ version: z.int(), text: z.string(), at: instant })
export type MessageVersion = z.infer<typeof messageVersion>

const place = z.optional(z.coerce.number().check(z.int()))

export const channelRoutes = defineRoutes('channels', {
  /**
   * A page of messages in order of number: the ones before or after a number, around one, around the first of a moment
   * (`at`), or else the last ones.
   */
  messages: route(
    'GET',
    '/channels/:channelId/messages',
    read(
      z.strictObject({
        channelId,
        before: place,
        after: place,
        around: place,
        at: z.optional(instant),
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
  /** What an edited message said before, oldest first: for its author and for those who moderate. */
  versions: route(
    'GET',
    '/messages/:messageId/versions',
    read(z.strictObject({ messageId }), z.object({ items: z.array(messageVersion) })),
  ),
  /** Who gave a message which reaction. */
  reactions: route(
    'GET',
    '/messages/:messageId/reactions',
    read(
      z.strictObject({ messageId, ...pageInput }),
      pageOf(z.object({ emoji: z.string(), accountId: uuid(), name: z.string() })),
    ),
  ),
  /** Who can be named in a channel, by name; `q` is the beginning of any part of it. */
  people: route(
    'GET',
    '/channels/:channelId/people',
    read(
      z.strictObject({ channelId, q: z.optional(z.string().check(z.maxLength(80))), ...pageInput }),
      pageOf(channelPerson),
    ),
  ),
})
