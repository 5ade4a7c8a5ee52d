// What is told to whom: pure figures and words of notifications.
import { filled, publicPages } from '#protocol/base/addresses.ts'
import { dayIn, inDays, instantIn } from '#protocol/base/days.ts'
import type { MailRhythm, Notification, NotificationKind } from '#protocol/notifications.ts'
import type { Texts } from '#protocol/texts/en/index.ts'
import type { Translate } from '#protocol/texts/text.ts'

/** People named in one job. */
export const peopleAJob = 1_000

/** People told in one transaction: an action writes to at most four scopes. */
export const peopleATurn = 4

/** How long a source is remembered, in days: longer than the log is kept and a job is tried. */
export const sourceDays = 60

/** How long before its due time homework is called to mind. */
export const remindMs = 86_400_000

/** When to call homework to mind; null when that has passed or nothing is due. */
export function remindAt(dueAt: Date | null, now: Date): Date | null {
  const at = dueAt && new Date(dueAt.getTime() - remindMs)
  return at && at > now ? at : null
}

/** How long something is news, in milliseconds. Heard of later, it stands in the list and is read already. */
const newsMs = 3 * 86_400_000

/** Whether what happened then may still ring. */
export const isNews = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < newsMs

/** A result that changed again is still one thing to look at; everything else is counted. */
export const counts = (kind: NotificationKind): boolean => kind !== 'result'

/** Mails leave by the clocks of the reader's zone between these; what comes at night waits for the morning. */
const morning = '07:00'
const evening = '22:00'
/** What comes within so many milliseconds goes into one mail. */
const gatherMs = 600_000
/** A mail tells of so many at most. */
export const mostInMail = 20

/** When the next mail leaves for somebody who just heard of something. */
export function mailTime(rhythm: Exclude<MailRhythm, 'off'>, zone: string, now: Date): Date {
  const at = (day: string, time: string) => new Date(instantIn(zone, day, time) ?? now)
  const today = dayIn(zone, now)
  const early = at(today, morning)
  const next = early > now ? early : at(dayIn(zone, inDays(zone, now, 1)), morning)
  const soon = new Date(now.getTime() + gatherMs)
  return rhythm === 'daily' || soon < early || soon >= at(today, evening) ? next : soon
}

const many = {
  mention: 'notifications.mentions',
  reply: 'notifications.replies',
  answer: 'notifications.answers',
} as const

/** What happened, for a mail: "3 replies", "Ada mentioned you". */
export function happenedIn(t: Translate<Texts>, { kind, count, name, place }: Notification): string {
  if (place.at === 'assignment' && (kind === 'homework' || kind === 'due'))
    return t(kind === 'due' ? 'notifications.assignmentDue' : 'notifications.assignment')
  if (kind !== 'mention' && kind !== 'reply' && kind !== 'answer') return t(`notifications.${kind}`)
  if (count > 1) return t(many[kind], { count })
  return name === null ? t(`notifications.${kind}Unnamed`) : t(`notifications.${kind}`, { name })
}

/** The page that shows what it is about, for a mail to `personId`: the place itself, as the tray leads to. */
export function pageOf({ place, course }: Notification, personId: string): string {
  const courseId = course?.id ?? ''
  const found = 'number' in place ? `?at=${place.number}` : ''
  switch (place.at) {
    case 'topic':
      return course ? filled(publicPages.topic, { courseId, topicId: place.topicId }) + found : publicPages.today
    case 'channel':
      if (course && place.runId === null && place.form !== 'direct')
        return filled(publicPages[place.form], { courseId }) + found
      return filled(publicPages.talk, { channelId: place.channelId }) + found
    case 'homework':
      return filled(publicPages.homework, { deliveryId: place.deliveryId })
    case 'assignment':
      return course ? filled(publicPages.assignment, { courseId, assignmentId: place.assignmentId }) : publicPages.today
    case 'grade':
      if (!course) return publicPages.today
      return filled(publicPages.grade, { courseId, gradeItemId: place.gradeItemId, accountId: personId })
    case 'course':
      return course ? filled(publicPages.course, { courseId }) : publicPages.today
    case 'data':
      return `${publicPages.sessions}#data`
    case 'erasures':
      return publicPages.privacy
    case 'findings':
      return filled(publicPages.findingsRequest, { requestId: place.requestId })
  }
}
