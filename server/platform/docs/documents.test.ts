// Documents over the stock client: written together, saved when it says so, read after a restart, on two nodes; what
// may not be changes nothing; what is no message ends its own connection alone.
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { documentClose } from '#protocol/base/documents.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type DocumentClient, documentClient, stateOf } from '#server/test/document-client.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { closeDatabase, connectDatabase, plain, sql } from '../db/sequelize.ts'
import {
  cookieOf,
  makeSheet,
  makeWriter,
  type SheetNode,
  sheetRights,
  signedOut,
  startSheetNode,
  whileAsked,
} from './sheet.fixture.ts'
import { readDocument } from './stored.ts'

describe('documents', () => {
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
    whileAsked.run = undefined
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

  it('brings what one writes to the others, and says saved once it is committed', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben, { extended: false })]
    a.text.insert(0, 'Cells are small.')
    await a.untilSaved()
    const rows = await sql<{ account_id: string; seq: string }>(
      'select account_id, seq from document_updates where document_id = $1',
      [id],
    )
    assert.deepEqual(rows, [{ account_id: ada, seq: '1' }])
    await agree(a, b)
    b.text.insert(5, ' (see below)')
    await agree(a, b)
    await waitFor(async () => (await stored()) === stateOf(a.doc), 'the document to be stored')
    assert.equal(a.told.mayWrite, true)
    // A stock client hears nothing it does not know.
    assert.deepEqual([...b.heard.keys()].sort(), [0, 1])
    const clients = await sql<{ account_id: string; client_id: string }>(
      'select account_id, client_id from document_clients where document_id = $1',
      [id],
    )
    assert.deepEqual(
      new Map(clients.map(row => [Number(row.client_id), row.account_id])),
      new Map([
        [a.doc.clientID, ada],
        [b.doc.clientID, ben],
      ]),
    )
  })

  it('says saved after the commit and not before, while the others have the words already', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben)]
    a.text.insert(0, 'first ')
    await a.untilSaved()
    const { upTo } = a.told
    const holder = await plain.connect()
    await holder.query('begin')
    await holder.query('select from documents where id = $1 for no key update', [id])
    a.text.insert(0, 'second ')
    await waitFor(() => b.text.toString() === 'second first ', 'the words')
    // An occasion to tell it how things stand.
    node.documents.rightsChanged([ada])
    b.text.insert(0, 'third ')
    await waitFor(() => a.text.toString() === 'third second first ', 'an answer that left the node later')
    assert.equal(a.told.upTo, upTo)
    assert.equal(a.told.sent, upTo + 1)
    await holder.query('commit')
    holder.release()
    await Promise.all([a.untilSaved(), b.untilSaved()])
    assert.equal(await stored(), stateOf(a.doc))
  })

  it('gives back what the database refuses, tries again what it could not take, and calls neither gone', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben)]
    a.text.insert(0, 'a ')
    b.text.insert(0, 'b ')
    await Promise.all([a.untilSaved(), b.untilSaved()])
    await agree(a, b)
    // Ben's row is refused for good; once it was, Ada's fails twice for a reason that passes.
    await sql(`
      create sequence refusals; create sequence failures;
      create function trouble() returns trigger language plpgsql as $$ begin
        if new.account_id = '${ben}' then
          perform nextval('refusals');
          raise exception 'never' using errcode = '23514';
        elsif (select is_called from refusals) and nextval('failures') <= 2 then
          raise exception 'not now' using errcode = '40001';
        end if;
        return new;
      end $$;
      create trigger trouble before insert on document_updates for each row execute function trouble()`)
    const holder = await plain.connect()
    await holder.query('begin')
    await holder.query('select from documents where id = $1 for no key update', [id])
    a.text.insert(0, 'first ')
    await waitFor(() => b.text.toString().startsWith('first '), 'the first to be on its way')
    // Behind it, so that both are written together.
    b.text.insert(0, 'refused ')
    a.text.insert(a.text.length, 'kept')
    await waitFor(() => a.text.toString().startsWith('refused ') && b.text.toString().endsWith('kept'), 'each other’s')
    await holder.query('commit')
    holder.release()
    await waitFor(() => b.closes.length > 0, 'the writer of what was refused to be sent away')
    assert.deepEqual([b.closes, b.provider.shouldConnect], [[documentClose.malformed], false])
    await waitFor(() => a.closes.length > 0 && a.saved(), 'the other to come back and have all saved')
    assert.ok(!a.closes.includes(documentClose.gone), `${a.closes}`)
    const [tried] = await sql<{ last_value: string }>('select last_value from failures')
    assert.ok(Number(tried?.last_value) > 2, 'tried until it was taken')
    await sql('drop trigger trouble on document_updates; drop function trouble; drop sequence refusals, failures')
    assert.equal(await stored(), stateOf(a.doc))
  })

  it('merges what was written offline, and forgets nothing when it lets go of the document', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben)]
    a.provider.disconnect()
    a.text.insert(0, 'offline ')
    b.text.insert(0, 'online ')
    await b.untilSaved()
    b.close()
    await waitFor(() => node.documents.open() === 0, 'the document to be let go of')
    a.provider.connect()
    await a.synced()
    await a.untilSaved()
    const c = await openAs(ben)
    await agree(a, c)
    assert.match(c.text.toString(), /offline/)
    assert.match(c.text.toString(), /online/)
  })

  it('opens a document once for all who wait for it, and answers none of them before it is read', async () => {
    const a = await openAs(ada)
    a.text.insert(0, 'x'.repeat(10_000))
    await a.untilSaved()
    a.close()
    await waitFor(() => node.documents.open() === 0, 'the document to be let go of')
    const loads = node.documents.counts.loads
    const many = Array.from({ length: 8 }, () => connect(ben))
    await Promise.all(many.map(one => one.synced()))
    for (const one of many) assert.equal(one.text.length, 10_000)
    assert.equal(node.documents.counts.loads, loads + 1)
  })

  it('refuses the updates of a reader: they change nothing, and it is told', async () => {
    sheetRights.set(ben, 'read')
    const [a, reader, stock] = [await openAs(ada), await openAs(ben), await openAs(ben, { extended: false })]
    a.text.insert(0, 'fact')
    await agree(a, reader, stock)
    const refused = node.documents.counts.refused
    reader.text.insert(0, 'not a ')
    stock.text.insert(0, 'no ')
    await waitFor(() => reader.told.refused === 1 && node.documents.counts.refused === refused + 2, 'both refusals')
    assert.equal(reader.told.mayWrite, false)
    assert.equal(reader.saved(), false)
    a.text.insert(4, '!')
    await a.untilSaved()
    const { doc } = await readDocument(testCtx(), id)
    assert.equal(doc.getText('text').toString(), 'fact!')
    assert.equal(a.text.toString(), 'fact!')
  })

  it('turns a writer into a reader at once, and back', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben)]
    b.text.insert(0, 'mine')
    await b.untilSaved()
    sheetRights.set(ben, 'read')
    node.documents.rightsChanged([ben])
    // Sent in the same moment, before any answer: judged when it arrives.
    b.text.insert(0, 'late ')
    await waitFor(() => b.told.mayWrite === false && b.told.refused === 1, 'the downgrade')
    assert.equal(a.text.toString(), 'mine')
    sheetRights.set(ben, 'write')
    node.documents.rightsChanged([`document:${id}`])
    await waitFor(() => b.told.mayWrite === true, 'the right to come back')
    b.drop()
    await waitFor(() => b.told.refused === 0 && b.saved(), 'what was refused to be taken')
    assert.equal(b.closes.length, 1)
    await agree(a, b)
  })

  it('calls nothing saved that waits to be known as its writer’s own', async () => {
    const a = await openAs(ada)
    await waitFor(() => a.told.upTo === a.told.sent, 'what the client began with')
    const { sent } = a.told
    const other = await plain.connect()
    try {
      await other.query('begin')
      await other.query('lock table document_clients in exclusive mode')
      // Nothing new, which is told at once; and right behind it what must wait.
      ;(a.provider.ws as unknown as { send(bytes: Uint8Array): void }).send(Uint8Array.of(0, 1, 2, 0, 0))
      a.text.insert(0, 'mine')
      await waitFor(() => a.told.upTo > sent, 'the first to be told')
      assert.deepEqual([a.told.upTo, a.told.sent], [sent + 1, sent + 2])
    } finally {
      await other.query('rollback')
      other.release()
    }
    await a.untilSaved()
    assert.equal(await stored(), stateOf(a.doc))
  })

  it('calls nothing saved for whoever comes back with it before it is committed', async () => {
    const a = await openAs(ada)
    a.text.insert(0, 'known. ')
    await a.untilSaved()
    const other = await plain.connect()
    let again: DocumentClient | undefined
    try {
      await other.query('begin')
      // Updates of this document can be taken, and none is committed.
      await other.query('select from documents where id = $1 for update', [id])
      a.text.insert(0, 'New. ')
      again = await openAs(ada, { doc: new Y.Doc() })
      Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(a.doc))
      await waitFor(() => again?.text.toString() === a.text.toString(), 'the other device to have it')
      again.drop()
      await waitFor(() => again?.provider.synced === true && again.told.sent > 0, 'it to be back')
      const back = documentClient({ url: node.url, id, cookie: cookieOf(ben) })
      clients.push(back)
      await back.synced()
      await waitFor(() => back.text.toString() === a.text.toString(), 'somebody else to have read it')
      assert.ok(again.told.upTo < again.told.sent, JSON.stringify(again.told))
    } finally {
      await other.query('rollback')
      other.release()
    }
    await a.untilSaved()
    await waitFor(() => again?.told.upTo === again?.told.sent, 'the other device to be told')
    assert.equal(await stored(), stateOf(a.doc))
  })

  it('holds what a writer says while rights can not be read: neither taken nor refused until they are', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben)]
    b.text.insert(0, 'mine')
    await b.untilSaved()
    let asked = 0
    whileAsked.run = () => {
      asked += 1
      throw new Error('no database')
    }
    node.documents.rightsChanged([ben])
    b.text.insert(0, 'held ')
    // Asked again and again, and nothing else.
    await waitFor(() => asked > 2, 'the rights to be asked for')
    assert.deepEqual([b.told.refused, b.closes.length, a.text.toString()], [0, 0, 'mine'])
    sheetRights.set(ben, 'read')
    whileAsked.run = undefined
    await waitFor(
      () => b.told.mayWrite === false && b.told.refused === 1,
      'the downgrade, and what waited refused by it',
    )
    assert.equal(a.text.toString(), 'mine')
    node.documents.rightsChanged([ben])
    sheetRights.set(ben, 'write')
    b.drop()
    await waitFor(() => b.told.refused === 0 && b.saved(), 'what was refused to be taken')
  })

  it('misses no right that is taken while a connection is let in', async () => {
    whileAsked.run = () => {
      whileAsked.run = undefined
      // Read already, and taken before the connection stands.
      sheetRights.set(ben, 'none')
      node.documents.rightsChanged([ben])
    }
    const b = connect(ben)
    await waitFor(() => b.closes.length > 0, 'the door to be shut again')
    assert.deepEqual(b.closes, [documentClose.gone])
  })

  it('closes within 200 ms when the right or the session goes, and stays closed for the stock client', async () => {
    for (const [take, code] of [
      [() => sheetRights.set(ben, 'none'), documentClose.gone],
      [() => signedOut.add(ben), documentClose.notSignedIn],
    ] as const) {
      const times: number[] = []
      // The best of some: what is measured is the server, not what else this machine does.
      for (let turn = 0; turn < 3 || (turn < 12 && Math.min(...times) >= 200); turn++) {
        const b = await openAs(ben)
        const closed = new Promise<number>(resolve =>
          b.provider.on('connection-close', () => resolve(performance.now())),
        )
        take()
        const began = performance.now()
        node.documents.rightsChanged(['site'])
        times.push((await closed) - began)
        assert.deepEqual(b.closes, [code])
        assert.equal(b.provider.shouldConnect, false)
        sheetRights.clear()
        signedOut.clear()
      }
      assert.ok(Math.min(...times) < 200, `${times.join(', ')} ms`)
    }
  })

  it('writes to each connection once for what one turn brings, and never back to who sent it', async () => {
    const a = await openAs(ada)
    const readers = await Promise.all(Array.from({ length: 5 }, () => openAs(ben)))
    const { counts } = node.documents
    const before = { ...counts }
    const heard = () => readers.reduce((sum, one) => sum + (one.heard.get(0) ?? 0), 0)
    const heardBefore = heard()
    for (let edit = 0; edit < 20; edit++) a.text.insert(0, 'x')
    const own = a.heard.get(0)
    await a.untilSaved()
    await agree(a, ...readers)
    assert.equal(heard() - heardBefore, 20 * readers.length)
    const cursors = (counts.awarenessFrames - before.awarenessFrames) * (readers.length + 1)
    // The twenty messages come in few turns, each of them one write a reader, and `saved` goes with one.
    const writes = counts.writes - before.writes - cursors
    assert.ok(writes < (20 * readers.length) / 2, `${writes} writes`)
    assert.equal(a.heard.get(0), own)
  })

  it('shows cursors under the name of the account, in few frames, and takes them away with their connection', async () => {
    const [a, b] = [await openAs(ada), await openAs(ben)]
    a.provider.awareness.setLocalStateField('user', { name: 'The teacher', color: '#aa0000' })
    const seenBy = (client: DocumentClient, whose: DocumentClient) =>
      client.provider.awareness.getStates().get(whose.doc.clientID) as
        | { user?: { name: string }; cursor?: number }
        | undefined
    await waitFor(() => seenBy(b, a)?.user?.name === `Name of ${ada}`, 'the cursor of Ada')
    const frames = b.heard.get(1) ?? 0
    for (let at = 0; at < 100; at++) a.provider.awareness.setLocalStateField('cursor', at)
    await waitFor(() => seenBy(b, a)?.cursor === 99, 'the last position')
    assert.ok((b.heard.get(1) ?? 0) - frames <= 5)
    // Somebody else's id is not theirs to move.
    b.provider.awareness.states.set(a.doc.clientID, { cursor: -1 })
    b.provider.awareness.meta.set(a.doc.clientID, { clock: 9_999, lastUpdated: 0 })
    b.provider.awareness.emit('update', [{ added: [], updated: [a.doc.clientID], removed: [] }, 'local'])
    const c = await openAs(ben)
    await waitFor(() => seenBy(c, a) !== undefined, 'the cursor of Ada')
    assert.equal(seenBy(c, a)?.cursor, 99)
    a.close()
    await waitFor(() => seenBy(c, a) === undefined, 'the cursor to go')
  })
})
