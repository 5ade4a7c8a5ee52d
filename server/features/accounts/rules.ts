// What holds for accounts, from plain data: who may act on whom, which passwords are too weak, what is kept of a
// device. Pure: no database, clock or socket.
import { type FieldKind, isWebPage, mostOfKind, type SeenBy } from '#protocol/accounts/profile.ts'
import { type DeviceKind, type InvitationId, passwordLength } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Who } from '#server/platform/ctx.ts'

const day = 86_400

/** How long a device stays signed in, in seconds. A guest has no password to come back with, so theirs lasts longer. */
export const sessionSeconds = { member: 90 * day, guest: 365 * day } as const

/** How long a sign-in counts as just done, in milliseconds: for acts that ask anew who somebody is. */
export const freshMs = 600_000

/** A session's `last seen` is written at most this often, in milliseconds. */
export const seenEveryMs = 60_000

/** Accounts stand below the tree of contexts, so their own rights come from the site role alone. */
export const mayManageAccounts = (who: Who): boolean => who.kind === 'account' && who.siteRole === 'administrator'

/** Suspending oneself would lock the door from outside. */
export const maySuspend = (who: Who, accountId: AccountId): boolean =>
  mayManageAccounts(who) && who.kind === 'account' && who.accountId !== accountId

const former = {
  member: 'Former member',
  learner: 'Former learner',
  teacher: 'Former teacher',
  guest: 'Former guest',
} as const

/** What stands where the name of an erased person was. The sign tells several apart and says nothing of who they were. */
export const formerName = (id: AccountId, as: keyof typeof former): string =>
  `${former[as]} ${id.slice(-4).toUpperCase()}`

/** How a reader stands to the person whose profile they read. */
export type Standing = 'self' | 'administrator' | 'teacher' | 'fellow'

/** Whether a reader sees what somebody says of themselves, and their picture: of a minor only those who teach them. */
export const maySeeSelf = (standing: Standing, { minor }: { readonly minor: boolean }): boolean =>
  !minor || standing !== 'fellow'

/** Who may read a field of a profile: the person always, administrators too. */
export const maySeeField = (standing: Standing, seenBy: SeenBy): boolean =>
  standing === 'self' ||
  standing === 'administrator' ||
  seenBy === 'fellows' ||
  (seenBy === 'teachers' && standing === 'teacher')

/** Who may write a field: the person where it is theirs to fill, administrators any. */
export const mayFill = (standing: Standing, field: { readonly filledBy: 'person' | 'administrators' }): boolean =>
  standing === 'administrator' || (standing === 'self' && field.filledBy === 'person')

/** Does a value fit its field? Empty always does: it takes the value away. A day is written 2026-11-24. */
export function fitsField(
  field: { readonly kind: FieldKind; readonly options: readonly string[] },
  value: string,
): boolean {
  if (value === '') return true
  if (value.length > mostOfKind(field.kind)) return false
  switch (field.kind) {
    case 'text':
      return !/[\r\n]/.test(value)
    case 'long-text':
      return true
    case 'link':
      return isWebPage(value)
    case 'menu':
      return field.options.includes(value)
    case 'checkbox':
      return value === 'yes'
    case 'date': {
      const at = new Date(`${value}T00:00:00Z`)
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
    }
  }
}

/** By what the mails with the link of an invitation are found again. */
export const invitationAbout = (id: InvitationId): string => `invitation ${id}`

export interface DemoDoor {
  readonly demo: 'staff' | 'assistant' | 'learner' | null
  readonly siteRole: string
  /** The request comes from the machine the server runs on. */
  readonly local: boolean
  /** Somebody opened the demo school to the network. */
  readonly opened: boolean
}

/** The demo school's passwords are known to all: its staff sign in only at the machine itself until opened. */
export const mayDemoSignIn = ({ demo, siteRole, local, opened }: DemoDoor): boolean =>
  demo === null || (demo === 'learner' && siteRole !== 'administrator') || local || opened

