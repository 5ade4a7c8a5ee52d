// Tells the course home about headings, which courses own themselves. Called once by main.
import { Heading } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { headingKind } from '#protocol/courses.ts'
import { registerItemAdder, registerItemKind } from './registry.ts'

export function startHeadings(): void {
  registerItemKind(headingKind, { icon: Heading, label: 'courses.heading', path: () => undefined })
  registerItemAdder({
    kind: headingKind,
    label: 'courses.heading',
    icon: Heading,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./HeadingDialog.tsx')).NewHeadingDialog),
  })
}
