// How much a server under measurement holds after everything it has let go of is collected, asked through the inspector:
// start it with `inspected`. Both sides of a comparison carry the inspector.
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ServerProcess } from './server-process.ts'

/** For Node itself, before the program. */
export const inspected = ['--inspect=127.0.0.1:0'] as const

export interface Held {
  /** Bytes of objects and of buffers outside the heap. */
  readonly live: number
  /** Bytes the system has given to the process; free pages of the heap are in it. */
  readonly resident: number
}

const expression = `(({ heapUsed, external, rss }) => ({ live: heapUsed + external, resident: rss }))(process.memoryUsage())`

/** Collects, and answers what is left. */
export async function heldAfterCollection(server: ServerProcess): Promise<Held> {
  const url = /Debugger listening on (ws:\S+)/.exec(server.output())?.[1]
  if (url === undefined) throw new Error('The server was started without its inspector')
  const ws = new WebSocket(url)
  await once(ws, 'open')
  let id = 0
  const ask = async (method: string, params: object = {}): Promise<unknown> => {
    const mine = ++id
    const answered = new Promise<unknown>((resolve, reject) => {
      ws.once('close', () => reject(new Error('The server closed its inspector')))
      ws.on('message', text => {
        const said = JSON.parse(String(text)) as { id?: number; result?: unknown }
        if (said.id === mine) resolve(said.result)
      })
    })
    ws.send(JSON.stringify({ id: mine, method, params }))
    return answered
  }
  // What the first collection finalises, the next one frees.
  for (let turn = 0; turn < 3; turn++) await ask('HeapProfiler.collectGarbage')
  const { result } = (await ask('Runtime.evaluate', { expression, returnByValue: true })) as { result: { value: Held } }
  ws.close()
  return result.value
}
