// What leaves as CSV is one thing to every spreadsheet, and never a formula.
import assert from 'node:assert/strict'
import { csvCell, csvFile, readCsv } from './csv.ts'

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

  it('comes in as it left, by the surest column of a name, with the line of each row', () => {
    const columns = { who: ['e-mail', 'who'], why: ['why'] }
    const text = csvFile([
      ['Who', 'E-mail', 'Shoe'],
      ['Ann', '=1+1', '41'],
      ['two\nlines', "it's", ''],
      ['Cem', '', ''],
    ])
    const read = readCsv(text, columns, { needed: ['who'], most: 3 })
    assert.deepEqual(read.unused, ['who', 'shoe'])
    assert.deepEqual(
      read.rows.map(row => [row.line, row.cells.who, row.cells.why]),
      [
        [2, '=1+1', ''],
        [4, "it's", ''],
        [5, '', ''],
      ],
    )
    assert.throws(() => readCsv(text, columns, { needed: ['who'], most: 2 }), { code: 'too-large' })
    assert.throws(() => readCsv(text, columns, { needed: ['why'], most: 3 }), { code: 'malformed' })
  })
})
