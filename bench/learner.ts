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

const socketTo = (url: string, cookie: string): Socket =>
  io(url, {
    forceNew: true,
    transports: ['websocket'],
    reconnection: false,
    ...(cookie ? { extraHeaders: { cookie } } : {}),
  })

const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })

/** Opens a websocket and answers once it is connected. */
export async function openSocket(url: string, cookie = ''): Promise<Socket> {
  const socket = socketTo(url, cookie)
  await connected(socket)
  return socket
}

/** The same, with what the server says first, which may come in one piece with the connection. */
export async function openGreeted(url: string, cookie = ''): Promise<{ socket: Socket; hello: HelloFrame }> {
  const socket = socketTo(url, cookie)
  const greeted = new Promise<HelloFrame>(resolve => {
    socket.once(wireEvents.hello, resolve)
  })
  await connected(socket)
  return { socket, hello: await greeted }
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

/** Opens a socket as somebody and answers whose it is, as the server says. */
export async function openAs(url: string, cookie: string): Promise<Learner & { accountId: string }> {
  const { socket, hello } = await openGreeted(url, cookie)
  return { ...learnerOn(socket), accountId: hello.accountId ?? '' }
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
