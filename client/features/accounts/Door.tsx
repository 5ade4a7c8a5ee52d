// The frame of the pages before one is in: the name of the house, then the page's own words. No navigation.
import type { ComponentChildren } from 'preact'
import { Mark } from '#client/app/Mark.tsx'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import './accounts.css'

export function Door({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="door">
      <div class="door-card">
        <a class="door-brand" href={pathTo('today')}>
          <Mark />
          {t('app.name')}
        </a>
        {children}
      </div>
    </div>
  )
}
