// Tells the course home about links: how they look, where they lead, how one is added. Called once by main.
import { ExternalLink } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'

export function startLinks(): void {
  registerItemKind('link', {
    icon: ExternalLink,
    label: 'links.link',
    path: ({ courseId, refId }) => pathTo('link', { courseId, linkId: refId }),
    detail: ({ detail: { host } }) => (typeof host === 'string' ? host : undefined),
  })
  registerItemAdder({
    kind: 'link',
    label: 'links.link',
    icon: ExternalLink,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewLinkDialog.tsx')).NewLinkDialog),
  })
}
