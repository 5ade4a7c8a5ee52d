// What leaves as CSV is one thing to every spreadsheet, and never a formula.
import assert from 'node:assert/strict'
import { csvCell, csvFile } from './csv.ts'

describe('a table as CSV', () => {
  it('makes formula cells harmless', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) assert.equal(csvCell(`${start}1+1`), `"'${start}1+1"`)
    assert.equal(csvCell('Anna "A", B'), '"Anna ""A"", B"')
  })

  it('begins with the mark of UTF-8 and ends every line as RFC 4180 says', () => {
    assert.equal(
      csvFile([
        ['a', 'b'],
        ['c', '=d'],
      ]),
      '\ufeff"a","b"\r\n"c","\'=d"\r\n',
    )
  })
})
