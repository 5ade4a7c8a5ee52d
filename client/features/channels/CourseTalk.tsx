// The chat or the announcements of a course: finds the channel, and shows it in a pane beside the course or on its page.
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { ChannelEntry } from '#protocol/channels/inbox.ts'
import { ChatPane } from './ChatPane.tsx'
import { useCourseChannel } from './entries.ts'
import { useChannel } from './store.ts'
import { pathOf } from './titles.ts'

export type CourseForm = 'chat' | 'announcements'

/** In a pane: the channel alone. */
export function CourseTalk({ courseId, form }: { readonly courseId: string; readonly form: CourseForm }) {
  const { value, problem, reload } = useCourseChannel(courseId, form)
  if (problem && !value)
    return <ErrorState title={t('channels.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
  return value ? <Talk entry={value} /> : <Skeleton form="rows" />
}

/** Why this reader cannot write here, or null when they can. */
function muteOf(entry: ChannelEntry): string | null {
  if (entry.mayWrite || !entry.channel.open) return null
  if (entry.channel.form === 'announcements')
    return entry.channel.replies ? t('channels.onlyReplies') : t('channels.onlyStaff')
  return t('channels.notAllowed')
}

const emptyWords = {
  chat: { title: 'channels.emptyCourse', detail: 'channels.emptyCourseDetail' },
  announcements: { title: 'channels.emptyAnnouncements', detail: 'channels.emptyAnnouncementsDetail' },
  direct: { title: 'channels.empty', detail: 'channels.emptyDirect' },
  forum: { title: 'channels.empty', detail: 'channels.emptyDirect' },
} as const

/** One channel, for whoever may read it. */
export function Talk({ entry }: { readonly entry: ChannelEntry }) {
  const meId = person.value?.id ?? ''
  // A link to one message: /courses/:courseId/chat?at=12
  const at = Number(useLocation().query.at)
  const store = useChannel(entry.channel.id, meId)
  const state = store.scope.state.value
  const now = state ? { ...entry, channel: state.channel } : entry
  const { form } = entry.channel
  const words = emptyWords[form]
  const readers = form === 'announcements' && !entry.mayModerate
  return (
    <ChatPane
      store={store}
      meId={meId}
      soughtNumber={at > 0 ? at : undefined}
      linkTo={number => pathOf(entry, number)}
      mayModerate={entry.mayModerate}
      mute={muteOf(now)}
      hint={form === 'announcements' && entry.mayModerate ? t('channels.writeAnnouncement') : undefined}
      empty={{
        title: t(words.title),
        detail: readers ? t('channels.emptyAnnouncementsReader') : t(words.detail),
      }}
    />
  )
}