// The commonest of ten characters and more in published lists of leaked passwords; shorter ones fall to the length.
const commonest = new Set([
  '1234567890',
  '0123456789',
  '12345678910',
  '123456789a',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwerty12345',
  'qwerty123456',
  'asdfghjkl1',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'iloveyou123',
  'iloveyou12',
  'letmein123',
  'welcome123',
  'welcome1234',
  'administrator',
  'changeme123',
  'football123',
  'baseball123',
  'abcdefghij',
  'abc1234567',
  'aaaaaaaaaa',
  'sunshine123',
  'princess123',
  'superman123',
  'classroom1',
  'teacher123',
  'student123',
])

/** Why a password is too easy to guess; undefined when it will do. Length counts, not signs and digits. */
export function weakness(typed: string, email: string | null): 'short' | 'common' | 'email' | 'repeated' | undefined {
  const plain = typed.normalize('NFKC').toLowerCase()
  if ([...plain].length < passwordLength) return 'short'
  if (new Set(plain).size < 4) return 'repeated'
  if (commonest.has(plain)) return 'common'
  const name = email?.split('@')[0] ?? ''
  if (email !== null && (plain === email || (name.length > 2 && plain.replaceAll(name, '').length < 4))) return 'email'
  return undefined
}

/** Throws `weak-password` with the reason at the field `path`. */
export function demandStrong(typed: string, email: string | null, path: string): void {
  const why = weakness(typed, email)
  if (why) throw new Problem('weak-password', { params: { why }, errors: [{ path, code: `password_${why}` }] })
}

/** The network an address belongs to: enough to recognise a place, too little to follow a person. */
export function coarseAddress(address: string): string {
  const plain = address.replace(/^::ffff:/i, '')
  // The machine itself: there is no network to name.
  if (plain.startsWith('127.') || plain === '::1') return ''
  if (/^\d+\.\d+\.\d+\.\d+$/.test(plain)) return plain.replace(/\.\d+$/, '.x')
  if (!plain.includes(':')) return ''
  return `${plain.split('::')[0]?.split(':').slice(0, 3).join(':')}::`
}

/** The groups of an IPv6 address, without leading zeros; undefined for anything else. IPv4 in IPv6 counts as IPv4. */
function groupsOf(address: string): string[] | undefined {
  const plain = plainAddress(address)
  if (!plain.includes(':')) return undefined
  const [head = '', tail] = plain.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last]
  return groups.map(group => group.replace(/^0+(?=.)/, ''))
}

const plainAddress = (address: string): string =>
  address
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '')

/**
 * Whom an address is counted with: an IPv4 address stands for itself, an IPv6 one for its /64, all of which belongs to
 * one household or host (RFC 4291, 2.5.4). Anything else stands for itself.
 */
export const networkOf = (address: string): string => groupsOf(address)?.slice(0, 4).join(':') ?? plainAddress(address)

/** The /48 of an IPv6 address, the most that one customer is given (RFC 6177); undefined for anything else. */
export const siteOf = (address: string): string | undefined => groupsOf(address)?.slice(0, 3).join(':')

/** What kind of device a browser says it runs on. Only for people to recognise it by. */
export function deviceKindOf(agent: string): DeviceKind {
  if (/iPad|Tablet|Android(?!.*Mobile)/i.test(agent)) return 'tablet'
  if (/Mobi|iPhone|Android/i.test(agent)) return 'phone'
  return /Windows|Macintosh|Linux|CrOS/i.test(agent) ? 'computer' : 'other'
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]

const firstOf = (list: typeof browsers, agent: string) => list.find(([pattern]) => pattern.test(agent))?.[1] ?? ''

/** Browser and system in a word each, empty when the browser does not say. */
export const describeAgent = (agent: string): { browser: string; system: string } => ({
  browser: firstOf(browsers, agent),
  system: firstOf(systems, agent),
})

/** Addresses one person may look up a day, one by one or in lists, tried or done; who manages the site any number. */
export const addressesADay = 6_000
