// Who is signed in on this device. `me` is undefined until it is known and null for nobody; pages read it, and the
// frame's person follows it. Nobody else asks for it.
import { effect, signal } from '@preact/signals'
import { Lock, ScrollText, Users } from 'lucide-preact'
import { signOut as frameSignOut, type OwnPlace, person, setOwnPlaces } from '#client/app/frame.ts'
import { followLanguage } from '#client/app/language.ts'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { followTimeZone } from '#client/platform/dates.ts'
import { endPreview, previewed, showsPerson } from '#client/platform/preview.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { realtime, scopeStore } from '#client/platform/realtime.ts'
import { setShareOrigin } from '#client/platform/share-origin.ts'
import { writesAs } from '#client/platform/writer.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { accountRoutes, type DemoPerson, type OwnAccount, userScope, type WhyOut } from '#protocol/accounts.ts'

export const me = signal<OwnAccount | null | undefined>(undefined)

/** People of the demo school who may sign in from here. */
export const demoPeople = signal<readonly DemoPerson[]>([])

/** Why this device is out that was signed in. `elsewhere`: by nobody's act here; ended on another device, or run out. */
export const out = signal<WhyOut | 'elsewhere' | null>(null)

/** Who this device was a guest as before its person signed in: what they did then may be brought along. */
export const guestBefore = signal<{ readonly name: string } | null>(null)

/** What is agreed to before anything else is open; null for most. */
export const owes = signal<'consent' | 'guardian' | null>(null)

/** Mail is set up: what is made for somebody else reaches them by itself. */
export const mailSetUp = signal(false)

const retryMs = 2_000
let asking: Promise<void> | undefined

/** In a preview whatever they look after in the school is no part of what is seen; a person is shown by their name. */
const asShown = (account: OwnAccount): OwnAccount =>
  previewed ? { ...account, siteRole: 'member', ...(showsPerson(previewed) && { name: previewed.name }) } : account

/** Asks who is signed in; while nothing answers, again and again. */
export function loadMe(): Promise<void> {
  asking ??= request(accountRoutes.me, {})
    .then(answer => {
      setShareOrigin(answer.origin)
      // First, so that no page begins to read what is shut.
      owes.value = answer.account && answer.owes
      const wasIn = out.value === 'elsewhere' || Boolean(me.value)
      out.value = answer.account ? null : (answer.out ?? (wasIn ? 'elsewhere' : null))
      me.value = answer.account && asShown(answer.account)
      demoPeople.value = answer.demo
      mailSetUp.value = answer.mail
      guestBefore.value = previewed ? null : answer.guest
    })
    .catch(() => {
      setTimeout(() => void loadMe(), retryMs)
    })
    .finally(() => {
      asking = undefined
    })
  return asking
}

/** After signing in or out: the socket reads the new cookie, the frame the new person. */
export function become(account: OwnAccount | null): void {
  me.value = account
  owes.value = null
  realtime().reconnect()
  // Also whether something is to be agreed to first.
  void loadMe()
}

/** Signs this device out. */
export async function signOut(): Promise<void> {
  try {
    await request(accountRoutes.signOut, {})
    if (previewed) return endPreview(pathTo('today'))
    become(null)
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
  }
}

/** Where to go after signing in: an address of ours that was asked for, never another site's. */
export const safeNext = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/'

/** Where administrators look after the school. */
const sitePlaces: readonly OwnPlace[] = [
  { label: 'people.title', href: pathTo('sitePeople'), icon: Users },
  { label: 'audit.title', href: pathTo('audit'), icon: ScrollText },
  { label: 'privacy.title', href: pathTo('privacy'), icon: Lock },
]

/** Starts it; called once by main, before the features that follow the person. */
export function startAccounts(): void {
  frameSignOut.value = () => void signOut()
  effect(() => {
    const account = me.value
    // First: what a page that is left sends as it goes is its person's.
    if (account !== undefined && !previewed) writesAs(account?.id ?? null)
    // A guest has chosen no zone.
    followTimeZone(account?.kind === 'member' ? account.timeZone : undefined)
    if (account?.kind === 'member') followLanguage(account.locale)
    person.value = account ? { id: account.id, name: account.name, guest: account.kind === 'guest' } : account
  })
  let last: string | undefined
  effect(() => {
    const id = me.value?.id
    if (id === undefined) return
    // Somebody else at the same screen: what the page holds of the one before, answers and drafts too, goes with it.
    if (last !== undefined && last !== id) setTimeout(() => location.reload())
    last = id
  })
  effect(() => {
    const manages = me.value?.siteRole === 'administrator'
    setOwnPlaces('accounts', manages ? sitePlaces : [])
  })
  effect(() => {
    // The socket knows first when this device was signed out elsewhere.
    const heard = realtime().accountId.value
    const known = me.peek()
    if (heard !== undefined && known !== undefined && heard !== (known?.id ?? null)) void loadMe()
  })
  // Who looks after accounts may have corrected the name, or it was changed in another window.
  let called: string | undefined
  effect(() => {
    const account = me.value
    const name = account ? scopeStore(userScope, account.id).state.value?.name : undefined
    if (name === undefined || name === called) return
    called = name
    if (me.peek()?.name !== name) void loadMe()
  })
  void loadMe()
}
