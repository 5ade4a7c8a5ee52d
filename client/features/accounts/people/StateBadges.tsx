// How an account stands, as badges.
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import type { SitePerson } from '#protocol/accounts/people.ts'
import { stateWord } from './words.ts'

const tones = { active: 'good', waiting: 'neutral', suspended: 'bad' } as const

export function StateBadges({ person }: { readonly person: Pick<SitePerson, 'state' | 'minor'> }) {
  return (
    <span class="cluster">
      <Badge tone={tones[person.state]}>{stateWord(person.state)}</Badge>
      {person.minor && <Badge>{t('people.minor')}</Badge>}
    </span>
  )
}
