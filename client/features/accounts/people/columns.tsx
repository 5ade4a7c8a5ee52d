// The columns of the list of people, and what the menu of each offers.
import {
  Baby,
  Ban,
  Eye,
  FileArchive,
  Glasses,
  KeyRound,
  Merge,
  RotateCcw,
  ScrollText,
  Shield,
  ShieldOff,
  Trash2,
  UserRound,
} from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { Column } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { privacyRoutes } from '#protocol/privacy.ts'
import { me } from '../store.ts'
import type { Doing } from './SitePeoplePage.tsx'
import { roleWord, stateWord } from './words.ts'

interface Acts {
  readonly onDoing: (doing: Doing) => void
  readonly onChanged: () => void
  readonly go: (path: string) => void
}

async function attempt(acts: Acts, act: () => Promise<unknown>, done?: () => void): Promise<void> {
  try {
    await act()
    done?.()
    acts.onChanged()
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
  }
}

const reactivate = (acts: Acts, { accountId, name }: SitePerson) =>
  attempt(
    acts,
    () => request(accountRoutes.reactivate, { accountId }),
    () => showToast({ text: t('people.reactivated', { name }) }),
  )

const suspend = (acts: Acts, person: SitePerson) =>
  attempt(
    acts,
    () => request(accountRoutes.suspend, { accountId: person.accountId }),
    () =>
      showToast({
        text: t('people.nowSuspended', { name: person.name }),
        onUndo: () => void reactivate(acts, person),
      }),
  )

const changeMinor = (acts: Acts, { accountId, name }: SitePerson, minor: boolean) =>
  attempt(
    acts,
    () => request(peopleRoutes.changeMinor, { accountId, minor }),
    () => showToast({ text: t(minor ? 'people.nowMinor' : 'people.nowNoMinor', { name }) }),
  )

const copy = (acts: Acts, { accountId, name }: SitePerson) =>
  attempt(
    acts,
    () => request(privacyRoutes.startExportFor, { accountId }),
    () => showToast({ text: t('privacy.copyForDone', { name }) }),
  )

function itemsFor(person: SitePerson, acts: Acts): MenuItem[] {
  const open = { label: t('people.openProfile'), icon: UserRound, onSelect: () => acts.go(pathTo('person', person)) }
  const trail = {
    label: t('audit.about'),
    icon: ScrollText,
    onSelect: () => acts.go(pathTo('audit', {}, { about: person.accountId })),
  }
  if (person.accountId === me.value?.id) return [open, trail]
  const member = person.kind === 'member'
  const suspended = person.state === 'suspended'
  const administrator = person.siteRole === 'administrator'
  return [
    open,
    trail,
    ...(member && !suspended && !administrator
      ? [{ label: t('preview.seeAs'), icon: Glasses, onSelect: () => acts.onDoing({ what: 'see', person }) }]
      : []),
    ...(member && !suspended && !administrator
      ? [{ label: t('observers.manage'), icon: Eye, onSelect: () => acts.onDoing({ what: 'observers', person }) }]
      : []),
    ...(member && !suspended
      ? [{ label: t('people.makeLink'), icon: KeyRound, onSelect: () => acts.onDoing({ what: 'link', person }) }]
      : []),
    ...(member
      ? [
          {
            label: t(administrator ? 'people.makeMember' : 'people.makeAdministrator'),
            icon: administrator ? ShieldOff : Shield,
            onSelect: () => acts.onDoing({ what: 'role', person }),
          },
        ]
      : []),
    ...(member
      ? [
          {
            label: t(person.minor ? 'people.noMinor' : 'people.makeMinor'),
            icon: Baby,
            onSelect: () => void changeMinor(acts, person, !person.minor),
          },
        ]
      : []),
    { label: t('people.merge'), icon: Merge, onSelect: () => acts.onDoing({ what: 'merge', person }) },
    { label: t('privacy.copyFor'), icon: FileArchive, onSelect: () => void copy(acts, person) },
    'line',
    suspended
      ? { label: t('people.reactivate'), icon: RotateCcw, onSelect: () => void reactivate(acts, person) }
      : { label: t('people.suspend'), icon: Ban, onSelect: () => void suspend(acts, person) },
    {
      label: t('people.erase'),
      icon: Trash2,
      kind: 'danger',
      onSelect: () => acts.onDoing({ what: 'erase', person }),
    },
  ]
}

const tones = { active: 'good', waiting: 'neutral', suspended: 'bad' } as const

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
      cell: one => (
        <span class="cluster">
          <Badge tone={tones[one.state]}>{stateWord(one.state)}</Badge>
          {one.minor && <Badge>{t('people.minor')}</Badge>}
        </span>
      ),
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
      cell: one => <Menu label={t('people.menu', { name: one.name })} items={itemsFor(one, acts)} />,
    },
  ]
}
