// Feeds listeners from the log, not from memory. One half takes scopes that are behind and wakes their listeners, in the
// very transaction that moves the mark, so that a node may die at any moment and nothing is skipped. The other half, a
// job, reads the log after the listener's own number. It runs no listener while it holds a mark.
import type { AccountId } from '#protocol/base/ids.ts'
import { parseAddress, type ScopeAddress } from '#protocol/base/scope.ts'
import type { WriteCtx } from '../ctx.ts'
import type { JobBinding, Listener } from '../feature.ts'
import type { Logger } from '../log/log.ts'

/** The job that brings one listener up to date in one scope. */
export const listenerJob = 'platform.listen'

export const listenerLimits = {
  /** Events a mark passes over in one transaction. */
  batch: 200,
  /** Events one turn of a listener looks at when it has a sieve. */
  sieved: 200,
  /** Scopes found by one look. */
  scopes: 100,
  /** Between looks for what other nodes left; what is committed here is handed on at once. */
  everyMs: 5_000,
  /** Before a scope that is in other hands is looked at again. */
  againMs: 200,
} as const

/** What a job says: look at this scope. What is to be handed on stands in the log. */
interface Wake {
  readonly listener: string
  readonly scope: ScopeAddress
}

interface LogRow {
  readonly seq: string
  readonly kind: string
  readonly actor: AccountId | null
  readonly body: unknown
  readonly at: Date
}

export interface ListenersParts {
  readonly listeners: readonly Listener[]
  /** Runs in a transaction of its own and commits. */
  readonly transaction: <T>(run: (ctx: Pick<WriteCtx, 'client' | 'enqueue'>) => Promise<T>) => Promise<T>
  readonly log: Logger
  readonly everyMs?: number
}

export interface Listeners {
  /** The job that runs the listeners; one that throws is tried again by the queue. */
  readonly job: JobBinding
  start(): void
  /** After a commit on this node: these scopes are behind now. */
  hint(scopes: Iterable<ScopeAddress>): void
  /** Hands on everything that is behind; answers with the number of events. For tests and for the drain. */
  catchUp(): Promise<number>
  stop(): Promise<void>
}

