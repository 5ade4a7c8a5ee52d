// How a bot reaches the server: HTTP to come in, one socket to hear and to speak, both over the public wire. It knows
// nothing the page would not know. A link that drops is opened again with the same cookie, and what was not
// acknowledged is sent again under the same operation.
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import {
  apiBase,
  type CallSpec,
  type InputBefore,
  type Named,
  type Output,
  type RouteSpec,
} from '#protocol/base/call.ts'
import { Problem, type ProblemBody, type ProblemCode } from '#protocol/base/problems.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address } from '#protocol/base/scope.ts'
import { type CallAnswer, type FeedFrame, wireEvents } from '#protocol/base/wire.ts'
import type { Stage } from '#protocol/live/stage.ts'
import { type Run, type RunId, runScope } from '#protocol/live.ts'

const answerWithinMs = 10_000

const toProblem = (body: Partial<ProblemBody>): Problem =>
  new Problem((body.code ?? 'internal') as ProblemCode, { params: body.params ?? {} })

export interface LinkEars {
  run(run: Run): void
  stage(stage: Stage | null): void
  ended(): void
}

export class Link {
  #cookie = ''
  #socket: Socket | undefined
  #ears: { runId: RunId; ears: LinkEars } | undefined

  constructor(private readonly url: string) {}

  /** One request; refusals are thrown as Problems. Keeps the cookie that joining sets. */
  async request<S extends Named<RouteSpec>>(route: S, input: InputBefore<S>): Promise<Output<S>> {
    const response = await fetch(`${this.url}${apiBase}${route.path}`, {
      method: route.method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
      },
      ...(route.method === 'GET' ? {} : { body: JSON.stringify(input) }),
    })
    for (const set of response.headers.getSetCookie()) this.#cookie = set.split(';')[0] ?? ''
    const body: unknown = await response.json()
    if (!response.ok) throw toProblem(body as Partial<ProblemBody>)
    return body as Output<S>
  }

  /** Opens the socket and hears the class; the state of the moment is told at once, again after each return. */
  open(runId: RunId, ears: LinkEars): void {
    this.#ears = { runId, ears }
    const socket = io(this.url, {
      forceNew: true,
      transports: ['websocket', 'polling'],
      ...(this.#cookie ? { extraHeaders: { cookie: this.#cookie } } : {}),
      reconnectionDelayMax: 3_000,
    })
    this.#socket = socket
    socket.on('connect', () => void this.#listen(socket))
    socket.on(wireEvents.feed, (text: string) => this.#hear(text))
    socket.on(wireEvents.move, () => {
      socket.disconnect()
      setTimeout(() => socket.connect(), 500)
    })
  }

  /** Whether it is connected. */
  get up(): boolean {
    return this.#socket?.connected === true
  }

  /** Loses the connection, as a phone does in a tunnel. */
  drop(): void {
    this.#socket?.disconnect()
  }

  /** Comes back. */
  comeBack(): void {
    this.#socket?.connect()
  }

  close(): void {
    this.#ears = undefined
    this.#socket?.removeAllListeners()
    this.#socket?.disconnect()
  }

  /** One call; sent again under its operation until the server has answered. Refusals are thrown as Problems. */
  async call<S extends Named<CallSpec>>(spec: S, input: InputBefore<S>): Promise<Output<S>> {
    const frame = { name: spec.name, input, ...(spec.kind === 'write' ? { op: randomUUID() } : {}) }
    for (let tries = 0; ; tries++) {
      const socket = this.#socket
      if (!socket || !this.#ears) throw new Error('This link is closed')
      try {
        const answer = (await socket.timeout(answerWithinMs).emitWithAck(wireEvents.call, frame)) as CallAnswer
        if (answer.ok) return answer.value as Output<S>
        throw toProblem(answer.problem)
      } catch (error) {
        if (error instanceof Problem || tries >= 5) throw error
      }
    }
  }

  async #listen(socket: Socket): Promise<void> {
    const listening = this.#ears
    if (!listening) return
    const scope = address(runScope, listening.runId)
    try {
      const answer = await this.call(realtimeCalls.subscribe, { scope })
      if (this.#socket !== socket || answer.mode !== 'snapshot') return
      const { run, stage } = answer.state as { run: Run; stage: Stage | null }
      listening.ears.run(run)
      if (run.phase === 'ended') listening.ears.ended()
      else listening.ears.stage(stage)
    } catch (error) {
      // Shut out of the class: it is over for this bot. Anything else is tried again with the next connection.
      if (error instanceof Problem && ['not-found', 'not-allowed', 'not-signed-in'].includes(error.code))
        listening.ears.ended()
    }
  }

  #hear(text: string): void {
    const listening = this.#ears
    if (!listening) return
    const scope = address(runScope, listening.runId)
    for (const frame of JSON.parse(text) as FeedFrame[]) {
      if (frame.s !== scope) continue
      if (frame.k === 'staged') listening.ears.stage((frame.b as { stage: Stage | null }).stage)
      else if (frame.k === 'ended' || frame.k === 'closed') listening.ears.ended()
      else if (frame.k === 'resume' && this.#socket) void this.#listen(this.#socket)
    }
  }
}
