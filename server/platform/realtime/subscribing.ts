// Subscribe, unsubscribe and the time. Listen first, then read, then hand over what came meanwhile: between a
// snapshot and the first live frame nothing may be missing. Who may hear a scope is asked of its binding, every time.
import { Problem } from '#protocol/base/problems.ts'
import { realtimeCalls, type Subscription } from '#protocol/base/realtime.ts'
import { parseAddress, type ScopeAddress } from '#protocol/base/scope.ts'
import { wireEvents } from '#protocol/base/wire.ts'
import type { Ctx } from '../ctx.ts'
import type { EncodedEvent } from '../events/event.ts'
import { type Binding, bind, type ScopeBinding } from '../feature.ts'
import { type Connection, callLimits } from './connection.ts'
import type { RealtimeCounts } from './counts.ts'
import type { Hosted, Hosting } from './hosting.ts'

/** How old a state made for somebody else may be; what came since is handed over with it. */
const sharedReadMs = 250
const mostReads = 4

export interface SubscribingParts {
  readonly scopes: ReadonlyMap<string, ScopeBinding>
  readonly hosting: Hosting
  readonly counts: RealtimeCounts
  readonly now: () => Date
  /** The socket a call came from; undefined for a call that came by HTTP. */
  readonly connectionOf: (ctx: Ctx) => Connection | undefined
  readonly ctxOf: (connection: Connection) => Ctx
}

type Answer = { mode: 'events' | 'snapshot'; head: number; state?: unknown; missed: readonly EncodedEvent[] }

const instantOf = (event: EncodedEvent): number => Date.parse((JSON.parse(event.text) as { t: string }).t)

