// What an administrator can do with an account: the same in the list of people and on the person's page. What can be taken
// back is, from its notice.
import {
  Baby,
  Ban,
  Eye,
  FileArchive,
  Glasses,
  KeyRound,
  LogOut,
  Merge,
  RotateCcw,
  ScrollText,
  Shield,
  ShieldOff,
  Trash2,
} from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { MenuItem } from '#client/ui/Menu.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { privacyRoutes } from '#protocol/privacy.ts'
import { me } from '../store.ts'
import type { Doing } from './PersonDialogs.tsx'

export interface Acts {
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

/** Each thing that can be done with an account, the grave ones last. With one's own, what was done with it alone. */
export function actsWith(person: SitePerson, acts: Acts): MenuItem[] {
  const trail = {
    label: t('people.trail'),
    icon: ScrollText,
    onSelect: () => acts.go(pathTo('audit', {}, { about: person.accountId })),
  }
  if (person.accountId === me.value?.id) return [trail]
  const member = person.kind === 'member'
  const suspended = person.state === 'suspended'
  const administrator = person.siteRole === 'administrator'
  return [
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
    ...(member && !suspended
      ? [{ label: t('people.signOut'), icon: LogOut, onSelect: () => acts.onDoing({ what: 'signOut', person }) }]
      : []),
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
