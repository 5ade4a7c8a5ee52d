// What never reaches the app: requests that are no HTTP, heads that are too long, upgrades to what is not here. Each is
// answered at once and its connection closed; nothing is left hanging.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Problem, type ProblemCode } from '#protocol/base/problems.ts'
import { refusal } from '../call/refusal.ts'
import type { Logger } from '../log/log.ts'

const reasons: Partial<Record<ProblemCode, string>> = {
  malformed: 'Bad Request',
  'too-large': 'Content Too Large',
  'not-found': 'Not Found',
}

function answer(socket: Duplex, code: ProblemCode, log: Logger): void {
  if (!socket.writable) return void socket.destroy()
  const body = refusal(new Problem(code), randomUUID(), log)
  const text = JSON.stringify(body)
  socket.end(
    [
      `HTTP/1.1 ${body.status} ${reasons[code] ?? 'Refused'}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
    // A peer that goes on writing, or never closes its half, keeps nothing open.
    () => socket.destroy(),
  )
}

/** Answers what the app can't. `takes` says which upgrades somebody else on this server answers. */
export function answerTheRest(server: Server, takes: (path: string) => boolean, log: Logger): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (takes(request.url ?? '')) return
    socket.on('error', () => undefined)
    answer(socket, 'not-found', log)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    answer(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 'too-large' : 'malformed', log)
  })
}
