// The columns of the list of people, and what the menu of each offers.
import { UserRound } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import type { Column } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { SitePerson } from '#protocol/accounts/people.ts'
import { type Acts, menuWith } from './acts.ts'
import { StateBadges } from './StateBadges.tsx'
import { roleWord, stateWord } from './words.ts'

/** What can be done with somebody, behind three dots. */
export function PersonMenu({ person, acts }: { readonly person: SitePerson; readonly acts: Acts }) {
  return (
    <Menu
      label={t('people.menu', { name: person.name })}
      items={[
        { label: t('people.openProfile'), icon: UserRound, onSelect: () => acts.go(pathTo('person', person)) },
        ...menuWith(person, acts),
      ]}
    />
  )
}

/** The server sorts; a page that is shown is not sorted anew. */
export function columnsOf(acts: Acts): Column<SitePerson>[] {
  return [
    {
      key: 'name',
      head: t('people.name'),
      value: one => one.name,
      rowHead: true,
      cell: one => (
        <span class="site-person">
          <Avatar name={one.name} seed={one.accountId} size={24} />
          <Link quiet href={pathTo('person', { accountId: one.accountId })}>
            {one.name}
          </Link>
        </span>
      ),
    },
    {
      key: 'email',
      head: t('people.email'),
      value: one => one.email,
      cell: one =>
        one.email === null ? (
          <span class="muted">–</span>
        ) : (
          <bdi class="site-person-email" title={one.email}>
            {one.email}
          </bdi>
        ),
    },
    {
      key: 'state',
      head: t('people.state'),
      value: one => stateWord(one.state),
      cell: one => <StateBadges person={one} />,
    },
    { key: 'role', head: t('people.role'), value: one => roleWord(one.siteRole) },
    {
      key: 'seen',
      head: t('people.seen'),
      value: one => one.lastSeenAt,
      cell: one => (one.lastSeenAt ? <Time at={one.lastSeenAt} /> : <span class="muted">{t('people.never')}</span>),
    },
    {
      key: 'menu',
      head: t('people.acts'),
      value: () => '',
      cell: one => <PersonMenu person={one} acts={acts} />,
    },
  ]
}
