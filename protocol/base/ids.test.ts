// What counts as a line of text.
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { line } from './ids.ts'

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
    assert.ok(performance.now() - began < 500)
  })
})
