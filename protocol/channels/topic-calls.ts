// What one asks and does in a forum: the calls and routes of topics.
import * as z from 'zod/mini'
import { defineCalls, defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { accountId, nothing, version } from '#protocol/base/ids.ts'
import { pageInput, pageOf } from '#protocol/base/paging.ts'
import { channelId, message, messageId, messageWords, mostMentions, saysSomething } from '#protocol/channels.ts'
import { attached } from './attachments.ts'
import {
  listedTopic,
  ownMarks,
  ownWaiting,
  topic,
  topicAuthor,
  topicBody,
  topicFilter,
  topicId,
  topicSort,
  topicTitle,
} from './topics.ts'

const mentioned = z.optional(z.array(accountId).check(z.maxLength(mostMentions)))

const posted = z.object({ topicId, messageId, stand: z.enum(['shown', 'waiting']) })

export const topicCalls = defineCalls('topics', {
  /**
   * Begins a topic. `waiting`: it is seen once staff have approved it. Of files without a name only pictures are taken,
   * and nothing of their maker is left in them: else `names-in-file`.
   */
  post: write(
    z.strictObject({
      channelId,
      title: topicTitle,
      body: topicBody,
      anonymous: z.boolean(),
      mentions: mentioned,
      files: attached,
    }),
    posted,
  ),
  /** `mentions` are the people whom the text names as @Name; who may not read the forum is left out. */
  reply: write(
    z
      .strictObject({ topicId, text: messageWords, anonymous: z.boolean(), mentions: mentioned, files: attached })
      .check(saysSomething),
    posted,
  ),
  /** Changes the title of one's own topic. Its posts are edited and removed as messages. */
  retitle: write(z.strictObject({ topicId, version, title: topicTitle }), nothing),
  /** One vote a person. Voting again changes nothing; hundreds at once are committed together. */
  vote: write(z.strictObject({ topicId, on: z.boolean() }), z.object({ votes: z.int() })),
  follow: write(z.strictObject({ topicId, on: z.boolean() }), nothing),
  /** By the one who asked, or staff. Null takes it back. */
  accept: write(z.strictObject({ topicId, messageId: z.nullable(messageId) }), nothing),
  /** By staff: answered by word of mouth, let go, or open again. */
  settle: write(z.strictObject({ topicId, outcome: z.enum(['open', 'aloud', 'set-aside']) }), nothing),
  pin: write(z.strictObject({ topicId, on: z.boolean() }), nothing),
  lock: write(z.strictObject({ topicId, on: z.boolean() }), nothing),
  hide: write(z.strictObject({ topicId, on: z.boolean() }), nothing),
  /** Shows a post that waits, or turns it down. */
  decide: write(z.strictObject({ messageId, decision: z.enum(['approve', 'refuse']) }), nothing),
  /** Makes a topic the duplicate of another in the same forum. */
  merge: write(z.strictObject({ topicId, into: topicId }), nothing),
  markRead: write(z.strictObject({ topicId, number: z.int().check(z.minimum(0)) }), nothing),
  changePolicy: write(
    z.strictObject({
      channelId,
      version,
      anonymous: z.boolean(),
      approval: z.boolean(),
      openers: z.enum(['everybody', 'staff']),
    }),
    nothing,
  ),
})

const postNumber = z.optional(z.coerce.number().check(z.int()))

export const topicRoutes = defineRoutes('topics', {
  list: route(
    'GET',
    '/channels/:channelId/topics',
    read(
      z.strictObject({
        channelId,
        sort: z._default(topicSort, 'active'),
        filter: z._default(topicFilter, 'all'),
        words: z.optional(z.string().check(z.trim(), z.maxLength(200))),
        ...pageInput,
      }),
      pageOf(listedTopic),
    ),
  ),
  /** What a topic is to the one who asks. */
  own: route('GET', '/topics/:topicId/own', read(z.strictObject({ topicId }), ownMarks)),
  /** A page of replies in order of number: the ones before or after a number. */
  posts: route(
    'GET',
    '/topics/:topicId/posts',
    read(
      z.strictObject({
        topicId,
        before: postNumber,
        after: postNumber,
        limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
      }),
      z.object({ items: z.array(message), hasBefore: z.boolean(), hasAfter: z.boolean() }),
    ),
  ),
  /** For staff: a topic as it is, hidden or not, and who is behind what has no name in it. */
  authors: route(
    'GET',
    '/topics/:topicId/authors',
    read(z.strictObject({ topicId }), z.object({ topic, authors: z.array(topicAuthor) })),
  ),
  /** What one wrote in a forum that nobody else can see. */
  waiting: route(
    'GET',
    '/channels/:channelId/waiting',
    read(z.strictObject({ channelId }), z.object({ items: z.array(ownWaiting) })),
  ),
  /** Topics one follows with posts one has not read, in every forum, most recently active first. */
  unread: route('GET', '/topics/unread', read(z.strictObject({ ...pageInput }), pageOf(listedTopic))),
})
