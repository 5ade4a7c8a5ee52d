// A notice on a phone finds the place where it lies over no control, and stays there.
import assert from 'node:assert/strict'
import { placeOf } from '#client/ui/toast-place.ts'

describe('the place of a notice', () => {
  const room = { top: 8, bottom: 800 }

  it('is the foot of the room where nothing stands', () => {
    assert.equal(placeOf(50, room, []), 750)
    assert.equal(placeOf(50, room, [{ top: 100, bottom: 750 }]), 750)
  })

  it('is the head where a button stands at the foot', () => {
    assert.equal(placeOf(50, room, [{ top: 740, bottom: 790 }]), 8)
  })

  it('is right beside what stands at both, nearest to an edge', () => {
    const head = { top: 0, bottom: 56 }
    assert.equal(placeOf(50, room, [head, { top: 740, bottom: 790 }]), 64)
    assert.equal(placeOf(50, room, [head, { top: 60, bottom: 400 }, { top: 740, bottom: 790 }]), 682)
  })

  it('is the head where controls fill all of it', () => {
    assert.equal(placeOf(50, room, [{ top: 0, bottom: 800 }]), 8)
  })

  it('does not change while it is free, though the foot is free now', () => {
    assert.equal(placeOf(50, room, [], 300), 300)
    assert.equal(placeOf(50, room, [{ top: 320, bottom: 340 }], 300), 750)
  })
})
