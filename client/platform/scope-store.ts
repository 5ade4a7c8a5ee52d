// One scope on the client: the state folded from a snapshot and its feed. It drops what it has, asks on a gap, and
// takes a snapshot where it can't fold; what it shows as `live` has no hole.
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { type Subscription, subscription } from '#protocol/base/realtime.ts'
import type { EventMeta, FeedOf, FleetingOf, ScopeSpec, StateOf } from '#protocol/base/scope.ts'
import { type FeedFrame, platformKinds } from '#protocol/base/wire.ts'
import { ClientProblem, problemIn } from './problem.ts'

/** `stale`: what was known, while there is no connection. `closed`: refused, or a right was taken away. */
export type ScopeStatus = 'loading' | 'live' | 'stale' | 'closed'

export type FleetingValues<P extends ScopeSpec> = {
  readonly [K in FleetingOf<P>['kind']]?: Extract<FleetingOf<P>, { kind: K }>['body']
}

/** Follows a scope beside its state, for whoever holds more of it than that does, such as older pages. */
export interface ScopeEar<P extends ScopeSpec> {
  /** An event was folded in. */
  told(event: FeedOf<P> & EventMeta): void
  /** The state was read anew: what happened before it may not have been told. */
  anew(): void
}

export interface ScopeStore<P extends ScopeSpec> {
  readonly state: ReadonlySignal<StateOf<P> | undefined>
  /** Number of the last event in `state`. */
  readonly head: ReadonlySignal<number>
  /** The latest fleeting value of each kind. */
  readonly fleeting: ReadonlySignal<FleetingValues<P>>
  readonly status: ReadonlySignal<ScopeStatus>
  /** Why it is closed. */
  readonly problem: ReadonlySignal<ClientProblem | undefined>
  /** Lets somebody hear, in the order of events. Returns the end of it. */
  hear(ear: ScopeEar<P>): () => void
  /** Subscribes, counted: the last release lets go of the scope a little later. Returns the release. */
  open(): () => void
}

/** What the connection tells a store. */
export interface ScopeStoreInside {
  take(frames: readonly FeedFrame[]): void
  connected(as: 'before' | 'somebody else'): void
  disconnected(): void
}

export interface StoreOutside {
  online(): boolean
  subscribe(since: number | undefined): Promise<unknown>
  unsubscribe(): void
  later(ms: number, run: () => void): ReturnType<typeof setTimeout>
  cancel(timer: ReturnType<typeof setTimeout> | undefined): void
  lingerMs: number
}

const mostKept = 20_000
const retryMs = { least: 500, most: 15_000 }
/** A fold that fails again and again must not become a stream of snapshots. */
const snapshotEveryMs = 1_000

/**
 * One scope as a page follows it: the folded state, the newest fleeting values and how it stands. Asks `outside` for the
 * state at first and after a fold that failed, and after a gap or a return for what came since its number; lets go
 * `outside.lingerMs` after its last user. A refusal is in `problem`; nothing is thrown.
 */
