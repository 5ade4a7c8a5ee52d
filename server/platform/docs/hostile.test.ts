// What hostile clients do to documents: strange origins, forged and absurd messages, floods. Each ends its own connection
// alone, or changes nothing.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { documentClose, documentLimits } from '#protocol/base/documents.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type DocumentClient, documentClient, stateOf } from '#server/test/document-client.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { closeDatabase, connectDatabase, sql } from '../db/sequelize.ts'
import { updateFrame } from './messages.ts'
import {
  cookieOf,
  makeSheet,
  makeWriter,
  type SheetNode,
  sheetRights,
  signedOut,
  startSheetNode,
} from './sheet.fixture.ts'
import { readDocument } from './stored.ts'

describe('documents and hostile clients', () => {
  let node: SheetNode
  let ada: AccountId
  let ben: AccountId
  let id: string

  before(async () => {
    connectDatabase((await testDatabase()).url)
    ada = await makeWriter('Ada')
    ben = await makeWriter('Ben')
    node = await startSheetNode({ rhythm: { keep: 50, sweep: 30 } })
  })
  beforeEach(async () => {
    id = await makeSheet()
    sheetRights.clear()
    signedOut.clear()
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close()
    await waitFor(() => node.documents.open() === 0, 'the documents to be let go of')
  })
  after(async () => {
    await node.stop()
    await closeDatabase()
  })

  const clients: DocumentClient[] = []
  const connect = (accountId: AccountId, more: Partial<Parameters<typeof documentClient>[0]> = {}) => {
    const client = documentClient({ url: node.url, id, cookie: cookieOf(accountId), ...more })
    clients.push(client)
    return client
  }
  const openAs = async (accountId: AccountId, more: Partial<Parameters<typeof documentClient>[0]> = {}) => {
    const client = connect(accountId, more)
    await client.synced()
    return client
  }
  const agree = (...clients: DocumentClient[]) =>
    waitFor(() => new Set(clients.map(one => stateOf(one.doc))).size === 1, 'replicas to agree')
  const stored = async () => {
    const { doc } = await readDocument(testCtx(), id)
    return stateOf(doc)
  }
  /** A connection that sends bytes of its own making. */
  const rawSocket = async (accountId: AccountId) => {
    const ws = new WebSocket(`${node.url.replace('http', 'ws')}/collab/${id}`, {
      headers: { cookie: cookieOf(accountId) },
    })
    const closed = new Promise<number>(resolve => ws.on('close', code => resolve(code)))
    await new Promise(resolve => ws.on('open', resolve))
    return { ws, closed }
  }
  const payloadOf = (update: Uint8Array) => {
    const whole = updateFrame(update)
    return whole.subarray(whole[1] === 126 ? 4 : whole[1] === 127 ? 10 : 2)
  }

  it('lets nobody in from elsewhere, without a session, or to what is not there', async () => {
    const knock = async (more: Partial<Parameters<typeof documentClient>[0]>, code: number) => {
      const client = connect(ben, more)
      await waitFor(() => client.closes.includes(code), `a close with ${code}`)
      assert.equal(client.provider.synced, false)
      client.close()
    }
    await knock({ cookie: '' }, documentClose.notSignedIn)
    await knock({ id: randomUUID() }, documentClose.gone)
    await knock({ id: 'x' }, documentClose.gone)
    await knock({ origin: 'https://elsewhere.example' }, 1006)
    assert.equal(node.documents.connections(), 0)
  })

  it('ends the connection that sends what is no message, and disturbs nobody else', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben)]
    const withSub = new Y.Doc()
    withSub.getMap('map').set('sub', new Y.Doc())
    const bad: [string, Uint8Array | string, number][] = [
      ['bytes without a meaning', new Uint8Array([0, 2, 5, 1, 2, 3, 4, 5]), documentClose.malformed],
      ['a cut message', new Uint8Array([0, 2, 200]), documentClose.malformed],
      ['an unknown message', new Uint8Array([77]), documentClose.malformed],
      ['text', 'hello', documentClose.malformed],
      ['a subdocument', payloadOf(Y.encodeStateAsUpdate(withSub)), documentClose.malformed],
      ['a cursor that is no JSON', new Uint8Array([1, 4, 1, 1, 1, 0]), documentClose.malformed],
      ['a state vector of nonsense', new Uint8Array([0, 0, 3, 200, 200, 200]), documentClose.malformed],
      ['too many bytes', new Uint8Array(documentLimits.message + 1), documentClose.tooLarge],
    ]
    for (const [what, bytes, code] of bad) {
      const { ws, closed } = await rawSocket(ada)
      ws.send(bytes)
      assert.equal(await closed, code, what)
    }
    a.text.insert(0, 'still here')
    await a.untilSaved()
    await agree(a, b)
    assert.deepEqual([a.closes, b.closes], [[], []])
    assert.equal(await stored(), stateOf(a.doc))
  })

  it('sends away who talks too fast', async () => {
    const { ws, closed } = await rawSocket(ada)
    const query = new Uint8Array([3])
    for (let sent = 0; sent < 2 * documentLimits.burst; sent++) ws.send(query)
    assert.equal(await closed, documentClose.tooFast)
  })

  it("keeps what comes under another's client id, attributed to who brought it", async () => {
    const a = await openAs(ada)
    a.text.insert(0, 'by Ada')
    await a.untilSaved()
    const forged = new Y.Doc()
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(a.doc))
    const before = Y.encodeStateVector(forged)
    forged.clientID = a.doc.clientID
    forged.getText('text').insert(0, 'forged ')
    const { ws } = await rawSocket(ben)
    ws.send(payloadOf(Y.encodeStateAsUpdate(forged, before)))
    await waitFor(() => a.text.toString() === 'forged by Ada', 'the forged words')
    const rows = await waitFor(async () => {
      const found = await sql<{ account_id: string }>(
        'select account_id from document_updates where document_id = $1 order by seq',
        [id],
      )
      return found.length === 2 && found
    }, 'both updates')
    assert.deepEqual(
      rows.map(row => row.account_id),
      [ada, ben],
    )
    const [client] = await sql<{ account_id: string }>(
      'select account_id from document_clients where document_id = $1',
      [id],
    )
    assert.equal(client?.account_id, ada)
    ws.close()
  })
})
