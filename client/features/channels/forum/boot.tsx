// Tells the course home about its forum, and how much is new there. Called once by main.
import { MessageCircleQuestion } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Unread } from '#client/ui/Unread.tsx'
import { inCourse } from '../inbox.ts'

function Count({ courseId }: { readonly courseId: string }) {
  const standing = inCourse(courseId, 'forum')
  const count = standing?.posts ?? 0
  return <Unread count={count} words={t('channels.unread', { count })} tone={standing?.muted ? 'muted' : undefined} />
}

export function startForum(): void {
  registerCourseLink({
    name: 'forum',
    label: 'forum.title',
    icon: MessageCircleQuestion,
    capability: 'course.view',
    path: courseId => pathTo('forum', { courseId }),
    Count,
  })
}
