// The sums over everything. Each leads to the rows it is the sum of.
import { t } from '#client/platform/texts.ts'
import { Figures } from '#client/ui/Figures.tsx'
import type { OverviewPicture } from '#protocol/overview.ts'

/** Moves to the part of the page a sum is made of. */
function goTo(id: string): void {
  const part = document.getElementById(id)
  part?.scrollIntoView({ block: 'start' })
  part?.focus({ preventScroll: true })
}

export function Tiles({ totals }: { readonly totals: OverviewPicture['totals'] }) {
  const tiles = [
    { label: t('overview.classes'), count: totals.rooms, rows: 'overview-classes' },
    { label: t('overview.people'), count: totals.connected, rows: 'overview-classes' },
    { label: t('overview.answers'), count: totals.answers, rows: 'overview-classes' },
    { label: t('overview.errors'), count: totals.faults, rows: 'overview-nodes', trouble: totals.faults > 0 },
    { label: t('overview.queue'), count: totals.queue, rows: 'overview-nodes' },
  ]
  return <Figures figures={tiles.map(({ rows, ...one }) => ({ ...one, onPress: () => goTo(rows) }))} />
}
