// On a person's page, for administrators: how the account stands and what can be done with it.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import type { Profile } from '#protocol/accounts/profile.ts'
import { type Act, actsWith } from './acts.ts'
import { type Doing, PersonDialogs } from './PersonDialogs.tsx'
import { StateBadges } from './StateBadges.tsx'
import { roleWord } from './words.ts'
import './people.css'

/** As the list of people has it: found by the address, which is one person's alone, else by the name. */
const find = ({ accountId, email, name }: Profile) =>
  request(peopleRoutes.people, { search: (email ?? name).slice(0, 100), limit: 200 }).then(({ items }) => ({
    person: items.find(one => one.accountId === accountId),
  }))

interface OfAccountProps {
  readonly profile: Profile
  /** Another one means that somebody changed something of the account. */
  readonly turn: number
}

export function OfAccount({ profile, turn }: OfAccountProps) {
  const { route: go } = useLocation()
  const [doing, setDoing] = useState<Doing>()
  const loaded = useLoad(`account ${profile.accountId}`, () => find(profile))
  const { value, problem, reload } = loaded
  useReload(loaded, turn)
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
  const acts = { onDoing: setDoing, onChanged: reload, go }
  const all = actsWith(person, acts)
  const shuts = all.filter(one => one.sort === 'shut')
  const ends = all.filter(one => one.sort === 'end')
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
      <ActList acts={all.filter(one => one.sort === 'help')} />
      {shuts.length > 0 && (
        <div class="stack-tight account-part">
          <h3>{t('people.wrongHands')}</h3>
          <p class="muted">{t(person.state === 'suspended' ? 'people.wrongHandsShut' : 'people.wrongHandsLead')}</p>
          <ActList acts={shuts} />
        </div>
      )}
      {ends.length > 0 && (
        <div class="stack-tight account-part">
          <h3>{t('people.forGood')}</h3>
          <ActList acts={ends} />
        </div>
      )}
      <PersonDialogs doing={doing} acts={acts} onClose={() => setDoing(undefined)} onDone={done} />
    </Section>
  )
}

/** What each act does and leaves, before it is chosen. */
function ActList({ acts }: { readonly acts: readonly Act[] }) {
  return (
    <ul class="card account-acts" data-flush>
      {acts.map(({ label, lead, icon, sort, onSelect }) => (
        <li key={label} class="account-act">
          <p>{lead}</p>
          <Button icon={icon} kind={sort === 'end' ? 'danger' : undefined} onClick={onSelect}>
            {label}
          </Button>
        </li>
      ))}
    </ul>
  )
}
