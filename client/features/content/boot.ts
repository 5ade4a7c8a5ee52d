// Tells the course home about text pages: how they look, where they lead, how one is added. Called once by main.
import { FileText } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'

export function startContent(): void {
  registerItemKind('page', {
    icon: FileText,
    label: 'content.page',
    path: ({ courseId, refId }) => pathTo('page', { courseId, pageId: refId }),
    edit: ({ courseId, refId }) => pathTo('page', { courseId, pageId: refId }, { edit: '1' }),
  })
  registerItemAdder({
    kind: 'page',
    label: 'content.page',
    icon: FileText,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewPageDialog.tsx')).NewPageDialog),
  })
}
