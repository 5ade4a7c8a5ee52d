// CSV that a spreadsheet reads as it was meant.
import assert from 'node:assert/strict'
import { csvFile } from './csv.ts'

describe('a table as CSV', () => {
  it('quotes what must be, and defuses what would be a formula', () => {
    assert.equal(
      csvFile([
        ['a', 'b "c", d'],
        ['=1+1', 'two\nlines'],
      ]),
      '\ufeffa,"b ""c"", d"\r\n"\'=1+1","two\nlines"\r\n',
    )
    for (const start of ['=', '+', '-', '@', '\t', '\r']) assert.match(csvFile([[`${start}x`]]), /^\ufeff"'/)
  })
})
