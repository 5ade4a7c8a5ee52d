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
import type { LucideIcon } from '#client/ui/Icon.tsx'
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

const suspend = ({ accountId }: SitePerson, reason = '') => request(accountRoutes.suspend, { accountId, reason })

const reactivate = ({ accountId }: SitePerson, endPassword = false) =>
  request(accountRoutes.reactivate, { accountId, endPassword })

/** Lets somebody in again; the notice suspends them once more. Throws what the server refuses with. */
export async function letInNow(acts: Acts, person: SitePerson, password: 'stays' | 'ends'): Promise<void> {
  await reactivate(person, password === 'ends')
  showToast({
    text: t('people.reactivated', { name: person.name }),
    onUndo: () => void attempt(acts, () => suspend(person)),
  })
}

/** Suspends somebody, of whom the dialog has asked why; the notice lets them in again. Throws what the server refuses with. */
export async function suspendNow(acts: Acts, person: SitePerson, reason: string): Promise<void> {
  await suspend(person, reason)
  showToast({
    text: t('people.nowSuspended', { name: person.name }),
    onUndo: () => void attempt(acts, () => reactivate(person)),
  })
}

const changeMinor = (acts: Acts, { accountId, name }: SitePerson, minor: boolean) => {
  const mark = (as: boolean) => request(peopleRoutes.changeMinor, { accountId, minor: as })
  return attempt(
    acts,
    () => mark(minor),
    () =>
      showToast({
        text: t(minor ? 'people.nowMinor' : 'people.nowNoMinor', { name }),
        onUndo: () => void attempt(acts, () => mark(!minor)),
      }),
  )
}

const copy = (acts: Acts, { accountId, name }: SitePerson) =>
  attempt(
    acts,
    () => request(privacyRoutes.startExportFor, { accountId }),
    () => showToast({ text: t('privacy.copyForDone', { name }) }),
  )

/** Something that can be done with an account: what it does and leaves, in a sentence, and what sort of act it is. */
export interface Act {
  readonly label: string
  readonly lead: string
  readonly icon: LucideIcon
  /** shut: for an account that somebody else may be in. end: what cannot be taken back. */
  readonly sort: 'help' | 'shut' | 'end'
  readonly onSelect: () => void
}

/** Each thing that can be done with an account, the grave ones last. With one's own, what was done with it alone. */
export function actsWith(person: SitePerson, acts: Acts): readonly Act[] {
  const { name } = person
  const trail: Act = {
    label: t('people.trail'),
    lead: t('people.trailLead'),
    icon: ScrollText,
    sort: 'help',
    onSelect: () => acts.go(pathTo('audit', {}, { about: person.accountId })),
  }
  if (person.accountId === me.value?.id) return [trail]
  const member = person.kind === 'member'
  const suspended = person.state === 'suspended'
  const administrator = person.siteRole === 'administrator'
  const asks = (what: Exclude<Doing['what'], 'add'>) => () => acts.onDoing({ what, person })
  const given: (Act | false)[] = [
    trail,
    member &&
      !suspended &&
      !administrator && {
        label: t('preview.seeAs'),
        lead: t('people.seeLead', { name }),
        icon: Glasses,
        sort: 'help',
        onSelect: asks('see'),
      },
    member &&
      !suspended &&
      !administrator && {
        label: t('observers.manage'),
        lead: t('people.observersLead'),
        icon: Eye,
        sort: 'help',
        onSelect: asks('observers'),
      },
    member && {
      label: t(administrator ? 'people.makeMember' : 'people.makeAdministrator'),
      lead: t(administrator ? 'people.makeMemberShort' : 'people.makeAdministratorShort'),
      icon: administrator ? ShieldOff : Shield,
      sort: 'help',
      onSelect: asks('role'),
    },
    member && {
      label: t(person.minor ? 'people.noMinor' : 'people.makeMinor'),
      lead: t(person.minor ? 'people.noMinorLead' : 'people.makeMinorLead'),
      icon: Baby,
      sort: 'help',
      onSelect: () => void changeMinor(acts, person, !person.minor),
    },
    {
      label: t('privacy.copyFor'),
      lead: t('people.copyLead', { name }),
      icon: FileArchive,
      sort: 'help',
      onSelect: () => void copy(acts, person),
    },
    member &&
      !suspended && {
        label: t('people.signOut'),
        lead: t('people.signOutShort'),
        icon: LogOut,
        sort: 'shut',
        onSelect: asks('signOut'),
      },
    member &&
      !suspended && {
        label: t('people.makeLink'),
        lead: t('people.makeLinkLead'),
        icon: KeyRound,
        sort: 'shut',
        onSelect: asks('link'),
      },
    suspended
      ? {
          label: t('people.reactivate'),
          lead: t('people.reactivateLead'),
          icon: RotateCcw,
          sort: 'shut',
          onSelect: asks('reactivate'),
        }
      : {
          label: t('people.suspend'),
          lead: t('people.suspendShort'),
          icon: Ban,
          sort: 'shut',
          onSelect: asks('suspend'),
        },
    { label: t('people.merge'), lead: t('people.mergeShort'), icon: Merge, sort: 'end', onSelect: asks('merge') },
    { label: t('people.erase'), lead: t('people.eraseShort'), icon: Trash2, sort: 'end', onSelect: asks('erase') },
  ]
  return given.filter(one => one !== false)
}

/** The same as a menu, whose acts say what they do once they are chosen. */
export const menuWith = (person: SitePerson, acts: Acts): MenuItem[] =>
  actsWith(person, acts).flatMap(({ label, icon, sort, onSelect }, index, all): MenuItem[] => [
    ...(sort !== 'help' && all[index - 1]?.sort !== sort ? ['line' as const] : []),
    { label, icon, onSelect, ...(sort === 'end' ? { kind: 'danger' as const } : {}) },
  ])
