// A gate between the nodes and Redis: shut, it is as if Redis had been stopped: every connection breaks and new ones
// are refused. Works with any Redis, and leaves the one behind it alone.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Gate {
  /** What the nodes are given in place of the real address. */
  readonly url: string
  shut(): Promise<void>
  open(): Promise<void>
}

/** Opens a gate on a free port of the loopback address. */
export async function openGate(redisUrl: string): Promise<Gate> {
  const target = new URL(redisUrl)
  const through = new Set<Socket>()
  const pass = (near: Socket) => {
    const far = connect(Number(target.port || 6379), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      through.add(one)
      one.pipe(other)
      one.on('error', () => one.destroy())
      one.on('close', () => {
        through.delete(one)
        other.destroy()
      })
    }
  }
  let server = createServer(pass)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound ? bound.port : 0
  const url = new URL(redisUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.href,
    async shut() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const socket of through) socket.destroy()
      await closed
    },
    async open() {
      server = createServer(pass)
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
  }
}
