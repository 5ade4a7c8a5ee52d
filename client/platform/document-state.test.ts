// "Saved" is the server's word alone: the edits that wait, and what a person is told about a document.
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { documentState, failuresTold, UnsavedEdits, unopened } from '#client/platform/document-state.ts'
import { unsentWords } from '#client/platform/unsent-words.ts'

const bytes = (n: number) => new Uint8Array([n])

describe('the edits that wait for the server', () => {
  it('are saved message by message, not before', () => {
    const edits = new UnsavedEdits()
    edits.connected()
    edits.sent('everything')
    assert.deepEqual(edits.decided(1, 0), { is: 'all-saved', some: false })
    edits.add(bytes(1))
    edits.sent('latest')
    edits.add(bytes(2))
    edits.sent('latest')
    assert.deepEqual(edits.decided(2, 0), { is: 'more' })
    assert.equal(edits.waiting, 1)
    assert.deepEqual(edits.decided(3, 0), { is: 'all-saved', some: true })
  })

  it('wait through a lost connection and travel with the first message of the next', () => {
    const edits = new UnsavedEdits()
    edits.connected()
    edits.sent('everything')
    edits.add(bytes(1))
    edits.sent('latest')
    edits.add(bytes(2))
    edits.connected()
    assert.equal(edits.waiting, 2, 'what was under way may be lost')
    edits.add(bytes(3))
    edits.sent('latest')
    edits.sent('nothing')
    assert.deepEqual(edits.decided(2, 0), { is: 'more' }, 'an update of another tab carries none of these')
    assert.equal(edits.waiting, 2)
    edits.sent('everything')
    assert.deepEqual(edits.decided(3, 0), { is: 'all-saved', some: true })
  })

  it('are given back when they are refused, with all that builds on them', () => {
    const edits = new UnsavedEdits()
    edits.connected()
    edits.sent('everything')
    assert.deepEqual(edits.decided(1, 1), { is: 'all-saved', some: false }, 'an empty message carried nothing')
    edits.add(bytes(1))
    edits.sent('latest')
    edits.add(bytes(2))
    assert.deepEqual(edits.decided(2, 2), { is: 'refused', updates: [bytes(1), bytes(2)] })
    assert.equal(edits.waiting, 0)
  })
})

describe('what a person is told about a document', () => {
  const open = { ...unopened, link: 'open', synced: true } as const

  it('follows the connection and the server', () => {
    assert.deepEqual(documentState(unopened), { is: 'connecting' })
    assert.deepEqual(documentState({ ...unopened, failures: failuresTold }), { is: 'offline' })
    assert.deepEqual(documentState({ ...open, link: 'away', waiting: 3 }), { is: 'offline' })
    assert.deepEqual(documentState({ ...open, synced: false }), { is: 'connecting' }, 'not yet everything is here')
    assert.deepEqual(documentState(open), { is: 'synced' })
    assert.deepEqual(documentState({ ...open, waiting: 1, savedAt: '2026-11-24T10:32:00Z' }), { is: 'saving' })
    assert.deepEqual(documentState({ ...open, savedAt: 'then' }), { is: 'saved', at: 'then' })
    assert.deepEqual(documentState({ ...open, waiting: 1, closed: 'gone' }), { is: 'closed', why: 'gone' })
  })
})

describe('the words the server did not take', () => {
  it('are what was typed and not deleted, a line for each block', () => {
    const doc = new Y.Doc()
    const fragment = doc.getXmlFragment('default')
    const before = new Y.XmlElement('paragraph')
    before.insert(0, [new Y.XmlText('What stood there')])
    fragment.insert(0, [before])
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const text = new Y.XmlText()
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [text])
    fragment.insert(1, [paragraph])
    for (const [at, letter] of [...'Mine x'].entries()) text.insert(at, letter)
    text.delete(5, 1)
    text.insert(5, 'too')
    const second = new Y.XmlElement('paragraph')
    second.insert(0, [new Y.XmlText('And this')])
    fragment.insert(2, [second])
    assert.equal(unsentWords(updates), 'Mine too\nAnd this')
    assert.equal(unsentWords([]), '')
  })
})
