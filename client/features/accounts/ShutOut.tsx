// Why somebody is out who was in a moment ago: on whatever page they land on without being signed in.
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { out } from './store.ts'

const words: { readonly [W in NonNullable<typeof out.value>]: PlainTextKey } = {
  suspended: 'accounts.outSuspended',
  'signed-out': 'accounts.outByAdministrator',
  erased: 'accounts.outErased',
  elsewhere: 'accounts.outElsewhere',
}

export function ShutOut() {
  return out.value && <Banner tone="warn">{t(words[out.value])}</Banner>
}
