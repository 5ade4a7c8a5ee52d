// CSV is quoted as RFC 4180 says and never carries a formula.
import assert from 'node:assert/strict'
import { toCsv } from '#client/ui/csv.ts'

describe('csv', () => {
  it('quotes commas, quotes and line breaks', () => {
    assert.equal(toCsv([['a,b', 'say "hi"', 'two\nlines']]), '"a,b","say ""hi""","two\nlines"\r\n')
  })

  it('keeps formulas text and numbers numbers', () => {
    assert.equal(
      toCsv([['\u2068=1+1\u2069 of \u2068ليلى\u2069']]),
      "'=1+1 of ليلى\r\n",
      'nor behind a sign that is not seen',
    )
    assert.equal(toCsv([['=1+1', '@x', -2, null, undefined, '-x']]), "'=1+1,'@x,-2,,,'-x\r\n")
  })
})
