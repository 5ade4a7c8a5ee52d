// All channels of one person: the list of the Inbox and of a course, the scope that keeps its numbers current on every
// device, and the channels people open themselves. What is unread is reckoned the same at both ends, by `unreadOf`.

import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { accountId, instant, line, nothing, uuid, version } from '#protocol/base/ids.ts'
import { pageInput, pageOf } from '#protocol/base/paging.ts'
import { defineScope } from '#protocol/base/scope.ts'
import { channel, channelForm, channelId, channelPerson } from '#protocol/channels.ts'

/** Most people of a group, its maker among them. */
export const mostInGroup = 20

/** A mute that ends when it is taken back. */
export const forEver = '9999-12-31T23:59:59.000Z'

/** The newest message of a channel in one line; without words where it was removed. */
export const latestLine = z.object({
  number: z.int(),
  authorId: uuid(),
  authorName: z.string(),
  text: z.nullable(z.string()),
  sentAt: instant,
})

/** A channel as one person finds it. */
export const channelEntry = z.object({
  channel,
  /** The course it belongs to, and what it belongs to there; both null for a direct one. */
  courseId: z.nullable(uuid()),
  place: z.nullable(z.object({ kind: z.string(), id: uuid(), title: z.string() })),
  mayWrite: z.boolean(),
  mayModerate: z.boolean(),
  readNumber: z.int(),
  unread: z.int(),
  /** Somebody named them in what is unread. */
  mentioned: z.boolean(),
  mutedUntil: z.nullable(instant),
  latest: z.nullable(latestLine),
})
export type ChannelEntry = z.infer<typeof channelEntry>

const readState = z.object({ number: z.int(), mutedUntil: z.nullable(instant) })

/** Where a channel stands for one person. `readNumber` holds where they never read: what came before them is not new. */
export const channelHead = z.object({
  channelId,
  form: channelForm,
  /** What kind of place it belongs to: `course`, `run`, `direct`. */
  place: z.string(),
  courseId: z.nullable(uuid()),
  lastNumber: z.int(),
  readNumber: z.int(),
  /** The last message that names them, 0 when none does. */
  mentionedNumber: z.int(),
})
export type ChannelHead = z.infer<typeof channelHead>

/** One that moved: what did not is left out. */
const movedHead = z.object({ channelId, lastNumber: z.int(), mentionedNumber: z.int() })
export type MovedHead = z.infer<typeof movedHead>

/**
 * One person's own audience: how far they have read, on every device alike. Where their channels stand is fleeting, at
 * most one frame a second: `heads` all of them, `headsMoved` those of the last moments.
 */
export const inboxScope = defineScope({
  name: 'inbox',
  state: z.object({ reads: z.record(z.string(), readState) }),
  feeds: {
    readMoved: z.object({ channelId, number: z.int() }),
    muteChanged: z.object({ channelId, mutedUntil: z.nullable(instant) }),
  },
  fleeting: {
    heads: z.object({ channels: z.array(channelHead) }),
    headsMoved: z.object({ channels: z.array(movedHead) }),
  },
  apply: (state, event) => {
    const { channelId } = event.body
    const before = state.reads[channelId] ?? { number: 0, mutedUntil: null }
    const after =
      event.kind === 'readMoved'
        ? { ...before, number: Math.max(before.number, event.body.number) }
        : { ...before, mutedUntil: event.body.mutedUntil }
    return { reads: { ...state.reads, [channelId]: after } }
  },
})
export type ReadState = z.infer<typeof readState>

/** What a person has not read of a channel, and whether it names them. */
export function unreadOf(head: ChannelHead, read: ReadState | undefined): { unread: number; mentioned: boolean } {
  const from = Math.max(head.readNumber, read?.number ?? 0)
  return { unread: Math.max(0, head.lastNumber - from), mentioned: head.mentionedNumber > from }
}

const contact = z.object({ id: uuid(), name: z.string(), blocked: z.boolean() })

export const inboxRoutes = defineRoutes('channels', {
  /** The channels of whoever asks, latest first; of one course when it is named. At most eight queries, however many they are. */
  list: route(
    'GET',
    '/channels',
    read(
      z.strictObject({
        courseId: z.optional(uuid()),
        show: z._default(z.enum(['all', 'unread']), 'all'),
        ...pageInput,
      }),
      pageOf(channelEntry),
    ),
  ),
  get: route('GET', '/channels/:channelId', read(z.strictObject({ channelId }), z.object({ entry: channelEntry }))),
  /**
   * Opens a talk with people: with one the talk the two already have, or a new one; with several, or with a title, a new
   * group. Who may write to whom is a rule: people of one course, never guests, nobody who shut the other out.
   */
  start: route(
    'POST',
    '/channels',
    write(
      z.strictObject({
        accountIds: z.array(accountId).check(z.minLength(1), z.maxLength(mostInGroup - 1)),
        title: z.optional(line(80)),
      }),
      z.object({ channelId }),
    ),
  ),
  /** A group's title, by who is in it; whether announcements may be answered, by who moderates. Throws `conflict`. */
  change: route(
    'PATCH',
    '/channels/:channelId',
    write(
      z.strictObject({ channelId, version, title: z.optional(line(80)), replies: z.optional(z.boolean()) }),
      z.object({ channel }),
    ),
  ),
  /**
   * Adds people to a group, by any who is in it; each must be somebody they may write to. Who is in it already stays. They
   * read all that was said. Throws `not-allowed`, `out-of-reach`, `blocked-by-you`, `talk-full`.
   */
  add: route(
    'POST',
    '/channels/:channelId/people',
    write(
      z.strictObject({ channelId, accountIds: z.array(accountId).check(z.minLength(1), z.maxLength(mostInGroup - 1)) }),
      z.object({ channel }),
    ),
  ),
  leave: route('POST', '/channels/:channelId/leave', write(z.strictObject({ channelId }), nothing)),
  /** Silences a channel for whoever asks: until a moment, for ever (`forEver`), or no longer (null). */
  mute: route(
    'PUT',
    '/channels/:channelId/mute',
    write(z.strictObject({ channelId, until: z.nullable(instant) }), nothing),
  ),
  /** Whom one may write to, by name. */
  contacts: route(
    'GET',
    '/me/contacts',
    read(z.strictObject({ q: z.optional(z.string().check(z.maxLength(80))), ...pageInput }), pageOf(contact)),
  ),
  /** Whom one has shut out. */
  blocks: route('GET', '/me/blocks', read(z.strictObject({ ...pageInput }), pageOf(channelPerson))),
  /** Shuts somebody out: they can't write to one alone any more. Staff stay in reach of who they teach. */
  block: route('POST', '/me/blocks', write(z.strictObject({ accountId }), nothing)),
  unblock: route('DELETE', '/me/blocks/:accountId', write(z.strictObject({ accountId }), nothing)),
})
