// The window over a long table covers what is seen and accounts for every pixel of what is not.
import assert from 'node:assert/strict'
import { tableWindow } from '#client/ui/table-window.ts'

describe('table window', () => {
  it('covers the view and adds up to the whole height', () => {
    for (const scrollTop of [-30, 0, 10, 4000, 43_400, 1e9]) {
      const { from, to, before, after } = tableWindow(1000, 44, scrollTop, 600)
      const top = Math.min(Math.max(0, scrollTop), 1000 * 44 - 600)
      assert.ok(from * 44 <= top, `starts above ${top}`)
      assert.ok(to * 44 >= top + 600, `ends below ${top + 600}`)
      assert.ok(to - from < 50, 'draws few')
      assert.equal(before + after + (to - from) * 44, 44_000)
    }
  })

  it('draws nothing of nothing', () => {
    assert.deepEqual(tableWindow(0, 44, 0, 600), { from: 0, to: 0, before: 0, after: 0 })
  })
})
