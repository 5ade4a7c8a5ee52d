// Why somebody is out who was in a moment ago: on whatever page they land on without being signed in.
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { endedByAdministrator, letGo, shutOut } from './store.ts'

export function ShutOut() {
  if (shutOut.value) return <Banner tone="warn">{t('accounts.shutOut')}</Banner>
  if (endedByAdministrator.value) return <Banner tone="warn">{t('accounts.endedByAdministrator')}</Banner>
  return letGo.value ? <Banner tone="warn">{t('accounts.letGo')}</Banner> : null
}
