// Which roles a course can be seen as, whom one may see as, and what there is to see in a preview at all. Pure.
import type { RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'

/** A guest sees nothing of a course, and what every member is says nothing of one. */
export const mayBeSeenAs = (role: RoleKey): boolean => role !== 'guest' && role !== 'member'

/** Somebody as far as it matters who may see as them. */
export interface Seen {
  readonly accountId: AccountId
  readonly siteRole: SiteRole
  /** They come in: neither a guest, nor suspended, erased or merged into another account. */
  readonly comesIn: boolean
}

type Looking = Pick<Seen, 'accountId' | 'siteRole'>

/** Whether somebody sees as others at all. */
export const mayLook = ({ siteRole }: Looking): boolean => siteRole === 'administrator'

/** Administrators see as whoever comes in and is none of them: they gain no right by it, and lose most. */
export const maySeeAs = (looking: Looking, { accountId, siteRole, comesIn }: Seen): boolean =>
  mayLook(looking) && siteRole !== 'administrator' && accountId !== looking.accountId && comesIn

/** What is a person's alone, whoever looks: where they are signed in, what opens their account, all of it as one file. */
export const neverOfPerson: ReadonlySet<string> = new Set([
  'accounts.listDevices',
  'accounts.listTokens',
  'accounts.export',
  'calendar.listFeeds',
])

/**
 * Made as oneself in a preview too: who is signed in, the way out, and the subscriptions, each of which is judged for
 * itself. `preview.options` says what the preview may be changed to.
 */
export const madeAsOneself: ReadonlySet<string> = new Set([
  'accounts.me',
  'accounts.signOut',
  'preview.options',
  'preview.endView',
  'realtime.subscribe',
  'realtime.unsubscribe',
  'realtime.time',
])

/** Scopes that are heard as oneself: one's own counters. */
export const heardAsOneself: ReadonlySet<string> = new Set(['user'])
