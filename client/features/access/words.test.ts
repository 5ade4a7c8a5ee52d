// A right is found by its own words, by what else people call it and by its heading.
import assert from 'node:assert/strict'
import { loadAllTexts } from '#client/platform/texts.ts'
import { capabilities } from '#protocol/base/roles.ts'
import { isCalled } from './words.ts'

const found = (sought: string) => capabilities.filter(one => isCalled(one, sought))

describe('the search for a right', () => {
  before(loadAllTexts)

  it('knows what else people call it', () => {
    for (const word of ['chat', 'Upload', 'forum', 'MESSAGE', 'chat  upload', 'files in talk'])
      assert.ok(found(word).includes('channel.attach'), word)
    assert.deepEqual(found('gradebook').sort(), ['grade.change', 'grade.view-all'])
  })

  it('finds all for nothing and nothing for nonsense', () => {
    assert.equal(found('').length, capabilities.length)
    assert.deepEqual(found('xylophone'), [])
  })
})
