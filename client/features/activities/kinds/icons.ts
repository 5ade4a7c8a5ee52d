// The sign of each kind of activity, apart from its parts: the frame shows it and does without the rest.
import { ChartBar, Cloud, ListChecks, NotebookText } from 'lucide-preact'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import type { ActivityKindName } from '#protocol/activities/registry.ts'

export const kindIcons: Readonly<Record<ActivityKindName, LucideIcon>> = {
  quiz: ListChecks,
  poll: ChartBar,
  'word-cloud': Cloud,
  'open-text': NotebookText,
}
