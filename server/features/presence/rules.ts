// How what several nodes know of a room becomes one picture. Pure: no Redis, clock or socket.
import type { AccountId } from '#protocol/base/ids.ts'

/** Connected somewhere, or gone for so short a time that it counts as a hiccup. Who has left is absent. */
export type Mark = 'here' | 'reconnecting'

export type Marks = ReadonlyMap<AccountId, Mark>

/** How long somebody who lost the connection is waited for before they have left, in milliseconds. */
export const graceMs = 10_000

/** All slices of one scope as one: here on any node is here. */
export function mergeSlices(slices: Iterable<Marks>): Map<AccountId, Mark> {
  const merged = new Map<AccountId, Mark>()
  for (const slice of slices)
    for (const [account, mark] of slice) if (mark === 'here' || !merged.has(account)) merged.set(account, mark)
  return merged
}

/** What differs between two states of one slice, looked at only where something was touched. */
export interface NetChange {
  readonly set: readonly (readonly [AccountId, Mark])[]
  readonly gone: readonly AccountId[]
}

/** The net change since the last publication; who came and went in between is in neither list. */
export function netChange(published: Marks, now: Marks, touched: Iterable<AccountId>): NetChange {
  const set: [AccountId, Mark][] = []
  const gone: AccountId[] = []
  for (const account of touched) {
    const mark = now.get(account)
    if (mark === published.get(account)) continue
    if (mark === undefined) gone.push(account)
    else set.push([account, mark])
  }
  return { set, gone }
}

/** Of several nodes that know the same slices, the one that speaks for the room. */
export const speaker = (nodes: Iterable<string>): string | undefined => {
  let least: string | undefined
  for (const node of nodes) if (least === undefined || node < least) least = node
  return least
}
