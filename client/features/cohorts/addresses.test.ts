// What people paste as a list of addresses.
import assert from 'node:assert/strict'
import { readAddresses } from './addresses.ts'

describe('pasted addresses', () => {
  it('are read from lines, columns and mail programs, each once', () => {
    assert.deepEqual(readAddresses('email\nA@x.example\r\n\n"Ben, B" <b@x.example>; a@x.example\nc@x.example,Cleo\n'), {
      emails: ['a@x.example', 'b@x.example', 'c@x.example'],
    })
  })

  it('say which line has none', () => {
    assert.deepEqual(readAddresses('a@x.example\nBen\nc@x.example'), { emails: ['a@x.example'], wrong: 'Ben' })
  })
})
