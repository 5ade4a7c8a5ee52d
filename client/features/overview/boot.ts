// Gives those who manage the site or teach a way to what is live now. Called once by main.
import { computed, effect } from '@preact/signals'
import { Activity } from 'lucide-preact'
import { setOwnPlaces } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { myRoles } from '#client/features/courses/mine.ts'

export function startOverview(): void {
  const looks = computed(
    () =>
      me.value?.siteRole === 'administrator' ||
      [...myRoles.value.values()].some(role => role === 'instructor' || role === 'assistant'),
  )
  effect(() => {
    setOwnPlaces('overview', looks.value ? [{ label: 'overview.title', href: pathTo('overview'), icon: Activity }] : [])
  })
}
