// For an address that no page has.
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'

/** Says so and shows the way home. */
export function NotFoundPage() {
  return (
    <div class="stack">
      <PageHeader title={t('app.notFoundTitle')} lead={t('app.notFoundDetail')} />
      <div>
        <ButtonLink href={pathTo('today')}>{t('app.goToToday')}</ButtonLink>
      </div>
    </div>
  )
}
