// Tells the course home about assignments: how they look, when they are due, how one is added. Called once by main.
import { FileCheck2 } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { registerMarkedKind } from '#client/features/grades/marked.ts'
import { dueWords } from './words.ts'

export function startAssignments(): void {
  registerItemKind('assignment', {
    icon: FileCheck2,
    label: 'assignments.assignment',
    path: ({ courseId, refId }) => pathTo('assignment', { courseId, assignmentId: refId }),
    detail: ({ detail: { dueAt } }, courseId) => dueWords(courseId, typeof dueAt === 'string' ? dueAt : null),
  })
  registerMarkedKind('assignment', {
    path: ({ courseId, refId, accountId }) =>
      accountId === null
        ? pathTo('assignment', { courseId, assignmentId: refId })
        : pathTo('submission', { courseId, assignmentId: refId, accountId }),
    ...{ why: 'grades.markedWhy', from: 'grades.columnMarked' },
    ...{ open: 'grades.toAssignment', openAll: 'assignments.toSubmission' },
  })
  registerItemAdder({
    kind: 'assignment',
    label: 'assignments.assignment',
    icon: FileCheck2,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewAssignmentDialog.tsx')).NewAssignmentDialog),
  })
}
