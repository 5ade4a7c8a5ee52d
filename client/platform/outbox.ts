// Writes that must survive: kept in IndexedDB until the server has answered, sent in order within a lane, by one tab.
// A refusal ends an entry and is told; a dropped connection, a closed tab or a busy server never does.
import { type ReadonlySignal, signal } from '@preact/signals'
import { type CallSpec, type InputBefore, type Named, type Output, writesWaitMs } from '#protocol/base/call.ts'
import { protocolVersion } from '#protocol/base/wire.ts'
import type { Write } from './connection.ts'
import { newOperationId } from './operation-id.ts'
import { type OutboxEntry, openOutboxStorage, type WaitingEntry } from './outbox-storage.ts'
import { previewed } from './preview.ts'
import type { ClientProblemCode } from './problem.ts'
import { ClientProblem } from './problem.ts'
import { realtime } from './realtime.ts'
import { writer } from './writer.ts'

export type { OutboxEntry }
/** How an entry ended. `too-old`: it waited 60 days; the server's memory of operations ends at 90. */
export type OutboxEnd =
  | { readonly entry: OutboxEntry; readonly outcome: 'done'; readonly value: unknown }
  | { readonly entry: OutboxEntry; readonly outcome: 'refused'; readonly problem: ClientProblem }
  | { readonly entry: OutboxEntry; readonly outcome: 'too-old' }

/** Between tabs. The entry travels with its end: by then it may be gone from everybody's storage. heard: the page that wrote it is still there. */
type TabMessage =
  | { readonly kind: 'changed' }
  | { readonly kind: 'heard'; readonly id: string }
  | {
      readonly kind: 'ended'
      readonly entry: OutboxEntry
      readonly outcome: OutboxEnd['outcome']
      readonly value?: unknown
      readonly code?: ClientProblemCode
      readonly body?: object
    }

export const outboxLimits = {
  keptMs: writesWaitMs,
  leaseMs: 5_000,
  renewMs: 1_500,
  retryMs: { least: 500, most: 30_000 },
  /** How long the page that wrote something has to say that it is still there. */
  heardMs: 1_000,
} as const

export interface OutboxOptions {
  /** Name of the database; a tab of the same origin with the same name shares it. */
  name?: string
  /** Sends one entry; `realtime().send` by default. */
  send?: (call: string, input: unknown, write: Write) => Promise<unknown>
  /** Who is signed in, or undefined while that is not known: then nothing is sent. */
  account?: () => string | null | undefined
  /** Whose writes are made here, also while `account` is not known, e.g. in a tunnel, or nobody's any more. */
  writer?: () => string | null
  now?: () => number
}

export interface Outbox {
  /** Everything that waits, oldest first, of whoever is signed in. */
  readonly pending: ReadonlySignal<readonly WaitingEntry[]>
  /**
   * Keeps a write and sends it. Answers with the value once the server has committed; throws ClientProblem when it was
   * refused. While it waits it is in `pending`; the promise ends with the tab, the write does not. With `latest`, only
   * the newest unsent write of that word and lane is sent; the others end as that one does.
   */
  send<S extends Named<CallSpec>>(spec: S, input: InputBefore<S>, lane?: string, latest?: string): Promise<Output<S>>
  /** Told of every end in this browser, also of writes an earlier page made. Returns how to stop listening. */
  onEnd(listener: (end: OutboxEnd) => void): () => void
  /**
   * Told, in one tab of this browser, of a write that was refused or is too old and whose own page is gone: nobody else
   * would say so. Returns how to stop listening.
   */
  onOrphan(listener: (end: OutboxEnd) => void): () => void
  /** Tries at once, e.g. when the connection is back. */
  wake(): void
  close(): void
}

