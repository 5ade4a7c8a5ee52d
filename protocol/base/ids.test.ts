// What counts as a line of text, and what as a decimal.
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { decimal, line } from './ids.ts'

describe('a line', () => {
  const takes = (text: string): boolean => z.safeParse(line(60), text).success

  it('is trimmed, and may be in any script', () => {
    assert.equal(z.parse(line(60), '  Ada Lovelace '), 'Ada Lovelace')
    for (const name of ['José', '李小龍', 'محمد', 'नेहा', '👩‍🔬', 'O’Brien-Smith', '=SUM(A1)', 'می\u200cخواهم'])
      assert.ok(takes(name), name)
  })

  it('is not empty to the eye', () => {
    for (const name of ['', '   ', '\u200b', '\u200d\u200d', '\u2060', '\u3164', '\u2800', '\ufeff'])
      assert.ok(!takes(name), JSON.stringify(name))
  })

  it('has no controls and turns no other text around', () => {
    for (const name of ['two\nlines', 'a\u0000', 'bell\u0007', 'x\u202egnp', 'x\u2066y', '\u0085next'])
      assert.ok(!takes(name), JSON.stringify(name))
  })

  it('takes no longer to refuse a long one', () => {
    const began = performance.now()
    assert.ok(!z.safeParse(line(200_000), '\u200b'.repeat(100_000)).success)
    assert.ok(performance.now() - began < 2_000)
  })
})

describe('a decimal', () => {
  it('is handed on without needless zeros', () => {
    for (const [typed, plain] of [
      ['00000001', '1'],
      ['7.50', '7.5'],
      ['-0.0', '0'],
      ['-01.2500', '-1.25'],
      ['000', '0'],
      ['100', '100'],
    ])
      assert.equal(z.parse(decimal, typed), plain)
  })

  it('is no other way of writing a number', () => {
    for (const typed of ['', '1.', '.5', '1e3', '1,5', '+1', '1.00000', '1234567890', 'NaN', ' 1'])
      assert.ok(!z.safeParse(decimal, typed).success, typed)
  })
})
