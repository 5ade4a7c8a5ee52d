// Tells the course home about its forum, and how much is new there. Called once by main.
import { MessageCircleQuestion, MessagesSquare } from 'lucide-preact'
import { registerPaletteSource } from '#client/app/palette/registry.ts'
import { pathTo } from '#client/app/paths.ts'
import { openCourse } from '#client/features/courses/palette.ts'
import { registerCourseLink, registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Unread } from '#client/ui/Unread.tsx'
import { inCourse } from '../inbox.ts'
import { NewForumDialog } from './NewForumDialog.tsx'

function Count({ courseId }: { readonly courseId: string }) {
  const standing = inCourse(courseId, 'forum')
  const count = standing?.posts ?? 0
  return <Unread count={count} words={t('channels.unread', { count })} tone={standing?.muted ? 'muted' : undefined} />
}

/** Registers the forum of a course with its home and the palette, and begins to follow what is new there. To be called once. */
export function startForum(): void {
  registerPaletteSource({
    name: 'ask',
    group: 'act',
    list: where => {
      const course = openCourse(where)
      if (!course) return []
      return [
        {
          key: `ask in ${course.courseId}`,
          label: t('palette.askQuestion', { course: course.title }),
          icon: MessageCircleQuestion,
          does: { go: pathTo('forum', { courseId: course.courseId }, { new: 1 }) },
        },
      ]
    },
  })
  registerItemKind('forum', {
    icon: MessagesSquare,
    label: 'forum.title',
    path: ({ courseId, refId }) => pathTo('placedForum', { courseId, forumId: refId }),
  })
  registerItemAdder({
    kind: 'forum',
    label: 'forum.title',
    icon: MessagesSquare,
    capability: 'content.change',
    Dialog: NewForumDialog,
  })
  registerCourseLink({
    name: 'forum',
    order: 2,
    label: 'forum.title',
    icon: MessageCircleQuestion,
    capability: 'course.view',
    path: courseId => pathTo('forum', { courseId }),
    Count,
  })
}
