// Ids are in the order in which they were made, however fast, and look like UUIDv7 of this moment.
import assert from 'node:assert/strict'
import { newId } from './id.ts'

describe('newId', () => {
  it('makes UUIDv7s of now, each after the one before, more than a millisecond holds', () => {
    const before = Date.now()
    const ids = Array.from({ length: 20_000 }, () => newId())
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.deepEqual([...ids].sort(), ids)
    assert.equal(new Set(ids.map(id => id.slice(19))).size, ids.length)
    const timeOf = (id = '') => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
    assert.ok(timeOf(ids[0]) >= before && timeOf(ids.at(-1)) <= Date.now() + 20)
  })
})
