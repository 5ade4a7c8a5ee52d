// Tells the course home about lessons: how they look, where they lead, how one is added. Called once by main.
import { Waypoints } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'

export function startLessons(): void {
  registerItemKind('lesson', {
    icon: Waypoints,
    label: 'lessons.lesson',
    path: ({ courseId, refId }) => pathTo('lesson', { courseId, lessonId: refId }),
    detail: ({ detail: { pages } }) =>
      typeof pages === 'number' ? t('lessons.pageCount', { count: pages }) : undefined,
  })
  registerItemAdder({
    kind: 'lesson',
    label: 'lessons.lesson',
    icon: Waypoints,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewLessonDialog.tsx')).NewLessonDialog),
  })
}
