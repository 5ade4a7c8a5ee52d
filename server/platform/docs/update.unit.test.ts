// Reading updates without applying them, gathering them without losing any, and counting their numbers: whatever was
// written, in whatever order it came.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import * as Y from 'yjs'
import { snapshotOf } from './compaction.ts'
import { MalformedMessage, readMessage } from './messages.ts'
import { Sequence } from './sequence.ts'
import { readUpdate, saysNews } from './update.ts'

type Step = readonly [writer: number, kind: number, at: number, text: string]
const steps = fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.nat(40), fc.string({ minLength: 1, maxLength: 6 })), {
  minLength: 1,
  maxLength: 60,
})

/** Several writers who hear each other now and then; every update they made, in order. */
function write(script: readonly Step[]): { docs: Y.Doc[]; updates: Uint8Array[] } {
  const updates: Uint8Array[] = []
  const docs = [1, 2, 3].map(clientID => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') updates.push(update)
    })
    return doc
  })
  for (const [writer, kind, at, text] of script) {
    const doc = docs[writer]
    if (!doc) continue
    const body = doc.getText('text')
    if (kind === 0) body.insert(Math.min(at, body.length), text)
    else if (kind === 1) body.delete(Math.min(at, body.length), Math.min(3, body.length - Math.min(at, body.length)))
    else if (kind === 2) doc.getMap('map').set(text, at)
    else for (const update of updates) Y.applyUpdate(doc, update, 'heard')
  }
  return { docs, updates }
}

const contents = (doc: Y.Doc) =>
  JSON.stringify([doc.getText('text').toJSON(), Object.entries(doc.getMap('map').toJSON()).sort()])

describe('updates', () => {
  it('gathered in any portions are the document that took them one by one, deletions and all', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (script, cut) => {
        const { updates } = write(script)
        const whole = new Y.Doc()
        for (const update of updates) Y.applyUpdate(whole, update)
        const at = updates.length === 0 ? 0 : cut % updates.length
        const gathered = snapshotOf(snapshotOf(undefined, updates.slice(0, at)), updates.slice(at))
        const read = new Y.Doc()
        Y.applyUpdateV2(read, gathered)
        assert.equal(contents(read), contents(whole))
        assert.deepEqual(Y.encodeStateVector(read), Y.encodeStateVector(whole))
        // What was gathered holds everything: no update says anything new to it.
        for (const update of updates) assert.equal(saysNews(read, readUpdate(update)), false)
      }),
      { numRuns: 150 },
    )
  })

  it('gathered out of order, with some still missing, lose nothing once the rest comes', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (script, dice) => {
        const { updates } = write(script)
        const shuffled = updates
          .map(update => ({ update, key: dice.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(one => one.update)
        const [missing, ...rest] = shuffled
        if (!missing) return
        const gathered = snapshotOf(snapshotOf(undefined, rest), [missing])
        const [whole, read] = [new Y.Doc(), new Y.Doc()]
        for (const update of updates) Y.applyUpdate(whole, update)
        Y.applyUpdateV2(read, gathered)
        assert.equal(contents(read), contents(whole))
      }),
      { numRuns: 150 },
    )
  })

  it('say news exactly when applying them changes something', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (script, pick) => {
        const { updates } = write(script)
        if (updates.length === 0) return
        const doc = new Y.Doc()
        const known = pick % updates.length
        for (const update of updates.slice(0, known)) Y.applyUpdate(doc, update)
        const next = updates[known]
        assert.ok(next)
        const before = JSON.stringify([[...Y.encodeStateVector(doc)], [...Y.encodeStateAsUpdate(doc)]])
        const news = saysNews(doc, readUpdate(next))
        Y.applyUpdate(doc, next)
        const after = JSON.stringify([[...Y.encodeStateVector(doc)], [...Y.encodeStateAsUpdate(doc)]])
        assert.equal(news, before !== after)
      }),
      { numRuns: 150 },
    )
  })

  it('are read or refused, whatever the bytes', () => {
    const { updates } = write([
      [0, 0, 0, 'abc'],
      [1, 2, 1, 'k'],
      [0, 1, 0, 'x'],
    ])
    const whole = Y.mergeUpdates(updates)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.nat(255), (noise, at, byte) => {
        const bent = whole.slice()
        bent[at % bent.length] = byte
        for (const bytes of [noise, bent, whole.subarray(0, at % whole.length)]) {
          for (const run of [() => readUpdate(bytes), () => readMessage(bytes)]) {
            try {
              run()
            } catch (error) {
              assert.ok(error instanceof MalformedMessage, String(error))
            }
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('the numbers a node has', () => {
  it('have a head without a gap before it, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Array.from({ length: 30 }, (_, index) => index + 1)),
        fc.nat(10),
        (seqs, from) => {
          const sequence = new Sequence(-1)
          sequence.upTo(from)
          const have = new Set(Array.from({ length: from + 1 }, (_, index) => index))
          for (const seq of seqs) {
            assert.equal(sequence.add(seq), !have.has(seq))
            have.add(seq)
          }
          let head = 0
          while (have.has(head + 1)) head++
          assert.equal(sequence.head, head)
          assert.equal(sequence.gapped, Math.max(...have) > head)
        },
      ),
    )
  })
})
