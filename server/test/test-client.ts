// One person's client in a test: HTTP by fetch, calls and feeds by the stock socket.io-client. None of the product's
// client code is in it, so that what it sees is what travels.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import * as z from 'zod/mini'
import type { CallSpec, InputBefore, Named, Output, RouteSpec } from '#protocol/base/call.ts'
import { apiBase } from '#protocol/base/call.ts'
import { Problem, type ProblemBody, type ProblemCode } from '#protocol/base/problems.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address, type FeedOf, type FleetingOf, type ScopeSpec, type StateOf } from '#protocol/base/scope.ts'
import {
  type CallAnswer,
  type FeedFrame,
  type HelloFrame,
  previewHeader,
  protocolVersion,
  wireEvents,
} from '#protocol/base/wire.ts'
import { waitFor } from './wait-for.ts'

/** A scope as one client hears it, folded as it comes. */
export interface Listening<P extends ScopeSpec> {
  /** The state now: the snapshot with every event so far folded in. */
  state(): StateOf<P>
  /** The number of the last event folded in. */
  head(): number
  /** Durable events since the snapshot. */
  readonly events: readonly FeedOf<P>[]
  /** Fleeting values since, and those that came with the subscription. */
  readonly fleeting: readonly FleetingOf<P>[]
  /** Waits until the state says yes; answers that state. */
  until(yes: (state: StateOf<P>) => boolean, what?: string): Promise<StateOf<P>>
  /** Waits for a durable event of this kind, past ones included. */
  event<K extends FeedOf<P>['kind']>(kind: K): Promise<Extract<FeedOf<P>, { kind: K }>>
  leave(): Promise<void>
}

