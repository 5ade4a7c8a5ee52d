// What a hit is called, how it looks and where it leads: to the very place the words stand in.
import {
  BookA,
  BookOpen,
  CircleUser,
  FileQuestion,
  FileText,
  Megaphone,
  MessageCircle,
  MessagesSquare,
  NotebookPen,
  Paperclip,
  Waypoints,
} from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { audienceIn } from '#client/features/courses/mine.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import { headingKind } from '#protocol/courses.ts'
import type { Hit, Piece } from '#protocol/search.ts'

/** A text that was told in pieces. */
export const wordsOf = (pieces: readonly Piece[]): string => pieces.map(one => one.text).join('')

const icons = {
  course: BookOpen,
  item: FileQuestion,
  page: FileText,
  entry: BookA,
  'lesson-page': Waypoints,
  file: Paperclip,
  note: NotebookPen,
  person: CircleUser,
  topic: MessagesSquare,
  post: MessagesSquare,
  message: MessageCircle,
} as const satisfies { readonly [K in Hit['kind']]: LucideIcon }

export function iconOf(hit: Hit): LucideIcon {
  if (hit.kind === 'item') return itemKind(hit.item.kind)?.icon ?? icons.item
  return hit.kind === 'message' && hit.channel.form === 'announcements' ? Megaphone : icons[hit.kind]
}

/** What kind of thing it is, in words. */
export function kindOf(hit: Hit): string {
  switch (hit.kind) {
    case 'course':
      return t('search.kindCourse')
    case 'item': {
      const kind = itemKind(hit.item.kind)
      return kind ? t(kind.label) : t('search.kindItem')
    }
    case 'page':
      return t('search.kindPage')
    case 'entry':
      return t('search.kindEntry')
    case 'lesson-page':
      return t('search.kindLessonPage')
    case 'file':
      return t('search.kindFile')
    case 'note':
      return t('search.kindNote')
    case 'person':
      return t('search.kindPerson')
    case 'topic':
      return t('search.kindTopic')
    case 'post':
      return t('search.kindPost', { topic: hit.topic.title })
    case 'message':
      if (hit.channel.form === 'direct') return hit.channel.title || t('search.kindDirect')
      if (hit.channel.form === 'announcements') return t('search.kindAnnouncement')
      return hit.channel.title || t('search.kindMessage')
  }
}

/** The address; undefined where there is none for this reader. */
export function pathOf(hit: Hit): string | undefined {
  const courseId = hit.course?.id
  if (hit.kind === 'message') {
    const { id: channelId, form, ofCourse } = hit.channel
    if (courseId && ofCourse && (form === 'chat' || form === 'announcements'))
      return pathTo(form, { courseId }, { at: hit.number })
    return pathTo('talk', { channelId }, { at: hit.number })
  }
  if (!courseId) return undefined
  switch (hit.kind) {
    case 'course':
      return pathTo('course', { courseId })
    case 'item':
      // A heading opens nothing: it is found where it stands.
      if (hit.item.kind === headingKind) return pathTo('course', { courseId })
      return itemKind(hit.item.kind)?.path({ courseId, ...hit.item }, audienceIn(courseId))
    case 'page':
      return pathTo('page', { courseId, pageId: hit.id })
    case 'entry':
      return pathTo('glossaryEntry', { courseId, glossaryId: hit.glossaryId, entryId: hit.id })
    case 'lesson-page':
      return pathTo('lesson', { courseId, lessonId: hit.lessonId })
    case 'file':
      return pathTo('file', { courseId, fileId: hit.id })
    case 'note':
      return pathTo('note', { courseId, noteId: hit.id })
    case 'person':
      return pathTo('people', { courseId }, { search: wordsOf(hit.title) })
    case 'topic':
      return pathTo('topic', { courseId, topicId: hit.id })
    case 'post':
      return pathTo('topic', { courseId, topicId: hit.topic.id }, { at: hit.number })
  }
}
