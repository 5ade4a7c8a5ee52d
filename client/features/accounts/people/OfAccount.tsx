// On a person's page, for administrators: how the account stands and what can be done with it.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import type { Profile } from '#protocol/accounts/profile.ts'
import { actsWith } from './acts.ts'
import { type Doing, PersonDialogs } from './PersonDialogs.tsx'
import { StateBadges } from './StateBadges.tsx'
import { roleWord } from './words.ts'

/** As the list of people has it: found by the address, which is one person's alone, else by the name. */
const find = ({ accountId, email, name }: Profile) =>
  request(peopleRoutes.people, { search: (email ?? name).slice(0, 100), limit: 200 }).then(({ items }) => ({
    person: items.find(one => one.accountId === accountId),
  }))

export function OfAccount({ profile }: { readonly profile: Profile }) {
  const { route: go } = useLocation()
  const [doing, setDoing] = useState<Doing>()
  const { value, problem, reload } = useLoad(`account ${profile.accountId}`, () => find(profile))
  if (!value)
    return problem ? (
      <ErrorState title={t('people.failed')} detail={problemWords(problem)} onRetry={reload} />
    ) : (
      <Skeleton form="rows" count={2} />
    )
  const { person } = value
  if (!person) return null
  const done = () => {
    setDoing(undefined)
    // Who was erased or merged has no page any more.
    if (doing?.what === 'erase' || doing?.what === 'merge') go(pathTo('sitePeople'))
    else reload()
  }
  return (
    <Section title={t('people.account')}>
      <dl class="profile-facts">
        <dt>{t('people.state')}</dt>
        <dd>
          <StateBadges person={person} />
        </dd>
        <dt>{t('people.role')}</dt>
        <dd>{roleWord(person.siteRole)}</dd>
        <dt>{t('people.seen')}</dt>
        <dd>{person.lastSeenAt ? <Time at={person.lastSeenAt} /> : t('people.never')}</dd>
      </dl>
      <div class="cluster">
        {actsWith(person, { onDoing: setDoing, onChanged: reload, go }).map(
          one =>
            one !== 'line' &&
            'onSelect' in one && (
              <Button
                key={one.label}
                icon={one.icon}
                kind={one.kind === 'danger' ? 'danger' : undefined}
                onClick={one.onSelect}
              >
                {one.label}
              </Button>
            ),
        )}
      </div>
      <PersonDialogs doing={doing} onClose={() => setDoing(undefined)} onDone={done} />
    </Section>
  )
}
