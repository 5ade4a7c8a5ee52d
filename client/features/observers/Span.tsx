// Since when somebody observes, as what, and until when if an end was set.
import { t } from '#client/platform/texts.ts'
import { Time } from '#client/ui/Time.tsx'
import type { Observer } from '#protocol/observers.ts'
import { kindWord } from './store.ts'

export function Span({ one }: { readonly one: Pick<Observer, 'kind' | 'since' | 'until'> }) {
  return (
    <>
      {kindWord(one.kind)} · {t('observers.since')} <Time at={one.since} form="day" />
      {one.until && (
        <>
          {' · '}
          {t('observers.until')} <Time at={one.until} form="day" />
        </>
      )}
    </>
  )
}
