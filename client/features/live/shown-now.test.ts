// A number that was on its way when a host took a word away does not bring it back.
import assert from 'node:assert/strict'
import type { Stage } from '#protocol/live/stage.ts'
import { type Answered, answeredNow, shownNow } from './shown-now.ts'

describe('what the class sees of the moment', () => {
  const stage = (step: number) => ({ deliveryId: 'd', step, view: { item: { id: 'i' } } }) as unknown as Stage
  const answered = (step: number, itemId = 'i') =>
    ({
      deliveryId: 'd',
      itemId,
      answered: 3,
      shown: { step, tally: { answered: 3, counts: { word: 1 } } },
    }) as unknown as Answered

  it('is the newest number, unless the stage knows better', () => {
    assert.deepEqual(shownNow(stage(4), answered(4))?.counts, { word: 1 })
    assert.deepEqual(shownNow(stage(4), answered(5))?.counts, { word: 1 })
    assert.equal(shownNow(stage(5), answered(4)), undefined)
    assert.equal(shownNow(stage(4), answered(4, 'j')), undefined)
    assert.equal(shownNow(null, answered(4)), undefined)
    assert.equal(shownNow(stage(4), { ...answered(4), shown: undefined } as unknown as Answered), undefined)
  })

  it('counts by what travels until the close, by what the stage keeps from then on', () => {
    const at = (phase: string, kept?: number) =>
      ({
        deliveryId: 'd',
        view: { phase, item: { id: 'i' }, result: kept === undefined ? null : { tally: { answered: kept } } },
      }) as unknown as Stage
    assert.equal(answeredNow(at('open'), answered(4)), 3)
    // A host has hidden a word when one had answered.
    assert.equal(answeredNow(at('open', 1), answered(4)), 3)
    assert.equal(answeredNow(at('open', 1), undefined), 1)
    assert.equal(answeredNow(at('closed', 5), answered(4)), 5)
    assert.equal(answeredNow(at('closed'), answered(4)), 3)
    assert.equal(answeredNow(at('revealed', 5), answered(4)), 5)
    assert.equal(answeredNow(at('open'), answered(4, 'j')), 0)
    assert.equal(answeredNow(null, undefined), 0)
  })
})
