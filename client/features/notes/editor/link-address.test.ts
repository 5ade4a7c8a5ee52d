// Addresses as people type them become links; what could do harm does not.
import assert from 'node:assert/strict'
import { linkAddress } from '#client/features/notes/editor/link-address.ts'

describe('the address of a link', () => {
  it('is completed where a person left the beginning away', () => {
    assert.equal(linkAddress(' example.org '), 'https://example.org')
    assert.equal(linkAddress('bücher.example/a?b#c'), 'https://bücher.example/a?b#c')
    assert.equal(linkAddress('somebody@example.org'), 'mailto:somebody@example.org')
    assert.equal(linkAddress('http://example.org/x'), 'http://example.org/x')
    assert.equal(linkAddress('/courses/1'), '/courses/1')
    assert.equal(linkAddress('#part'), '#part')
  })

  it('is none where it could run something or leave unseen', () => {
    for (const typed of [
      '',
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//evil',
      'x y',
    ])
      assert.equal(linkAddress(typed), undefined, typed)
    assert.equal(linkAddress('java\tscript:alert(1)'), undefined)
  })
})
