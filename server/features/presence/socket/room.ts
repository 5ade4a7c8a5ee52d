// One room on one node: who is connected here, and the other nodes' slices of the same room. Joins and leaves change
// memory only; what others hear of it is the net change of a beat.
import type { AccountId } from '#protocol/base/ids.ts'
import { newId } from '#server/platform/db/id.ts'
import type { Interval } from '../actions.ts'
import { graceMs, type Mark, mergeSlices, type NetChange, netChange, speaker } from '../rules.ts'
import type { RemoteSlice, Told } from './share.ts'

interface Member {
  readonly sockets: Set<string>
  readonly interval: string
  readonly from: Date
  /** When the last socket went: on the steady clock for the grace, and as an instant for the interval. */
  lost: { at: number; instant: Date } | undefined
}

/** Without a sign of life for this long another node's slice counts no more, in milliseconds. */
const silentMs = 7_000

export class Room {
  readonly #members = new Map<AccountId, Member>()
  readonly #marks = new Map<AccountId, Mark>()
  #published = new Map<AccountId, Mark>()
  readonly #touched = new Set<AccountId>()
  readonly #remote = new Map<string, RemoteSlice & { heardAt: number }>()
  readonly #finished: Interval[] = []
  version = 0
  /** The whole slice is stored at the next beat, not only what changed. */
  whole = true
  toldAt = Number.NEGATIVE_INFINITY
  /** Something changed that a count frame may have to say. */
  news = false
  spokeAt = Number.NEGATIVE_INFINITY
  opened: Promise<void> | undefined

  constructor(
    readonly scope: string,
    readonly id: string,
  ) {}

  enter(account: AccountId, socket: string, now: Date): void {
    const known = this.#members.get(account)
    if (known) {
      known.sockets.add(socket)
      known.lost = undefined
    } else {
      this.#members.set(account, { sockets: new Set([socket]), interval: newId(), from: now, lost: undefined })
    }
    this.#mark(account, 'here')
  }

  leave(account: AccountId, socket: string, now: Date): void {
    const member = this.#members.get(account)
    if (!member?.sockets.delete(socket) || member.sockets.size > 0) return
    member.lost = { at: performance.now(), instant: now }
    this.#mark(account, 'reconnecting')
  }

  #mark(account: AccountId, mark: Mark | undefined): void {
    if (this.#marks.get(account) === mark) return
    if (mark) this.#marks.set(account, mark)
    else this.#marks.delete(account)
    this.#touched.add(account)
    this.news = true
  }

  /** Lets go of those whose grace is over, and of nodes that fell silent. */
  sweep(): void {
    const now = performance.now()
    for (const [account, member] of this.#members) {
      if (!member.lost || now - member.lost.at < graceMs) continue
      this.#members.delete(account)
      this.#finished.push(this.#intervalOf(account, member, member.lost.instant))
      this.#mark(account, undefined)
    }
    for (const [node, slice] of this.#remote) {
      if (now - slice.heardAt < silentMs) continue
      this.#remote.delete(node)
      this.news = true
    }
  }

  /** What changed here since the last call, for the other nodes. */
  takeChange(): NetChange {
    const change = netChange(this.#published, this.#marks, this.#touched)
    this.#touched.clear()
    for (const [account, mark] of change.set) this.#published.set(account, mark)
    for (const account of change.gone) this.#published.delete(account)
    return change
  }

  get marks(): ReadonlyMap<AccountId, Mark> {
    return this.#marks
  }

  get empty(): boolean {
    return this.#members.size === 0 && this.#finished.length === 0
  }

  /** True when a slice was missed and must be read anew. */
  hear({ node, version, change }: Told): boolean {
    const known = this.#remote.get(node)
    if (known) known.heardAt = performance.now()
    if (known && known.version === version) return false
    if (!known || !change || known.version !== version - 1) return true
    for (const [account, mark] of change.set) known.marks.set(account, mark)
    for (const account of change.gone) known.marks.delete(account)
    this.#remote.set(node, { ...known, version })
    this.news = true
    return false
  }

  take(node: string, slice: RemoteSlice | undefined): void {
    if (slice) this.#remote.set(node, { ...slice, heardAt: performance.now() })
    else this.#remote.delete(node)
    this.news = true
  }

  /** Everybody in the room, on all nodes. */
  merged(): Map<AccountId, Mark> {
    return mergeSlices([this.#marks, ...[...this.#remote.values()].map(one => one.marks)])
  }

  /** Whether this node speaks for the room; `others`: whether there is another one. */
  speaks(node: string): boolean {
    const nodes = [...this.#remote].filter(([, slice]) => slice.marks.size > 0).map(([other]) => other)
    return this.#marks.size > 0 && speaker([node, ...nodes]) === node
  }

  get alone(): boolean {
    return this.#remote.size === 0
  }

  #intervalOf(accountId: AccountId, member: Member, to: Date): Interval {
    return { id: member.interval, scope: this.scope, scopeId: this.id, accountId, from: member.from, to }
  }

  /** The intervals as they stand, and those that ended; `forget` lets go of the latter once they are written. */
  intervals(now: Date): { all: Interval[]; forget: () => void } {
    const ended = this.#finished.length
    const current = [...this.#members].map(([account, member]) =>
      this.#intervalOf(account, member, member.lost?.instant ?? now),
    )
    return { all: [...this.#finished, ...current], forget: () => this.#finished.splice(0, ended) }
  }
}
