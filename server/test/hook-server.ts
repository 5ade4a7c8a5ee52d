// A small server that webhooks go to: keeps what came and answers as it is told. Only for tests.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEndOfFile } from './endings.ts'

export interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly path: string
}

export interface HookServer {
  readonly address: string
  readonly got: Got[]
  /** The status it answers with; silent: none at all. endless: more than anybody reads. elsewhere: sent on, to `/elsewhere`. */
  mode: number | 'silent' | 'endless' | 'elsewhere'
  answer: string
  /** Requests that nobody answered yet. */
  open: number
}

/** Runs until the tests of the file are over. */
export async function startHookServer(): Promise<HookServer> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    made.open++
    response.on('close', () => {
      made.open--
    })
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      made.got.push({ headers: request.headers, body: Buffer.concat(parts).toString(), path: request.url ?? '' })
      if (made.mode === 'silent') return
      if (made.mode === 'elsewhere') return response.writeHead(302, { location: '/elsewhere' }).end()
      if (made.mode === 'endless') {
        response.writeHead(200)
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
        }
        response.on('drain', more)
        return more()
      }
      return response.writeHead(made.mode, { 'content-type': 'text/plain' }).end(made.answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const made: HookServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    got: [],
    mode: 200,
    answer: 'ok',
    open: 0,
  }
  atEndOfFile(async () => {
    server.closeAllConnections()
    server.close()
  })
  return made
}
