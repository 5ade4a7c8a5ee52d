// What we write as an array PostgreSQL reads as the same values.
import assert from 'node:assert/strict'
import pg from 'pg'
import { testDatabase } from '#server/test/harness.ts'
import { instantArray, jsonArray, wordArray } from './arrays.ts'
import { newId } from './id.ts'

describe('array parameters', () => {
  it('come back as they went in', async () => {
    const client = new pg.Client({ connectionString: (await testDatabase()).url })
    await client.connect()
    const ids = [newId(), newId()]
    const at = [new Date('2026-11-24T10:00:00.123Z'), new Date('1999-12-31T23:59:59.999Z')]
    const json = [{ text: 'a "quoted" \\ back\\\\slash, {brace} NULL\n\t\u2028é😀' }, ['', '"'], null, 'NULL', 0]
    const { rows } = await client.query(
      'select $1::uuid[] as ids, $2::timestamptz[] as at, $3::jsonb[] as json, $4::int[] as n',
      [wordArray(ids), instantArray(at), jsonArray(json), wordArray([1, null, 3])],
    )
    const empty = await client.query('select $1::uuid[] as ids, $2::json[] as json', [wordArray([]), jsonArray([])])
    await client.end()
    assert.deepEqual(rows, [{ ids, at, json, n: [1, null, 3] }])
    assert.deepEqual(empty.rows, [{ ids: [], json: [] }])
  })
})
