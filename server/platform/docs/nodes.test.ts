// Several nodes and one database: through Redis, without it, with messages lost; what was gathered while a node looked
// away; what a draining node still writes.
import assert from 'node:assert/strict'
import type { AccountId } from '#protocol/base/ids.ts'
import { type DocumentClient, documentClient, stateOf } from '#server/test/document-client.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, testRedisUrl, waitFor } from '#server/test/harness.ts'
import { closeDatabase, connectDatabase, plain, sql } from '../db/sequelize.ts'
import { sqlOn } from '../db/transact.ts'
import { compact, tailLimits } from './compaction.ts'
import {
  cookieOf,
  makeSheet,
  makeWriter,
  type SheetNode,
  type SheetNodeOptions,
  startSheetNode,
} from './sheet.fixture.ts'
import { readDocument } from './stored.ts'

describe('documents on several nodes', () => {
  let ada: AccountId
  let id: string
  const nodes: SheetNode[] = []
  const clients: DocumentClient[] = []

  before(async () => {
    connectDatabase((await testDatabase()).url)
    ada = await makeWriter('Ada')
  })
  beforeEach(async () => {
    id = await makeSheet()
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close()
    await Promise.all(nodes.splice(0).map(node => node.stop()))
  })
  after(() => closeDatabase())

  const start = async (options: SheetNodeOptions = {}) => {
    const node = await startSheetNode({ redisUrl: testRedisUrl, ...options })
    nodes.push(node)
    return node
  }
  const open = async (node: SheetNode) => {
    const client = documentClient({ url: node.url, id, cookie: cookieOf(ada) })
    clients.push(client)
    await client.synced()
    return client
  }
  const agree = (...all: DocumentClient[]) =>
    waitFor(() => new Set(all.map(one => stateOf(one.doc))).size === 1, 'replicas to agree')
  const stored = async () => stateOf((await readDocument(testCtx(), id)).doc)

  it('carries words and cursors between nodes', async () => {
    const [one, two] = [await start(), await start()]
    const [a, b] = [await open(one), await open(two)]
    a.text.insert(0, 'from one')
    await waitFor(() => b.text.toString() === 'from one', 'the words')
    b.text.insert(0, 'from two, ')
    await waitFor(() => a.text.toString() === 'from two, from one', 'the words')
    a.provider.awareness.setLocalStateField('user', { name: 'x' })
    await waitFor(
      () => (b.provider.awareness.getStates().get(a.doc.clientID)?.user as { name: string } | undefined)?.name,
      'the cursor',
    )
    // A cursor comes along when its connection changes nodes.
    a.move(two.url)
    await a.synced()
    a.provider.awareness.setLocalStateField('user', { name: 'y', at: 2 })
    const seen = () => b.provider.awareness.getStates().get(a.doc.clientID)?.user as { at?: number } | undefined
    await waitFor(() => seen()?.at === 2, 'the cursor that moved')
    await a.untilSaved()
    assert.equal(one.documents.counts.fills + two.documents.counts.fills, 0)
  })

  it('loses nothing when Redis loses every message, or is not there', async () => {
    const deaf: SheetNodeOptions = {
      rhythm: { heads: 40, headsWithoutBus: 40 },
      bus: bus => ({ ...bus, sendUpdates: () => undefined, sendAwareness: () => undefined }),
    }
    const [one, two] = [await start(deaf), await start(deaf)]
    const [a, b] = [await open(one), await open(two)]
    for (let edit = 0; edit < 20; edit++) (edit % 2 ? a : b).text.insert(0, `${edit} `)
    await Promise.all([a.untilSaved(), b.untilSaved()])
    await agree(a, b)
    assert.equal(await stored(), stateOf(a.doc))
  })

  it('sees by the numbers that a message is missing, and asks for it', async () => {
    let drop = false
    const [one, two] = [
      await start({ bus: bus => ({ ...bus, sendUpdates: (...said) => void (drop || bus.sendUpdates(...said)) }) }),
      // The look at the heads would find it too, much later.
      await start({ rhythm: { heads: 60_000 } }),
    ]
    const [a, b] = [await open(one), await open(two)]
    drop = true
    a.text.insert(0, 'lost ')
    await a.untilSaved()
    drop = false
    a.text.insert(0, 'told ')
    await agree(a, b)
    assert.equal(two.documents.counts.fills, 1)
  })

  it('goes on from a snapshot that was made while a node heard nothing', async () => {
    const [one, two] = [
      await start({ bus: bus => ({ ...bus, sendUpdates: () => undefined }) }),
      await start({ rhythm: { heads: 40 } }),
    ]
    const [a, b] = [await open(one), await open(two)]
    for (let edit = 0; edit < 5; edit++) a.text.insert(0, `${edit} `)
    await a.untilSaved()
    const client = await plain.connect()
    await compact(async run => run(client), id)
    const left = await sqlOn(client)('select from document_updates where document_id = $1', [id])
    client.release()
    assert.equal(left.length, 0)
    await agree(a, b)
    const authors = await sql<{ updates: string }>('select updates from document_authors where document_id = $1', [id])
    assert.deepEqual(authors, [{ updates: '5' }])
  })

  it('gathers a long tail by itself, and reads the same afterwards', async () => {
    const node = await start()
    const [a, b] = [await open(node), await open(node)]
    for (let edit = 0; edit <= tailLimits.updates; edit++) (edit % 2 ? a : b).text.insert(0, 'y')
    await Promise.all([a.untilSaved(), b.untilSaved()])
    await agree(a, b)
    const snapshot = await waitFor(async () => {
      const [found] = await sql<{ seq: string }>('select seq from document_snapshots where document_id = $1', [id])
      return found
    }, 'a snapshot')
    assert.ok(Number(snapshot.seq) > tailLimits.updates)
    assert.equal(await stored(), stateOf(a.doc))
  })

  it('writes what is unsaved before it goes, and sends its people elsewhere', async () => {
    // The words wait for whose they are while their connection goes.
    const slow: SheetNodeOptions['sql'] = own => async (text, values) => {
      if (text.includes('document_clients')) await new Promise(resolve => setTimeout(resolve, 300))
      return own(text, values)
    }
    const [one, two] = [await start({ sql: slow }), await start()]
    const a = await open(one)
    a.text.insert(0, 'the last words')
    // Read by the node, not committed yet.
    await waitFor(() => one.documents.counts.updates > 0, 'the update to arrive')
    await one.stop()
    await waitFor(() => a.closes.length > 0, 'its people to be sent away')
    assert.deepEqual(a.closes.slice(0, 1), [4503])
    const b = await open(two)
    assert.equal(b.text.toString(), 'the last words')
  })
})