/** Feeds the registered listeners from the log: wakes them after commits, hands on in order, retries what threw. */
export function createListeners(parts: ListenersParts): Listeners {
  const byScope = new Map<string, Listener[]>()
  const byName = new Map<string, Listener>()
  for (const listener of parts.listeners) {
    if (byName.has(listener.name)) throw new Error(`Two listeners are called ${listener.name}`)
    byName.set(listener.name, listener)
    byScope.set(listener.scope.name, [...(byScope.get(listener.scope.name) ?? []), listener])
  }
  const names = [...byScope.keys()]
  const hinted = new Set<ScopeAddress>()
  const inOtherHands = new Map<ScopeAddress, NodeJS.Timeout>()
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  function hint(scopes: Iterable<ScopeAddress>): void {
    for (const scope of scopes) if (byScope.has(parseAddress(scope)?.name ?? '')) hinted.add(scope)
    if (hinted.size > 0 && !stopped) wake()
  }

  /** Whoever holds the mark of a scope may have read the log before what this node knows of was committed. */
  function lookAgain(scope: ScopeAddress): void {
    if (stopped || inOtherHands.has(scope)) return
    const timer = setTimeout(() => {
      inOtherHands.delete(scope)
      hint([scope])
    }, listenerLimits.againMs)
    inOtherHands.set(scope, timer)
  }

  /** One batch of one scope; 0 when another node has it or nothing is left. */
  function handOn(scope: ScopeAddress): Promise<number> {
    return parts.transaction(async ({ client, enqueue }) => {
      await client.query('insert into handled (scope, seq) values ($1, 0) on conflict do nothing', [scope])
      const mark = await client.query<{ seq: string }>(
        'select seq from handled where scope = $1 for update skip locked',
        [scope],
      )
      const seq = mark.rows[0]?.seq
      if (seq === undefined) {
        lookAgain(scope)
        return 0
      }
      const { rows } = await client.query<{ seq: string; kind: string }>(
        'select seq, kind from events where scope = $1 and seq > $2 order by seq limit $3',
        [scope, seq, listenerLimits.batch],
      )
      const last = rows.at(-1)
      if (!last) {
        // What is behind the mark was pruned: go on where the log goes on, but never past what came since the look above.
        await client.query(
          `update handled set seq = h.seq from scope_heads h where h.scope = handled.scope and handled.scope = $1
             and not exists (select from events e where e.scope = h.scope and e.seq > handled.seq)`,
          [scope],
        )
        return 0
      }
      const kinds = new Set(rows.map(row => row.kind))
      for (const listener of byScope.get(parseAddress(scope)?.name ?? '') ?? []) {
        if (!listener.kinds.some(kind => kinds.has(kind))) continue
        // Made here, under the lock of the mark: the first batch of a scope begins the listener's number.
        await client.query('insert into listened (listener, scope, seq) values ($1, $2, $3) on conflict do nothing', [
          listener.name,
          scope,
          seq,
        ])
        const wake: Wake = { listener: listener.name, scope }
        await enqueue({ name: listenerJob }, wake)
      }
      await client.query('update handled set seq = $2 where scope = $1', [scope, last.seq])
      return rows.length
    })
  }

  async function work(scopes: Iterable<ScopeAddress>): Promise<number> {
    let sum = 0
    for (const scope of scopes) {
      for (let many = await handOn(scope); many > 0; many = await handOn(scope)) {
        sum += many
        if (many < listenerLimits.batch) break
      }
    }
    return sum
  }

  async function behind(): Promise<ScopeAddress[]> {
    if (names.length === 0) return []
    return parts.transaction(async ({ client }) => {
      const { rows } = await client.query<{ scope: ScopeAddress }>(
        `select h.scope from scope_heads h left join handled d on d.scope = h.scope
         where h.seq > coalesce(d.seq, 0) and split_part(h.scope, ':', 1) = any($1::text[]) limit $2`,
        [names, listenerLimits.scopes],
      )
      return rows.map(row => row.scope)
    })
  }

  async function catchUp(): Promise<number> {
    let sum = 0
    for (;;) {
      const scopes = await behind()
      const many = await work(scopes)
      sum += many
      // What is still behind is in another node's hands.
      if (scopes.length < listenerLimits.scopes || many === 0) return sum
    }
  }

  const failed = (error: unknown) => {
    if (!stopped) parts.log.warn({ err: error }, 'could not hand events on to listeners')
  }

  async function workHinted(): Promise<void> {
    while (hinted.size > 0 && !stopped) {
      const scopes = [...hinted]
      hinted.clear()
      await work(scopes).catch(failed)
    }
  }

  const wake = () => {
    running ??= workHinted().finally(() => {
      running = undefined
    })
  }

  async function look(): Promise<void> {
    await catchUp().catch(failed)
    if (!stopped) timer = setTimeout(() => void look(), parts.everyMs ?? listenerLimits.everyMs)
  }

  /**
   * Hands one event to one listener and moves its number, in one transaction. The row is locked first: jobs of one
   * (listener, scope) take turns, on whatever nodes they run, and so events never cross.
   */
  async function run(ctx: WriteCtx, data: unknown): Promise<'again' | 'done'> {
    const { listener: name, scope } = data as Wake
    const listener = byName.get(name)
    // A release without this listener: its work is done by whoever has it, or nobody wants it any more.
    if (!listener) return 'done'
    const mark = await ctx.client.query<{ seq: string }>(
      'select seq from listened where listener = $1 and scope = $2 for update',
      [name, scope],
    )
    const seq = mark.rows[0]?.seq
    if (seq === undefined) return 'done'
    const found = await ctx.client.query<LogRow>(
      `select seq, kind, actor, body, at from events
       where scope = $1 and seq > $2 and kind = any($3::text[]) and body is not null order by seq limit $4`,
      [scope, seq, listener.kinds, listener.sieve ? listenerLimits.sieved : 1],
    )
    const last = found.rows.at(-1)
    if (!last) return 'done'
    const scopeId = parseAddress(scope)?.id ?? ''
    const event = found.rows.find((await listener.sieve?.(ctx, scopeId)) ?? (() => true))
    await ctx.client.query('update listened set seq = $3 where listener = $1 and scope = $2', [
      name,
      scope,
      (event ?? last).seq,
    ])
    if (event) await listener.run(ctx, { ...event, scopeId, seq: Number(event.seq) })
    return event || found.rows.length === listenerLimits.sieved ? 'again' : 'done'
  }

  return {
    job: { name: listenerJob, run },
    start() {
      void look()
    },
    hint,
    catchUp,
    async stop() {
      stopped = true
      clearTimeout(timer)
      for (const again of inOtherHands.values()) clearTimeout(again)
      await running
    },
  }
}
