// Tells the course home about glossaries: how they look, where they lead, how one is added. Called once by main.
import { BookA } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'

export function startGlossaries(): void {
  registerItemKind('glossary', {
    icon: BookA,
    label: 'glossaries.glossary',
    path: ({ courseId, refId }) => pathTo('glossary', { courseId, glossaryId: refId }),
  })
  registerItemAdder({
    kind: 'glossary',
    label: 'glossaries.glossary',
    icon: BookA,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewGlossaryDialog.tsx')).NewGlossaryDialog),
  })
}
