// What a notification says and where it leads. Pure.
import {
  Accessibility,
  AtSign,
  Award,
  CalendarClock,
  ChartNoAxesColumn,
  CircleCheck,
  Download,
  GraduationCap,
  Megaphone,
  MessageCircleReply,
  NotebookPen,
  UserRoundX,
} from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import type { Notification, NotificationKind } from '#protocol/notifications.ts'

export const kindIcons: Readonly<Record<NotificationKind, LucideIcon>> = {
  mention: AtSign,
  reply: MessageCircleReply,
  answer: MessageCircleReply,
  accepted: CircleCheck,
  announcement: Megaphone,
  homework: NotebookPen,
  due: CalendarClock,
  result: ChartNoAxesColumn,
  enrolled: GraduationCap,
  completed: Award,
  export: Download,
  erasure: UserRoundX,
  findings: Accessibility,
}

/** What the settings call each kind. */
export const kindNames: Readonly<Record<NotificationKind, PlainTextKey>> = {
  mention: 'notifications.kindMention',
  reply: 'notifications.kindReply',
  answer: 'notifications.kindAnswer',
  accepted: 'notifications.kindAccepted',
  announcement: 'notifications.kindAnnouncement',
  homework: 'notifications.kindHomework',
  due: 'notifications.kindDue',
  result: 'notifications.kindResult',
  enrolled: 'notifications.kindEnrolled',
  completed: 'notifications.kindCompleted',
  export: 'notifications.kindExport',
  erasure: 'notifications.kindErasure',
  findings: 'notifications.kindFindings',
}

const many = {
  mention: 'notifications.mentions',
  reply: 'notifications.replies',
  answer: 'notifications.answers',
} as const

/** What happened: "3 replies", "Ada mentioned you". */
export function happened({ kind, count, name, place }: Notification): string {
  if (place.at === 'assignment' && (kind === 'homework' || kind === 'due'))
    return t(kind === 'due' ? 'notifications.assignmentDue' : 'notifications.assignment')
  if (kind !== 'mention' && kind !== 'reply' && kind !== 'answer') return t(`notifications.${kind}`)
  if (count > 1) return t(many[kind], { count })
  return name === null ? t(`notifications.${kind}Unnamed`) : t(`notifications.${kind}`, { name })
}

/** About what, and in which course. */
export function about({ title, course, kind }: Notification): string {
  if (!course || course.title === title || kind === 'enrolled') return title
  return t('notifications.inCourse', { title, course: course.title })
}

/** The exact place. `personId` is the reader's. */
export function pathOf({ place, course }: Notification, personId: string): string {
  const courseId = course?.id
  switch (place.at) {
    case 'topic':
      return courseId ? pathTo('topic', { courseId, topicId: place.topicId }, { at: place.number }) : pathTo('inbox')
    case 'channel':
      if (courseId && place.runId === null && place.form !== 'direct')
        return pathTo(place.form, { courseId }, { at: place.number })
      return pathTo('talk', { channelId: place.channelId }, { at: place.number })
    case 'homework':
      return pathTo('homework', { deliveryId: place.deliveryId })
    case 'assignment':
      return courseId ? pathTo('assignment', { courseId, assignmentId: place.assignmentId }) : pathTo('today')
    case 'grade':
      return courseId
        ? pathTo('grade', { courseId, gradeItemId: place.gradeItemId, accountId: personId })
        : pathTo('today')
    case 'data':
      return `${pathTo('sessions')}#data`
    case 'erasures':
      return pathTo('privacy')
    case 'course':
      return courseId ? pathTo('course', { courseId }) : pathTo('courses')
    case 'findings':
      return pathTo('findingsRequest', { requestId: place.requestId })
  }
}