export interface TestClient {
  readonly url: string
  readonly socket: Socket
  /** Every hello of this socket; the last one says who it is now. */
  readonly hellos: readonly HelloFrame[]
  /** Every frame of every scope, as it came. */
  readonly frames: readonly FeedFrame[]
  /** The value of the Cookie header; empty when nobody is signed in. */
  cookie(): string
  /** One HTTP request; a refusal is thrown as a Problem. A new operation id each time unless one is given. */
  request<S extends Named<RouteSpec>>(route: S, input?: InputBefore<S>, operation?: string): Promise<Output<S>>
  /** The same with any input, for hostile ones. */
  raw(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response>
  /** One call over the socket; a refusal is thrown as a Problem. */
  call<S extends Named<CallSpec>>(spec: S, input?: InputBefore<S>, operation?: string): Promise<Output<S>>
  subscribe<P extends ScopeSpec>(scope: P, id: string): Promise<Listening<P>>
  /** Waits until the server has closed the socket. */
  dismissed(): Promise<void>
  close(): void
}

const toProblem = (body: Partial<ProblemBody> & { code?: string }): Problem =>
  new Problem((body.code ?? 'internal') as ProblemCode, { params: body.params ?? {}, errors: body.errors ?? [] })

/** What was told, as its schema has it: nothing more may have come, which a browser would have got as well. */
function asTold<S extends z.core.$ZodType>(schema: S, body: unknown, where: string): z.output<S> {
  const parsed = z.parse(schema, body)
  assert.deepEqual(body, parsed, `${where} tells what its schema does not name`)
  return parsed
}

/**
 * Opens a client; with a session token it is signed in, with `preview` it asks to be shown things so, at both doors. Answers once the socket has its hello. */
export async function openClient(url: string, token?: string, preview?: string): Promise<TestClient> {
  const jar = new Map<string, string>(token ? [['lectern', token]] : [])
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const frames: FeedFrame[] = []
  const hellos: HelloFrame[] = []
  const ears = new Set<(frame: FeedFrame) => void>()
  const socket = io(url, {
    forceNew: true,
    transports: ['websocket'],
    reconnection: false,
    ...(token ? { extraHeaders: { cookie: cookie() } } : {}),
    ...(preview === undefined ? {} : { auth: { protocol: protocolVersion, preview } }),
  })
  socket.on(wireEvents.hello, (frame: HelloFrame) => hellos.push(frame))
  socket.on(wireEvents.feed, (text: string) => {
    for (const frame of JSON.parse(text) as FeedFrame[]) {
      frames.push(frame)
      for (const hear of ears) hear(frame)
    }
  })
  await waitFor(() => hellos.length > 0, 'the hello of a test client')

  async function raw(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${url}${apiBase}${path}`, {
      method,
      headers: {
        ...(preview === undefined ? {} : { [previewHeader]: preview }),
        ...(jar.size > 0 ? { cookie: cookie() } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  async function request<S extends Named<RouteSpec>>(route: S, input?: InputBefore<S>, operation = randomUUID()) {
    const left: Record<string, unknown> = { ...((input ?? {}) as Record<string, unknown>) }
    const path = route.path.replace(/:(\w+)/g, (_, key: string) => {
      const value = left[key]
      delete left[key]
      return encodeURIComponent(String(value))
    })
    const query = new URLSearchParams()
    if (route.method === 'GET')
      for (const [key, value] of Object.entries(left)) if (value !== undefined) query.set(key, String(value))
    const response = await raw(
      route.method,
      query.size > 0 ? `${path}?${query}` : path,
      route.method === 'GET' ? undefined : JSON.stringify(left),
      route.kind === 'write' ? { 'idempotency-key': operation } : {},
    )
    const body: unknown = await response.json()
    if (!response.ok) throw toProblem(body as ProblemBody)
    return body as Output<S>
  }

  async function call<S extends Named<CallSpec>>(spec: S, input?: InputBefore<S>, operation = randomUUID()) {
    const frame = { name: spec.name, input: input ?? {}, ...(spec.kind === 'write' ? { op: operation } : {}) }
    const answer = (await socket.timeout(10_000).emitWithAck(wireEvents.call, frame)) as CallAnswer
    if (!answer.ok) throw toProblem(answer.problem)
    return answer.value as Output<S>
  }

  async function subscribe<P extends ScopeSpec>(scope: P, id: string): Promise<Listening<P>> {
    const at = address(scope, id)
    const events: FeedOf<P>[] = []
    const fleeting: FleetingOf<P>[] = []
    const early: FeedFrame[] = []
    let state: StateOf<P> | undefined
    let head = -1
    const hear = (frame: FeedFrame): void => {
      if (frame.s !== at) return
      if (frame.n === undefined) {
        const schema = scope.fleeting[frame.k]
        if (schema) fleeting.push({ kind: frame.k, body: asTold(schema, frame.b, `${at} ${frame.k}`) } as FleetingOf<P>)
        return
      }
      if (head < 0) return void early.push(frame)
      if (frame.n <= head) return
      if (frame.n !== head + 1) throw new Error(`${at} skipped from ${head} to ${frame.n}`)
      const schema = scope.feeds[frame.k]
      if (!schema) throw new Error(`${at} has no feed ${frame.k}`)
      const event = { kind: frame.k, body: asTold(schema, frame.b, `${at} ${frame.k}`) } as FeedOf<P>
      state = scope.apply(state as StateOf<P>, {
        ...(event as { kind: string; body: unknown }),
        seq: frame.n,
        actor: frame.a ?? null,
        at: frame.t ?? '',
      }) as StateOf<P>
      head = frame.n
      events.push(event)
    }
    ears.add(hear)
    const answer = await call(realtimeCalls.subscribe, { scope: at }).catch((error: unknown) => {
      ears.delete(hear)
      throw error
    })
    if (answer.mode !== 'snapshot') throw new Error('A newcomer gets a snapshot')
    state = asTold(scope.state, answer.state, at) as StateOf<P>
    head = answer.head
    for (const frame of early.sort((a, b) => (a.n ?? 0) - (b.n ?? 0))) hear(frame)
    for (const frame of answer.fleeting) hear(frame)
    const now = () => state as StateOf<P>
    return {
      state: now,
      head: () => head,
      events,
      fleeting,
      until: async (yes, what = `a state of ${at}`) => {
        await waitFor(() => yes(now()), what)
        return now()
      },
      event: async <K extends FeedOf<P>['kind']>(kind: K) => {
        const found = await waitFor(() => events.find(one => one.kind === kind), `${kind} in ${at}`)
        return found as unknown as Extract<FeedOf<P>, { kind: K }>
      },
      leave: async () => {
        ears.delete(hear)
        await call(realtimeCalls.unsubscribe, { scope: at })
      },
    }
  }

  return {
    url,
    socket,
    hellos,
    frames,
    cookie,
    request,
    raw,
    call,
    subscribe,
    dismissed: async () => {
      await waitFor(() => !socket.connected, 'the server to close the socket')
    },
    close: () => void socket.disconnect(),
  }
}