export function openScopeStore<P extends ScopeSpec>(spec: P, outside: StoreOutside): ScopeStore<P> & ScopeStoreInside {
  const state = signal<StateOf<P> | undefined>(undefined)
  const head = signal(0)
  const fleeting = signal<FleetingValues<P>>({})
  const status = signal<ScopeStatus>('loading')
  const problem = signal<ClientProblem | undefined>(undefined)
  let users = 0
  let asking = false
  // Each connection, person and closing begins a new age: answers of an older one are not ours.
  let age = 0
  let again = false
  let wantsState = true
  let failures = 0
  let snapshotAt = Number.NEGATIVE_INFINITY
  let kept: FeedFrame[] = []
  /** Kinds of fleeting values that came while we ask: they are newer than the answer's. */
  const newer = new Set<string>()
  let retry: ReturnType<typeof setTimeout> | undefined
  let linger: ReturnType<typeof setTimeout> | undefined
  const ears = new Set<ScopeEar<P>>()

  function forget(): void {
    wantsState = true
    batch(() => {
      state.value = undefined
      head.value = 0
      fleeting.value = {}
    })
  }

  function ask(): void {
    if (status.value === 'closed' || !outside.online()) return
    outside.cancel(retry)
    if (users === 0) {
      // Nobody looks just now: whoever looks again has to ask first.
      again = true
      return
    }
    if (asking) {
      again = true
      return
    }
    const wait = wantsState ? snapshotAt + snapshotEveryMs - performance.now() : 0
    if (wait > 0) {
      retry = outside.later(wait, ask)
      return
    }
    asking = true
    again = false
    newer.clear()
    const mine = age
    const since = wantsState ? undefined : head.value
    if (since === undefined) snapshotAt = performance.now()
    outside.subscribe(since).then(
      answer => {
        if (mine !== age) return
        asking = false
        arrive(subscription.parse(answer))
      },
      (error: unknown) => {
        if (mine !== age) return
        asking = false
        fail(error instanceof ClientProblem ? error : new ClientProblem('internal'))
      },
    )
  }

  function arrive(answer: Subscription): void {
    failures = 0
    // What came early was kept before what was missing.
    const missed = kept.sort((a, b) => (a.n ?? 0) - (b.n ?? 0))
    kept = []
    const events = answer.mode === 'events' ? answer.events : []
    batch(() => {
      if (answer.mode === 'snapshot') {
        wantsState = false
        state.value = answer.state as StateOf<P>
        head.value = answer.head
        for (const ear of ears) ear.anew()
      }
      problem.value = undefined
      status.value = 'live'
      take([...answer.fleeting.filter(one => !newer.has(one.k)), ...events, ...missed])
    })
    // Said to be there, yet neither in the answer nor before it.
    if (again) ask()
    else if (!asking && !wantsState && head.value < answer.head) retry = outside.later(retryMs.least, ask)
  }

  function fail(error: ClientProblem): void {
    if (error.code === 'offline' && !outside.online()) return
    if (error.passing || error.code === 'internal') {
      const wait = Math.max(error.retryAfter * 1_000, Math.min(retryMs.most, retryMs.least * 2 ** failures++))
      retry = outside.later(wait * (0.75 + Math.random() / 2), ask)
      return
    }
    close(error)
  }

  function begin(): void {
    age++
    asking = false
    again = false
    kept = []
    outside.cancel(retry)
  }

  function close(reason: ClientProblem): void {
    begin()
    forget()
    batch(() => {
      problem.value = reason
      status.value = 'closed'
    })
  }

  function take(frames: readonly FeedFrame[]): void {
    if (users === 0 && linger === undefined) return
    let next = state.value
    let at = head.value
    const values: Record<string, unknown> = {}
    const told: (FeedOf<P> & EventMeta)[] = []
    let needs: 'nothing' | 'events' | 'state' = 'nothing'
    for (const frame of frames) {
      if (frame.n === undefined) {
        if (frame.k === platformKinds.closed) {
          close(problemIn(frame.b))
          return
        }
        if (frame.k === platformKinds.resume) needs = needs === 'state' ? 'state' : 'events'
        else if (spec.fleeting[frame.k]) {
          values[frame.k] = frame.b
          if (asking) newer.add(frame.k)
        }
        continue
      }
      if (asking || wantsState || needs !== 'nothing') keep(frame)
      else if (frame.n <= at) continue
      else if (frame.n > at + 1) {
        keep(frame)
        needs = 'events'
      } else if (!spec.feeds[frame.k] || frame.b === null) needs = 'state'
      else {
        try {
          const event = eventOf<P>(frame, frame.n)
          next = spec.apply(next as StateOf<P>, event) as StateOf<P>
          at = frame.n
          told.push(event)
        } catch {
          needs = 'state'
        }
      }
    }
    batch(() => {
      state.value = next
      head.value = at
      if (Object.keys(values).length > 0) fleeting.value = { ...fleeting.value, ...values }
      for (const event of told) for (const ear of ears) ear.told(event)
    })
    if (needs === 'state') wantsState = true
    if (needs !== 'nothing') ask()
  }

  function keep(frame: FeedFrame): void {
    // A flood while we wait is cheaper to ask for again.
    if (kept.length >= mostKept) kept = []
    kept.push(frame)
  }

  return {
    state: state as ReadonlySignal<StateOf<P> | undefined>,
    head,
    fleeting,
    status,
    problem,
    take,
    hear(ear) {
      ears.add(ear)
      return () => void ears.delete(ear)
    },
    open() {
      users++
      outside.cancel(linger)
      linger = undefined
      if (users === 1 && (status.value !== 'live' || wantsState || again)) {
        if (status.value === 'closed') status.value = 'loading'
        ask()
      }
      let released = false
      return () => {
        if (released) return
        released = true
        users--
        if (users > 0) return
        linger = outside.later(outside.lingerMs, () => {
          linger = undefined
          begin()
          forget()
          status.value = 'loading'
          outside.unsubscribe()
        })
      }
    },
    connected(as) {
      begin()
      failures = 0
      fleeting.value = {}
      if (as === 'somebody else') {
        forget()
        status.value = 'loading'
        problem.value = undefined
      }
      if (status.value !== 'closed') ask()
    },
    disconnected() {
      begin()
      if (status.value === 'live') status.value = 'stale'
    },
  }
}

function eventOf<P extends ScopeSpec>(frame: FeedFrame, seq: number): FeedOf<P> & EventMeta {
  const { k: kind, b: body, a, t } = frame
  return { kind, body, seq, actor: a ?? null, at: t ?? '' } as unknown as FeedOf<P> & EventMeta
}
