// Which roles a course can be seen as, and what there is to see in a preview at all. Pure.
import type { RoleKey } from '#protocol/access.ts'

/** A guest sees nothing of a course, and what every member is says nothing of one. */
export const mayBeSeenAs = (role: RoleKey): boolean => role !== 'guest' && role !== 'member'

/**
 * Made as oneself in a preview too: who is signed in, the way out, and the subscriptions, each of which is judged for
 * itself. `preview.options` says what the preview may be changed to.
 */
export const madeAsOneself: ReadonlySet<string> = new Set([
  'accounts.me',
  'accounts.signOut',
  'preview.options',
  'realtime.subscribe',
  'realtime.unsubscribe',
  'realtime.time',
])

/** Scopes that are heard as oneself: one's own counters. */
export const heardAsOneself: ReadonlySet<string> = new Set(['user'])
