// The one connection to the server: calls with answers, feeds by scope, the server's clock. It knows no feature. It
// must never claim more than it knows: `online` means that a hello arrived, `live` that nothing is missing.
import { batch, signal } from '@preact/signals'
import { io, type Socket } from 'socket.io-client'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address, type ScopeAddress, type ScopeSpec } from '#protocol/base/scope.ts'
import {
  type CallAnswer,
  callAnswer,
  type FeedFrame,
  feedFrames,
  helloFrame,
  moveFrame,
  protocolVersion,
  wireEvents,
} from '#protocol/base/wire.ts'
import {
  type ConnectionState,
  clientPatience,
  type RealtimeClient,
  type RealtimeOptions,
  type Write,
} from './connection.ts'
import { previewSaid } from './preview.ts'
import { ClientProblem, fromBody } from './problem.ts'
import { openScopeStore, type ScopeStore, type ScopeStoreInside } from './scope-store.ts'
import { ServerClock } from './server-clock.ts'

const clockSamples = 5
const failuresBeforePolling = 2

const between = (least: number, most: number) => least + Math.random() * (most - least)

/** Opens a connection to the server, with its scopes and clock. It comes back by itself until it is closed. */
export function createRealtimeClient(options: RealtimeOptions = {}): RealtimeClient {
  const patience = {
    linger: clientPatience.linger,
    offlineAfter: clientPatience.offlineAfter,
    dismissedLeast: clientPatience.dismissed.least,
    ...options.patience,
  }
  const state = signal<ConnectionState>('connecting')
  const transport = signal<'websocket' | 'polling' | undefined>(undefined)
  const accountId = signal<string | null | undefined>(undefined)
  const outdated = signal(false)
  const stores = new Map<ScopeAddress, ScopeStoreInside>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const waiting = new Set<() => void>()
  let closed = false
  let wsFailures = 0
  let dismissals = 0
  let offlineTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  const clock = new ServerClock()

  const socket: Socket = io(options.url ?? '/', {
    forceNew: true,
    autoConnect: false,
    transports: ['websocket'],
    reconnectionDelay: clientPatience.reconnect.least,
    reconnectionDelayMax: clientPatience.reconnect.most,
    randomizationFactor: 0.5,
    timeout: 10_000,
    auth: { protocol: protocolVersion, ...(previewSaid === undefined ? {} : { preview: previewSaid }) },
    ...(options.cookie ? { extraHeaders: { cookie: options.cookie } } : {}),
  })

  function later(ms: number, run: () => void): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
    return timer
  }

  function cancel(timer: ReturnType<typeof setTimeout> | undefined): void {
    if (timer === undefined) return
    clearTimeout(timer)
    timers.delete(timer)
  }

  function away(): void {
    if (state.value !== 'offline') state.value = 'connecting'
    transport.value = undefined
    for (const store of stores.values()) store.disconnected()
    if (typeof navigator !== 'undefined' && navigator.onLine === false) state.value = 'offline'
    offlineTimer ??= later(patience.offlineAfter, () => {
      offlineTimer = undefined
      if (!socket.connected) state.value = 'offline'
    })
  }

  function connectAfter(ms: number): void {
    cancel(retryTimer)
    retryTimer = later(ms, () => {
      if (!closed && !socket.connected) socket.connect()
    })
  }

  function reconnect(): void {
    if (closed) return
    socket.disconnect()
    socket.connect()
  }

  function hello(said: unknown): void {
    const frame = helloFrame.parse(said)
    cancel(offlineTimer)
    offlineTimer = undefined
    wsFailures = 0
    const changed = accountId.value !== undefined && accountId.value !== frame.accountId
    clock.noteHello(frame.now)
    batch(() => {
      state.value = 'online'
      accountId.value = frame.accountId
      outdated.value = frame.protocol > protocolVersion
    })
    // Another person's scopes are not ours to go on with.
    for (const store of stores.values()) store.connected(changed ? 'somebody else' : 'before')
    for (const run of [...waiting]) run()
    void measureClock()
  }

  async function measureClock(): Promise<void> {
    for (let sample = 0; sample < clockSamples && socket.connected; sample++) {
      const started = performance.now()
      const answer = await once(realtimeCalls.time.name, {}).catch(() => undefined)
      if (!answer) return
      clock.note(realtimeCalls.time.output.parse(answer).now, performance.now() - started)
    }
  }

  function feed(text: string): void {
    const frames = feedFrames.parse(JSON.parse(text))
    const groups = new Map<string, FeedFrame[]>()
    for (const frame of frames) {
      const group = groups.get(frame.s)
      if (group) group.push(frame)
      else groups.set(frame.s, [frame])
    }
    batch(() => {
      for (const [scope, group] of groups) stores.get(scope as ScopeAddress)?.take(group)
    })
  }

  /** One try over the socket as it is now. */
  async function once(name: string, input: unknown, write?: Write): Promise<unknown> {
    if (!socket.connected) throw new ClientProblem('offline')
    let answer: CallAnswer
    try {
      const older = write?.protocol !== undefined && write.protocol !== protocolVersion
      const frame = { name, input, ...(write && { op: write.operation }), ...(older && { protocol: write.protocol }) }
      answer = callAnswer.parse(await socket.timeout(clientPatience.answer).emitWithAck(wireEvents.call, frame))
    } catch {
      // No answer, or none that can be read: nobody knows whether it was done.
      throw new ClientProblem('offline')
    }
    if (answer.ok) return answer.value
    throw fromBody(answer.problem)
  }

  function whenOnline(deadline: number): Promise<boolean> {
    if (state.value === 'online' && socket.connected) return Promise.resolve(true)
    return new Promise(resolve => {
      const ready = () => {
        cancel(timer)
        waiting.delete(ready)
        resolve(true)
      }
      const timer = later(Math.max(0, deadline - performance.now()), () => {
        waiting.delete(ready)
        resolve(false)
      })
      waiting.add(ready)
    })
  }

  async function send(name: string, input: unknown, write?: Write): Promise<unknown> {
    const deadline = performance.now() + clientPatience.answer
    const author = write && (write.account === undefined ? accountId.value : write.account)
    for (;;) {
      if (!(await whenOnline(deadline))) throw new ClientProblem('offline')
      // Somebody else has signed in while it waited: what one person wrote is never said in another's name.
      if (author !== undefined && author !== accountId.value) throw new ClientProblem('not-signed-in')
      try {
        return await once(name, input, write)
      } catch (error) {
        const dropped = error instanceof ClientProblem && error.code === 'offline'
        if (!dropped || closed || performance.now() >= deadline) throw error
      }
    }
  }

  socket.on(wireEvents.hello, hello)
  socket.on(wireEvents.feed, feed)
  socket.on(wireEvents.move, (said: unknown) => {
    later(Math.random() * moveFrame.parse(said).within, reconnect)
  })
  socket.on('connect', () => {
    const { engine } = socket.io
    transport.value = engine.transport.name === 'polling' ? 'polling' : 'websocket'
    engine.on('upgrade', () => {
      transport.value = 'websocket'
    })
    // Only a connection that holds for a while ends the waiting after being sent away.
    later(clientPatience.dismissed.most, () => {
      if (socket.connected) dismissals = 0
    })
  })
  socket.on('disconnect', reason => {
    away()
    socket.io.opts.transports = ['websocket']
    if (reason !== 'io server disconnect' || closed) return
    // Signed out, rights read anew, or sent away: Socket.IO leaves coming back to us.
    const wait = Math.min(clientPatience.dismissed.most, patience.dismissedLeast * 2 ** dismissals++)
    connectAfter(between(wait / 2, wait))
  })
  socket.on('connect_error', () => {
    away()
    // Networks that block WebSocket let polling through; where it opens, the engine upgrades by itself.
    if (++wsFailures >= failuresBeforePolling) socket.io.opts.transports = ['polling', 'websocket']
    // Refused by the server's own check: Socket.IO does not try again by itself.
    if (!socket.active && !closed) connectAfter(between(1_000, clientPatience.reconnect.most))
  })
  const wake = () => {
    // On localhost Socket.IO keeps a socket through it, and no hello would come by itself.
    if (!socket.connected || state.value !== 'online') reconnect()
  }
  const sleep = () => away()
  if (typeof window !== 'undefined') {
    window.addEventListener('online', wake)
    window.addEventListener('offline', sleep)
  }
  const clockTimer = setInterval(() => {
    clock.age()
    void measureClock()
  }, clientPatience.clockEvery)
  socket.connect()

  return {
    state,
    transport,
    accountId,
    outdated,
    serverNow: () => clock.now(),
    send,
    scopeStore<P extends ScopeSpec>(spec: P, id: string): ScopeStore<P> {
      const scope = address(spec, id)
      let store = stores.get(scope)
      if (!store) {
        store = openScopeStore(spec, {
          online: () => state.value === 'online' && socket.connected,
          subscribe: since => once(realtimeCalls.subscribe.name, since === undefined ? { scope } : { scope, since }),
          unsubscribe: () => {
            // Frames that still come are dropped; the next connection knows nothing of the scope.
            void once(realtimeCalls.unsubscribe.name, { scope }).catch(() => undefined)
          },
          later,
          cancel,
          lingerMs: patience.linger,
        })
        stores.set(scope, store)
      }
      return store as unknown as ScopeStore<P>
    },
    reconnect,
    close() {
      closed = true
      clearInterval(clockTimer)
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      if (typeof window !== 'undefined') {
        window.removeEventListener('online', wake)
        window.removeEventListener('offline', sleep)
      }
      socket.disconnect()
    },
  }
}

let current: RealtimeClient | undefined

/** The page's connection, opened at the first use. */
export function realtime(): RealtimeClient {
  current ??= createRealtimeClient()
  return current
}

/** The page's store of one scope. */
export const scopeStore = <P extends ScopeSpec>(spec: P, id: string): ScopeStore<P> => realtime().scopeStore(spec, id)

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (): number => realtime().serverNow()
