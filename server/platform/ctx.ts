// The one thing handed down to rules' callers, actions and queries: who asks, the time, and the database. No globals,
// no factories: what a function needs of the world is in its `ctx`.

import type { Readable } from 'node:stream'
import type { PoolClient } from 'pg'
import type { Logger } from 'pino'
import type { AccountId, OperationId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { FeedOf, FleetingOf, ScopeSpec } from '#protocol/base/scope.ts'
import type { Blobs } from './storage/blobs.ts'

/** Who asks. Nobody is a person without a session; everyone else, guests too, has an account. */
export type Who =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'account'
      readonly accountId: AccountId
      readonly sessionId: SessionId
      readonly siteRole: SiteRole
      readonly name: string
      /** What is agreed to before anything else: by themselves, or for them by a guardian. Absent for most. */
      readonly owes?: 'consent' | 'guardian' | undefined
    }

/** Whoever asks, when they have an account. Throws `not-signed-in` for nobody. */
export function demandAccount(who: Who): Extract<Who, { kind: 'account' }> {
  if (who.kind === 'nobody') throw new Problem('not-signed-in')
  return who
}

/** The account that asks. Throws `not-signed-in` for nobody. */
export const accountOf = (who: Who): AccountId => demandAccount(who).accountId

/** The account that acts; null where nobody does, such as a job. */
export const actorOf = (who: Who): AccountId | null => (who.kind === 'account' ? who.accountId : null)

/**
 * Rows of a parametrised query ($1, $2 …); inside a transaction it runs on that transaction's connection. With a `name`,
 * the same for one text for ever, each connection plans it once: for what crowds ask at the same moment.
 */
export type Sql = <Row extends object>(text: string, values?: readonly unknown[], name?: string) => Promise<Row[]>

/** What only the HTTP door has: cookies, and where the browser came to. Null on sockets. */
export interface SessionDoor {
  /** The origin people use for this server, such as https://learn.example.org: to show and to share. */
  readonly origin: string
  /** The origin this browser itself asked under: where another site sends it back to. */
  readonly asked: string
  /** The origin under which this browser may run what people bring; null where there is none. */
  readonly content: string | null
  /** The session token this browser carries, whether it stands or not. */
  readonly token: string | undefined
  /** What the browser calls itself, for people to recognise a device by; empty when it does not say. */
  readonly agent: string
  start(token: string, maxAgeSeconds: number): void
  end(): void
  /** What this browser carries from before it went to another site, as whoever gave it sealed it. */
  readonly errand: string | undefined
  /** Gives the browser something to carry for so many seconds; with an empty one and 0, takes it away. */
  carry(errand: string, maxAgeSeconds: number): void
  /** The body of a request to a route that takes bytes; null at every other. */
  readonly bytes: Readable | null
}

export interface Ctx {
  readonly who: Who
  /** As whom the caller asks to be shown things, in their own words; whoever acts on it is told by `asSeen`. */
  readonly seenAs?: string | undefined
  /** Who looks on while `who` is somebody supposed: never is shown what they may not see themselves. */
  readonly behind?: Who | undefined
  /** When the input arrived at this node, in database time. Lateness is judged by it. */
  readonly now: Date
  /** Milliseconds a frame takes from the caller to this node, as measured here; absent where it was not. */
  readonly travelMs?: number
  /** Set while the past of a demo is played: `now` is then told, and stands where the database's own clock is asked. */
  readonly playedAt?: Date
  readonly requestId: string
  /** The caller's network address, for throttles. Empty for jobs. */
  readonly address: string
  /** True when the caller sits at the machine the server runs on. */
  readonly local: boolean
  readonly log: Logger
  readonly sql: Sql
  readonly session: SessionDoor | null
  /** The id under which nobody in particular writes: an action may tell a repeated request by it. */
  readonly operationId?: OperationId
  /** Where the bytes of files are. */
  readonly blobs: Blobs
  /** The folders of the players that the school brought, by name (platform/players.ts). */
  readonly players: ReadonlyMap<string, string>
  /** Sends a fleeting value to a scope at once: latest wins, may be lost, never the truth. */
  readonly emit: Emit
}

export type Emit = <P extends ScopeSpec>(scope: P, id: string, value: FleetingOf<P>) => void

/** A job by its binding: nobody writes its name as a bare string. */
export interface NamedJob {
  readonly name: string
}

/** Inside one transaction. Everything collected here happens with the commit or not at all. */
export interface WriteCtx extends Ctx {
  /** The transaction's own connection, for prepared statements: `client.query({ name, text, values })`. */
  readonly client: PoolClient
  /** Collects a durable event; numbered just before commit, published after it. At most four scopes an action. */
  announce<P extends ScopeSpec>(scope: P, id: string, event: FeedOf<P>): void
  /** Enqueues a job in this transaction. */
  enqueue(job: NamedJob, data: object, options?: { startAfter?: Date }): Promise<void>
  /**
   * Says that what this account (or everybody: 'site', or everybody with a document open) may do has changed: open
   * sockets and documents are judged anew at once.
   */
  rightsChanged(subject: AccountId | 'site' | `document:${string}`): void
  /** Runs after the commit on this node only; for latency, never for truth. */
  afterCommit(run: () => void): void
}
