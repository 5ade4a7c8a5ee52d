// Notifications on the wire: what happened that concerns one person, said once, grouped while it is unread. What a
// person may no longer see is not listed. Each kind can be silenced.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, nothing, uuid } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'

export const notificationId = idSchema<'Notification'>()
export type NotificationId = z.infer<typeof notificationId>

export const notificationKinds = [
  'mention',
  'reply',
  'answer',
  'accepted',
  'announcement',
  'homework',
  'due',
  'result',
  'enrolled',
  'completed',
  'export',
  'erasure',
  'findings',
] as const
export const notificationKind = z.enum(notificationKinds)
export type NotificationKind = z.infer<typeof notificationKind>

/** Where it leads. */
export const notificationPlace = z.discriminatedUnion('at', [
  /** `number` is the message's in its channel. */
  z.object({ at: z.literal('topic'), topicId: uuid(), messageId: uuid(), number: z.int() }),
  /** `form` and `runId` say which page shows the channel. */
  z.object({
    at: z.literal('channel'),
    channelId: uuid(),
    form: z.enum(['chat', 'announcements', 'direct']),
    runId: z.nullable(uuid()),
    number: z.int(),
  }),
  z.object({ at: z.literal('homework'), deliveryId: uuid() }),
  z.object({ at: z.literal('assignment'), assignmentId: uuid() }),
  z.object({ at: z.literal('grade'), gradeItemId: uuid() }),
  z.object({ at: z.literal('course') }),
  /** One's own data, on one's own page. */
  z.object({ at: z.literal('data') }),
  /** Where administrators decide who is erased. */
  z.object({ at: z.literal('erasures') }),
  /** What a person was asked to mend. */
  z.object({ at: z.literal('findings'), requestId: uuid() }),
])
export type NotificationPlace = z.infer<typeof notificationPlace>

export const notification = z.object({
  id: notificationId,
  kind: notificationKind,
  /** How many of its kind came there since it was last read. */
  count: z.int(),
  /** When the latest came. */
  at: instant,
  readAt: z.nullable(instant),
  /** Who did it; null where nobody did, or they wrote without a name. */
  name: z.nullable(z.string()),
  /** What it is about: the topic, the homework, the announcement, the channel. */
  title: z.string(),
  /** Null for talk outside of courses. */
  course: z.nullable(z.object({ id: uuid(), title: z.string() })),
  place: notificationPlace,
})
export type Notification = z.infer<typeof notification>

const changed = z.object({ unread: z.int() })

/**
 * One person's own audience: how many notifications they have not read. Each event is a reason to read the list; it is
 * unsigned, because some tell of what was written without a name.
 */
export const notificationsScope = defineScope({
  name: 'notifications',
  unsigned: true,
  state: changed,
  feeds: { notificationsChanged: changed },
  fleeting: {},
  apply: (_state, event) => ({ unread: event.body.unread }),
})

/** How often unread ones come by mail: never, in the morning, or gathered over some minutes and never at night. */
export const mailRhythms = ['off', 'daily', 'soon'] as const
export const mailRhythm = z.enum(mailRhythms)
export type MailRhythm = z.infer<typeof mailRhythm>

/** The secret in the link of a mail by which its reader ends such mails, without signing in. */
const leaveToken = z.string().check(z.regex(/^[\w-]{60,200}$/))

const silenced = z.object({ silenced: z.array(notificationKind) })

export const notificationRoutes = defineRoutes('notifications', {
  /** The latest first. What one may no longer see is left out, so a page may hold fewer than asked for. */
  list: route(
    'GET',
    '/notifications',
    read(z.strictObject({ show: z._default(z.enum(['all', 'unread']), 'all'), ...pageInput }), pageOf(notification)),
  ),
  markRead: route('POST', '/notifications/:notificationId/read', write(z.strictObject({ notificationId }), nothing)),
  /** What came until now; answers how many were unread. */
  markAllRead: route('POST', '/notifications/read', write(nothing, z.object({ read: z.int() }))),
  getSettings: route('GET', '/notifications/settings', read(nothing, silenced)),
  changeSettings: route(
    'PUT',
    '/notifications/settings',
    write(
      z.strictObject({ silenced: z.array(notificationKind).check(z.maxLength(notificationKinds.length)) }),
      nothing,
    ),
  ),
  /** `setUp`: mail leaves from here at all. */
  getMail: route('GET', '/notifications/mail', read(nothing, z.object({ rhythm: mailRhythm, setUp: z.boolean() }))),
  changeMail: route('PUT', '/notifications/mail', write(z.strictObject({ rhythm: mailRhythm }), nothing)),
  /**
   * Ends the mails of whoever holds the link, and answers how often they came; by the same link they come again. Mail
   * programs post to it (RFC 8058), with a form that says nothing more.
   */
  leaveMail: route(
    'POST',
    '/notifications/mail/leave/:token',
    write(
      z.strictObject({ token: leaveToken, rhythm: z._default(mailRhythm, 'off') }),
      z.object({ before: mailRhythm }),
      'anyone',
    ),
  ),
})
