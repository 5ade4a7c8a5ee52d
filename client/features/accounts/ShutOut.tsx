// Why somebody is out who was in a moment ago: on whatever page they land on without being signed in.
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { shutOut } from './store.ts'

export function ShutOut() {
  return shutOut.value ? <Banner tone="warn">{t('accounts.shutOut')}</Banner> : null
}
