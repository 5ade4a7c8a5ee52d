// The built pages over HTTP: compressed as the browser takes it, one page for every address, nothing below the folder.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import Koa from 'koa'
import { assets } from './assets.ts'

describe('the built pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-assets-'))
  const page = `<!doctype html>${'lectern '.repeat(500)}`
  let server: Server
  let url = ''

  before(async () => {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), page)
    writeFileSync(join(folder, 'index.html.br'), brotliCompressSync(page))
    writeFileSync(join(folder, 'index.html.gz'), gzipSync(page))
    writeFileSync(join(folder, 'assets', 'plain-1.js'), 'let a')
    const app = new Koa()
    app.use(assets(folder))
    server = createServer(app.callback())
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })
  const get = (path: string, coding: string) => fetch(url + path, { headers: { 'accept-encoding': coding } })

  it('come compressed as the browser takes it, and say so to caches', async () => {
    for (const [asked, told] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await get('/courses/one', asked)
      assert.equal(answer.headers.get('content-encoding'), told)
      assert.match(answer.headers.get('vary') ?? '', /Accept-Encoding/)
      assert.match(answer.headers.get('content-type') ?? '', /text\/html/)
      assert.equal(await answer.text(), page)
    }
  })

  it('come as they are where nothing smaller was built, and keep for ever where their name says what is in them', async () => {
    const answer = await get('/assets/plain-1.js', 'br')
    assert.equal(answer.headers.get('content-encoding'), null)
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
    assert.equal(await answer.text(), 'let a')
    assert.equal((await get('/assets/none.js', 'br')).status, 404)
    assert.equal((await get('/', 'br')).headers.get('cache-control'), 'no-cache')
  })
})
