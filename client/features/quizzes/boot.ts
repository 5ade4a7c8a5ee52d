// Tells the course home about homework. Called once by main.
import { NotebookPen } from 'lucide-preact'
import { h } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { registerItemKind } from '#client/features/courses/registry.ts'
import { HomeworkLine } from './HomeworkLine.tsx'

/** Registers homework with the course home. To be called once. */
export function startQuizzes(): void {
  registerItemKind('homework', {
    icon: NotebookPen,
    label: 'activities.homework',
    path: ({ refId }) => pathTo('homework', { deliveryId: refId }),
    detail: (item, courseId, audience) => h(HomeworkLine, { item, courseId, staff: audience === 'staff' }),
  })
}
