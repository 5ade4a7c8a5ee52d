// From a route's input to its request, and from a server's refusal to a problem.
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { request, requestOf } from './call.ts'
import { ClientProblem } from './problem.ts'

const input = z.strictObject({ id: z.string(), text: z.optional(z.string()) })
const routes = defineRoutes('channels', {
  get: route('GET', '/talk/:id', read(input, z.object({ id: z.string() }))),
  say: route('POST', '/talk/:id/words', write(input, z.object({ id: z.string() }))),
})

describe('asking over HTTP', () => {
  it('takes parameters out of the input, puts the rest into query or body', () => {
    assert.deepEqual(requestOf(routes.get, { id: 'a/b', text: 'x y', none: undefined }), {
      url: '/api/v1/talk/a%2Fb?text=x+y',
      body: undefined,
    })
    assert.deepEqual(requestOf(routes.say, { id: 'a', text: 'x' }), {
      url: '/api/v1/talk/a/words',
      body: '{"text":"x"}',
    })
    assert.throws(() => requestOf(routes.get, { text: 'x' }), /needs id/)
  })

  it('sends an operation id with writes and throws problems by their code', async () => {
    const seen: IncomingMessage[] = []
    let answer = (response: ServerResponse) => response.end('{"id":"a"}')
    const server = createServer((message, response) => {
      seen.push(message)
      answer(response)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const codeOf = (asked: Promise<unknown>) =>
      asked.then(
        () => 'done',
        (error: unknown) => (error instanceof ClientProblem ? error.code : error),
      )
    try {
      assert.deepEqual(await request(routes.say, { id: 'a' }, { origin }), { id: 'a' })
      assert.match(String(seen[0]?.headers['idempotency-key']), /^[0-9a-f-]{36}$/)
      await request(routes.get, { id: 'a' }, { origin })
      assert.equal(seen[1]?.headers['idempotency-key'], undefined)
      answer = response => response.writeHead(409).end('{"code":"late","params":{},"errors":[],"requestId":"1"}')
      assert.equal(await codeOf(request(routes.get, { id: 'a' }, { origin })), 'late')
      answer = response => response.writeHead(502).end('<html>proxy</html>')
      assert.equal(await codeOf(request(routes.get, { id: 'a' }, { origin })), 'busy')
      answer = response => response.destroy() as unknown as ServerResponse
      assert.equal(await codeOf(request(routes.get, { id: 'a' }, { origin })), 'offline')
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
