// Tells the course home about its forum. Called once by main.
import { MessagesSquare } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'

export function startForum(): void {
  registerCourseLink({
    name: 'forum',
    label: 'forum.title',
    icon: MessagesSquare,
    capability: 'channel.read',
    path: courseId => pathTo('forum', { courseId }),
  })
}
