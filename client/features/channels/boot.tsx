// Tells the course home where its people talk, and keeps the figures of what is new. Called once by main.
import { Megaphone, MessagesSquare, PenLine } from 'lucide-preact'
import { registerFrameTool } from '#client/app/frame-tools.ts'
import { registerPaletteSource } from '#client/app/palette/registry.ts'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink, registerItemKind, registerPersonAct } from '#client/features/courses/registry.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { Unread } from '#client/ui/Unread.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import type { ChannelForm } from '#protocol/channels.ts'
import { inCourse, startInbox } from './inbox.ts'
import { hearUnsent } from './unsent.ts'

const counter = (form: ChannelForm) =>
  function Count({ courseId }: { readonly courseId: string }) {
    const standing = inCourse(courseId, form)
    const count = standing?.unread ?? 0
    const tone = standing?.mentioned ? 'strong' : standing?.muted ? 'muted' : undefined
    return <Unread count={count} words={t('channels.unread', { count })} tone={tone} />
  }

function ChatBeside({ courseId }: { readonly courseId: string }) {
  // Read when it is first opened: most visits to a course do without.
  const file = useLoad('course talk', () => import('./CourseTalk.tsx')).value
  return file ? <file.CourseTalk courseId={courseId} form="chat" /> : <Skeleton form="rows" />
}

/** In a chunk of its own: hardly anybody goes there. */
function BlockedSettings() {
  const file = useLoad('blocked way', () => import('./BlockedPage.tsx')).value
  return file ? <file.BlockedWay /> : null
}

/** Registers the channels of a course with its home, and begins to follow what is new in all of them. To be called once. */
export function startChannels(): void {
  startInbox()
  hearUnsent()
  registerFrameTool({ name: 'blocked', Settings: BlockedSettings })
  registerItemKind('announcements', {
    icon: Megaphone,
    label: 'channels.announcements',
    path: ({ courseId }) => pathTo('announcements', { courseId }),
  })
  registerPaletteSource({
    name: 'write',
    group: 'act',
    list: () => [
      {
        key: 'write a message',
        label: t('palette.writeMessage'),
        icon: PenLine,
        does: { go: pathTo('inbox', {}, { new: 1 }) },
      },
    ],
  })
  registerPersonAct({
    name: 'write',
    label: 'channels.writeTo',
    icon: PenLine,
    run: (accountId, go) => {
      request(inboxRoutes.start, { accountIds: [accountId as AccountId] }).then(
        ({ channelId }) => go(pathTo('talk', { channelId })),
        (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' }),
      )
    },
  })
  registerCourseLink({
    name: 'announcements',
    order: 4,
    label: 'channels.announcements',
    icon: Megaphone,
    capability: 'course.view',
    path: courseId => pathTo('announcements', { courseId }),
    Count: counter('announcements'),
  })
  registerCourseLink({
    name: 'chat',
    order: 3,
    label: 'channels.chat',
    icon: MessagesSquare,
    capability: 'course.view',
    path: courseId => pathTo('chat', { courseId }),
    Count: counter('chat'),
    Beside: ChatBeside,
  })
}
