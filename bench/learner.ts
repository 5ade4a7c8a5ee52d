// One learner of a measured class, as light as the stock client allows: joins by code over HTTP, speaks and hears over
// one socket. Folds nothing and parses no frame, so that the load process stays out of the way.
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { apiBase, type CallSpec, type InputBefore, type Named, type Output } from '#protocol/base/call.ts'
import { Problem, type ProblemCode } from '#protocol/base/problems.ts'
import { type CallAnswer, type HelloFrame, wireEvents } from '#protocol/base/wire.ts'
import { liveRoutes } from '#protocol/live.ts'

export interface Learner {
  readonly socket: Socket
  /** A refusal is thrown as a Problem; no answer in time as any other error. */
  call<S extends Named<CallSpec>>(spec: S, input: InputBefore<S>, operation?: string): Promise<Output<S>>
}

/** Takes a seat as a guest and answers the cookie. */
export async function joinByCode(url: string, code: string, name: string): Promise<string> {
  const response = await fetch(`${url}${apiBase}${liveRoutes.join.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ code, name }),
  })
  if (!response.ok) throw new Error(`Joining was refused: ${await response.text()}`)
  await response.arrayBuffer()
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Opens a websocket and answers once it is connected. */
export async function openSocket(url: string, cookie = ''): Promise<Socket> {
  const socket = io(url, {
    forceNew: true,
    transports: ['websocket'],
    reconnection: false,
    ...(cookie ? { extraHeaders: { cookie } } : {}),
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

/** The calls of one socket. */
export const learnerOn = (socket: Socket): Learner => ({
  socket,
  async call<S extends Named<CallSpec>>(spec: S, input: InputBefore<S>, operation: string = randomUUID()) {
    const frame = { name: spec.name, input, ...(spec.kind === 'write' ? { op: operation } : {}) }
    const answer = (await socket.timeout(20_000).emitWithAck(wireEvents.call, frame)) as CallAnswer
    if (!answer.ok) throw new Problem(answer.problem.code as ProblemCode, { params: answer.problem.params })
    return answer.value as Output<S>
  },
})

/** The first of one event; to be asked before it can have come. */
export const heardOnce = <T>(socket: Socket, event: string): Promise<T> =>
  new Promise(resolve => {
    socket.once(event, resolve)
  })

/** Opens a socket as somebody and answers whose it is, as the server says at once. */
export async function openAs(url: string, cookie: string): Promise<Learner & { accountId: string }> {
  const socket = await openSocket(url, cookie)
  const { accountId } = await heardOnce<HelloFrame>(socket, wireEvents.hello)
  return { ...learnerOn(socket), accountId: accountId ?? '' }
}

/** Runs `work` for 0 … count - 1, at most `width` at a time; results in order. */
export async function many<T>(count: number, width: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let index = next++; index < count; index = next++) results[index] = await work(index)
    }),
  )
  return results
}