/** The calls by which a socket begins and ends hearing a scope, and what a returning one has missed. */
export function createSubscribing(parts: SubscribingParts): {
  bindings: Binding[]
  leave(connection: Connection, scope: ScopeAddress): void
} {
  const { hosting, counts } = parts

  function leave(connection: Connection, scope: ScopeAddress): void {
    const undo = connection.joined.get(scope)
    if (!undo) return
    connection.joined.delete(scope)
    void connection.socket.leave(scope)
    undo()
  }

  function join(connection: Connection, hosted: Hosted, ctx: Ctx): void {
    const { scope, id, binding } = hosted
    void connection.socket.join(scope)
    if (connection.joined.has(scope)) return
    hosted.members.add(connection)
    connection.joined.set(scope, () => {
      hosted.members.delete(connection)
      hosted.emptySince = performance.now()
      binding.left?.(ctx, id, connection.id)
    })
    binding.entered?.(ctx, id, connection.id)
  }

  /** The events after `since`, when they may and can be told one by one. */
  async function missedSince(hosted: Hosted, since: number, entry: Date | null): Promise<Answer | undefined> {
    const { ring } = hosted
    if (ring.last === undefined) await hosting.loadTail(hosted)
    // This node may be behind the one the client came from.
    if (since > (ring.last ?? 0)) await hosting.fill(hosted)
    let missed = ring.after(since)
    if (!missed && since < (ring.last ?? 0)) {
      await hosting.loadTail(hosted)
      missed = ring.after(since)
    }
    let head = ring.last ?? 0
    if (!missed && since < head) {
      const older = await hosting.older(hosted, since)
      const rest = older && ring.after(older.head)
      // The ring may not reach as far as what was just read; the rest comes live.
      if (older) missed = rest ? [...older.events, ...rest] : older.head >= (ring.last ?? 0) ? older.events : undefined
      head = Math.max(older?.head ?? 0, ring.last ?? 0)
    }
    if (!missed) return undefined
    const [first] = missed
    if (entry && first && instantOf(first) < entry.getTime()) return undefined
    return { mode: 'events', head, missed }
  }

  async function stateNow(hosted: Hosted, ctx: Ctx): Promise<Answer> {
    for (let reads = 0; reads < mostReads; reads++) {
      const { head, state } = await hosting.readState(hosted, ctx, reads === 0 ? sharedReadMs : 0)
      hosting.begin(hosted, head)
      const { last } = hosted.ring
      // The read may be ahead of what was published to us; what it holds is dropped by the client when it comes.
      if (last === undefined || last <= head) return { mode: 'snapshot', head, state, missed: [] }
      const missed = hosted.ring.after(head)
      if (missed) return { mode: 'snapshot', head, state, missed }
    }
    throw new Problem('busy', { params: { retryAfter: 1 } })
  }

  async function enter(
    connection: Connection,
    scope: ScopeAddress,
    id: string,
    binding: ScopeBinding,
    since: number | undefined,
  ): Promise<Subscription> {
    // Also when the rights changed meanwhile and this is the second time round.
    let joinedHere = false
    for (;;) {
      const epoch = connection.rightsEpoch
      const ctx = parts.ctxOf(connection)
      try {
        await binding.admit(ctx, id)
      } catch (error) {
        leave(connection, scope)
        throw error
      }
      const hosted = hosting.host(scope, id, binding)
      await hosted.listening
      if (!connection.open) throw new Problem('draining')
      joinedHere ||= !connection.joined.has(scope)
      join(connection, hosted, ctx)
      try {
        const { entry: entered } = binding
        const entry = since !== undefined && typeof entered === 'function' ? await entered(ctx, id) : null
        const fleeting = (await binding.fleeting?.(ctx, id)) ?? []
        const answer =
          (since === undefined ? undefined : await missedSince(hosted, since, entry)) ?? (await stateNow(hosted, ctx))
        if (connection.rightsEpoch !== epoch) continue
        if (!connection.open) throw new Problem('draining')
        return hand(connection, hosted, answer, fleeting)
      } catch (error) {
        if (joinedHere || !connection.open) leave(connection, scope)
        throw error
      }
    }
  }

  /**
   * The frames of the missed part go out as one encoded text just before the answer; the client keeps frames that come
   * while it waits and applies those after the state. Nothing may be awaited between the reading of the ring and this.
   */
  function hand(
    connection: Connection,
    hosted: Hosted,
    answer: Answer,
    fleeting: readonly { kind: string; body: unknown }[],
  ): Subscription {
    const { scope } = hosted
    if (answer.missed.length > 0) {
      connection.socket.emit(wireEvents.feed, `[${answer.missed.map(event => event.text).join(',')}]`)
    }
    counts.resumed(scope, answer.mode)
    const frames = fleeting.map(({ kind, body }) => ({ s: scope, k: kind, b: body }))
    return answer.mode === 'events'
      ? { mode: 'events', head: answer.head, events: [], fleeting: frames }
      : { mode: 'snapshot', head: answer.head, state: answer.state, fleeting: frames }
  }

  const mustBeSocket = (ctx: Ctx): Connection => {
    const connection = parts.connectionOf(ctx)
    if (!connection) throw new Problem('unknown-call')
    return connection
  }

  const bindings = bind(realtimeCalls, {
    subscribe: async (ctx, { scope, since }) => {
      const connection = mustBeSocket(ctx)
      // Ids are made by us: anything but plain characters was never one, and must not reach a query.
      const parsed = /^[\x21-\x7e]+$/.test(scope) ? parseAddress(scope) : undefined
      const binding = parsed && parts.scopes.get(parsed.name)
      if (!parsed || !binding) throw new Problem('not-found')
      if (connection.joined.size >= callLimits.scopes && !connection.joined.has(scope as ScopeAddress)) {
        throw new Problem('too-many', { params: { most: callLimits.scopes } })
      }
      return connection.inTurn(scope, () => enter(connection, scope as ScopeAddress, parsed.id, binding, since))
    },
    unsubscribe: async (ctx, { scope }) => {
      const connection = mustBeSocket(ctx)
      return connection.inTurn(scope, async () => {
        leave(connection, scope as ScopeAddress)
        return {}
      })
    },
    time: async () => ({ now: parts.now().toISOString() }),
  })

  return { bindings, leave }
}