/** Opens the outbox of a page; `close` ends it. Throws nothing: what cannot be kept is held in memory. */
export function createOutbox(options: OutboxOptions = {}): Outbox {
  const name = options.name ?? 'lectern-outbox'
  const now = options.now ?? (() => Date.now())
  const account = options.account ?? (() => realtime().accountId.value)
  const writer = options.writer ?? (() => account() ?? null)
  const sendOne = options.send ?? ((call, input, write) => realtime().send(call, input, write))
  const tab = newOperationId()
  const pending = signal<readonly WaitingEntry[]>([])
  const listeners = new Set<(end: OutboxEnd) => void>()
  const orphanListeners = new Set<(end: OutboxEnd) => void>()
  const orphans = new Map<string, ReturnType<typeof setTimeout>>()
  interface Waiting {
    readonly entry: OutboxEntry
    readonly resolve: (value: unknown) => void
    readonly reject: (problem: ClientProblem) => void
  }
  const promises = new Map<string, Waiting>()
  const lanes = new Map<string, Promise<void>>()
  /** On their way into the storage. */
  const keeping = new Set<WaitingEntry>()
  const failures = new Map<string, number>()
  const notBefore = new Map<string, number>()
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name)

  const storage = openOutboxStorage(name)

  const say = (message: TabMessage) => {
    if (!closed) channel?.postMessage(message)
  }

  async function read(): Promise<readonly WaitingEntry[]> {
    // Until the server has said who is here, whose page it is: nobody is shown what somebody else left on this device.
    const who = account() === undefined ? writer() : account()
    const all = await storage.all()
    // What is being kept just now was not there when the reading began, and waits all the same.
    const known = new Set(all.map(entry => entry.id))
    const kept = [...all, ...[...keeping].filter(entry => !known.has(entry.id))]
    pending.value = kept.filter(entry => entry.account === who)
    return pending.value
  }

  const maySend = () => storage.takeLease(tab, outboxLimits.leaseMs)

  async function finish(end: OutboxEnd): Promise<void> {
    const { entry, outcome } = end
    failures.delete(entry.lane)
    // What is done must not be seen twice. What came to nothing is told first: a page that ends between sends it again and is
    // refused again, while one that was taken out untold would be lost in silence.
    if (outcome === 'done') await storage.remove(entry.id)
    const ours = promises.has(entry.id)
    settle(end)
    if (outcome === 'done') say({ kind: 'ended', entry, outcome, value: end.value })
    else if (outcome === 'refused') {
      const { code, params, errors } = end.problem
      say({ kind: 'ended', entry, outcome, code, body: { params, errors } })
    } else say({ kind: 'ended', entry, outcome })
    if (!ours && outcome !== 'done')
      orphans.set(
        entry.id,
        setTimeout(() => tellOrphan(end), outboxLimits.heardMs),
      )
    if (outcome !== 'done') {
      await storage.remove(entry.id)
      say({ kind: 'changed' })
    }
    await read()
  }

  function settle(end: OutboxEnd): void {
    const { id, lane, latest } = end.entry
    for (const promise of [...promises.values()]) {
      const { entry } = promise
      const replaced = latest !== undefined && entry.latest === latest && entry.lane === lane && entry.id < id
      if (entry.id !== id && !replaced) continue
      promises.delete(entry.id)
      if (end.outcome === 'done') promise.resolve(end.value)
      else promise.reject(end.outcome === 'refused' ? end.problem : new ClientProblem('too-old'))
    }
    for (const listener of listeners) listener(end)
  }

  function tellOrphan(end: OutboxEnd): void {
    orphans.delete(end.entry.id)
    for (const listener of orphanListeners) listener(end)
  }

  async function drainLane(lane: string): Promise<void> {
    for (;;) {
      const waiting = (await read()).filter(one => one.lane === lane)
      const [entry] = waiting
      if (!entry || closed || account() === undefined || !(await maySend())) return
      if (entry.latest !== undefined && waiting.some(one => one !== entry && one.latest === entry.latest)) {
        await storage.remove(entry.id)
        continue
      }
      if (now() - entry.at > outboxLimits.keptMs) {
        await finish({ entry, outcome: 'too-old' })
        continue
      }
      try {
        const { id: operation, account: writtenBy, protocol = 1 } = entry
        const value = await sendOne(entry.call, entry.input, { operation, protocol, account: writtenBy })
        await finish({ entry, outcome: 'done', value })
      } catch (error) {
        if (closed) return
        const problem = error instanceof ClientProblem ? error : new ClientProblem('internal')
        // Signed out meanwhile: it waits for its person.
        if (problem.code === 'not-signed-in') return
        if (!problem.passing && problem.code !== 'internal') {
          await finish({ entry, outcome: 'refused', problem })
          continue
        }
        const times = failures.get(lane) ?? 0
        failures.set(lane, times + 1)
        const { least, most } = outboxLimits.retryMs
        const wait =
          Math.max(problem.retryAfter * 1_000, Math.min(most, least * 2 ** times)) * (0.75 + Math.random() / 2)
        notBefore.set(lane, performance.now() + wait)
        return
      }
    }
  }

  async function turn(): Promise<void> {
    if (closed) return
    const waiting = await read()
    if (waiting.length === 0 || account() === undefined || !(await maySend())) return
    for (const lane of new Set(waiting.map(entry => entry.lane))) {
      if (lanes.has(lane) || (notBefore.get(lane) ?? 0) > performance.now()) continue
      notBefore.delete(lane)
      const run = drainLane(lane).finally(() => lanes.delete(lane))
      lanes.set(lane, run)
      // The storage failed: the next turn reads it again.
      run.catch(() => undefined)
    }
  }

  // The lease is renewed well before it ends, and a tab that finds it free takes over.
  function again(ms: number): void {
    clearTimeout(timer)
    if (closed) return
    timer = setTimeout(() => {
      // As above: nothing was taken out, so nothing is lost.
      turn()
        .catch(() => undefined)
        .finally(() => again(pending.value.length > 0 ? 500 : outboxLimits.renewMs))
    }, ms)
  }

  channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === 'changed') {
      again(0)
      return
    }
    if (data.kind === 'heard') {
      clearTimeout(orphans.get(data.id))
      orphans.delete(data.id)
      return
    }
    const { entry, outcome } = data
    if (promises.has(entry.id)) say({ kind: 'heard', id: entry.id })
    if (outcome === 'done') settle({ entry, outcome, value: data.value })
    else if (outcome === 'refused') {
      settle({ entry, outcome, problem: new ClientProblem(data.code ?? 'internal', data.body) })
    } else settle({ entry, outcome })
    void read()
  })
  // A page that goes lets another tab send at once; one that comes back from the browser's cache goes on.
  const rest = () => {
    clearTimeout(timer)
    storage.giveUpLease().then(
      () => say({ kind: 'changed' }),
      () => undefined,
    )
  }
  const goOn = () => again(0)
  addEventListener('pagehide', rest)
  addEventListener('pageshow', goOn)
  again(0)

  return {
    pending,
    send(spec, input, lane = 'main', latest) {
      const entry: OutboxEntry = {
        id: newOperationId(),
        lane,
        call: spec.name,
        input,
        at: now(),
        account: writer(),
        protocol: protocolVersion,
        ...(latest === undefined ? {} : { latest }),
      }
      return new Promise((resolve, reject) => {
        promises.set(entry.id, { entry, resolve: resolve as (value: unknown) => void, reject })
        const waiting = { ...entry, kept: false }
        pending.value = [...pending.value, waiting]
        keeping.add(waiting)
        void storage.put(entry).then(kept => {
          keeping.delete(waiting)
          pending.value = pending.value.map(one => (one.id === entry.id ? { ...one, kept } : one))
          say({ kind: 'changed' })
          again(0)
        })
      })
    },
    onEnd(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onOrphan(listener) {
      orphanListeners.add(listener)
      return () => orphanListeners.delete(listener)
    },
    wake() {
      notBefore.clear()
      again(0)
    },
    close() {
      closed = true
      clearTimeout(timer)
      for (const waiting of orphans.values()) clearTimeout(waiting)
      removeEventListener('pagehide', rest)
      removeEventListener('pageshow', goOn)
      channel?.close()
      // A browser without storage has no lease to give up.
      storage
        .giveUpLease()
        .then(storage.close)
        .catch(() => undefined)
    },
  }
}

/** In a preview nothing is written, and what waits of the person's own is left to their other tabs. */
const refusing = { name: 'lectern-outbox-preview', send: () => Promise.reject(new ClientProblem('previewing')) }

let current: Outbox | undefined

/** The page's outbox; it tries again whenever the connection is back. */
export function outbox(): Outbox {
  if (!current) {
    const made = createOutbox({ writer, ...(previewed && refusing) })
    realtime().state.subscribe(state => {
      if (state === 'online') made.wake()
    })
    current = made
  }
  return current
}
