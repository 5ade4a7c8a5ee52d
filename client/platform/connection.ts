// What the one connection offers to the rest of the client, and how long it waits for things. realtime.ts makes it.
import type { ReadonlySignal } from '@preact/signals'
import type { ScopeSpec } from '#protocol/base/scope.ts'
import type { ScopeStore } from './scope-store.ts'

export type ConnectionState = 'online' | 'connecting' | 'offline'

/** Milliseconds the client waits for things. */
export const clientPatience = {
  answer: 20_000,
  /** Without a connection for this long, people are told that they are offline. */
  offlineAfter: 4_000,
  clockEvery: 60_000,
  /** A scope that nobody looks at any more is kept this long: people go back and forth between pages. */
  linger: 10_000,
  reconnect: { least: 400, most: 10_000 },
  /** After the server has closed the socket itself. */
  dismissed: { least: 500, most: 30_000 },
} as const

export interface RealtimeOptions {
  /** Origin of the server; the page's own when absent. */
  url?: string
  /** Only for tests outside a browser, which has cookies of its own. */
  cookie?: string
  patience?: Partial<{ linger: number; offlineAfter: number; dismissedLeast: number }>
}

/** A write: its operation, and the protocol of the page that made it where that may be an earlier one. */
export interface Write {
  readonly operation: string
  /** Whose it is, null for nobody's; without it, of whoever is signed in as it is handed over. */
  readonly account?: string | null | undefined
  readonly protocol?: number | undefined
}

export interface RealtimeClient {
  readonly state: ReadonlySignal<ConnectionState>
  /** `polling`: the network lets no WebSocket through; things arrive, later. */
  readonly transport: ReadonlySignal<'websocket' | 'polling' | undefined>
  /** Whose socket it is; null for nobody, undefined before the first hello. */
  readonly accountId: ReadonlySignal<string | null | undefined>
  /** True when the server speaks a newer protocol than this page. */
  readonly outdated: ReadonlySignal<boolean>
  /** Milliseconds since 1970 by the server's clock. */
  serverNow(): number
  /**
   * One call, answered. Throws ClientProblem; `offline` when no answer came in time. After a dropped connection the
   * call is made again, which is safe for reads, and for writes because of their operation id.
   */
  send(name: string, input: unknown, write?: Write): Promise<unknown>
  /** The one store of a scope. Nothing is subscribed before `open`. */
  scopeStore<P extends ScopeSpec>(spec: P, id: string): ScopeStore<P>
  /** Connects anew, e.g. after signing in: the server reads the cookie at the handshake. */
  reconnect(): void
  close(): void
}
