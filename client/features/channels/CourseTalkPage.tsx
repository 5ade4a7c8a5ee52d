// The chat and the announcements of a course on pages of their own: the whole height, with the way back.
import type { ComponentChildren } from 'preact'
import { courses } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import type { MenuItem } from '#client/ui/Menu.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { type CourseForm, Talk } from './CourseTalk.tsx'
import { useCourseChannel } from './entries.ts'
import { TalkFrame } from './TalkFrame.tsx'

/** /courses/:courseId/chat */
export const ChatPage = ({ params }: PageProps<'chat'>) => <CoursePart courseId={params.courseId} form="chat" />

/** /courses/:courseId/announcements */
export const AnnouncementsPage = ({ params }: PageProps<'announcements'>) => (
  <CoursePart courseId={params.courseId} form="announcements" />
)

function CoursePart({ courseId, form }: { readonly courseId: string; readonly form: CourseForm }) {
  const title = t(`channels.${form}`)
  const course = courses.value.find(one => one.id === courseId)
  usePageTitle(course ? t('channels.titleOf', { title, course: course.title }) : title)
  const { value, problem, reload } = useCourseChannel(courseId, form)
  let content: ComponentChildren
  if (problem && !value)
    content = (
      <ErrorState
        title={t('channels.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  else content = value ? <Talk entry={value} /> : <Skeleton form="rows" />
  const replies: MenuItem[] =
    value?.mayModerate && form === 'announcements'
      ? [
          {
            label: t('channels.allowReplies'),
            checked: value.channel.replies,
            onSelect: () => {
              const { id: channelId, version, replies } = value.channel
              request(inboxRoutes.change, { channelId, version, replies: !replies }).then(reload, (error: unknown) =>
                showToast({ text: problemWords(error), tone: 'bad' }),
              )
            },
          },
        ]
      : []
  return (
    <TalkFrame
      title={title}
      parent={{
        label: course?.title ?? value?.place?.title ?? t('app.courseTitle'),
        href: pathTo('course', { courseId }),
      }}
      entry={value}
      onChanged={reload}
      more={replies}
    >
      {content}
    </TalkFrame>
  )
}
