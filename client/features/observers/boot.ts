// Leads observers to those whom they observe, and shows on everybody's own page who observes them. Called once by main.
import { effect } from '@preact/signals'
import { Eye } from 'lucide-preact'
import { person, setOwnPlaces } from '#client/app/frame.ts'
import { registerFrameTool } from '#client/app/frame-tools.ts'
import { pathTo } from '#client/app/paths.ts'
import { previewed } from '#client/platform/preview.ts'
import { listObserved, observedTurn } from './store.ts'
import { WhoObserves } from './WhoObserves.tsx'

const show = (observes: boolean) =>
  setOwnPlaces('observers', observes ? [{ label: 'observers.place', href: pathTo('observed'), icon: Eye }] : [])

export function startObservers(): void {
  registerFrameTool({ name: 'observers', Settings: WhoObserves })
  if (previewed) return
  let of: string | undefined
  effect(() => {
    const who = person.value
    // 0 for whom nothing of the kind was ever told: they are not asked about.
    const turn = !who || who.guest ? undefined : observedTurn()
    if (of !== who?.id) show(false)
    of = who?.id
    if (!turn) return
    // Without an answer the place is as it was; the page says by itself what it could not read.
    listObserved(undefined, 1).then(
      ({ items }) => of === who?.id && show(items.length > 0),
      () => undefined,
    )
  })
}
