// What may stand in a link, whatever is typed.
import assert from 'node:assert/strict'
import { address } from '#protocol/links.ts'
import { webAddress } from './address.ts'

describe('the address of a link', () => {
  it('is one of the web, as typed or with https before it', () => {
    assert.equal(webAddress(' example.org/a b '), 'https://example.org/a%20b')
    assert.equal(webAddress('http://example.org'), 'http://example.org/')
    assert.equal(webAddress('localhost:8080/x'), 'https://localhost:8080/x')
    assert.equal(webAddress('HTTPS://Example.org/é'), 'https://example.org/%C3%A9')
  })

  it('is none that runs, reads this machine, or holds a name and password', () => {
    for (const typed of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'mailto:a@b.org',
      '',
      'https://',
    ])
      assert.equal(webAddress(typed), undefined, typed)
    for (const sent of [
      'https://name:word@example.org',
      ' javascript:alert(1)',
      'https:example.org',
      'https://a b.org',
    ])
      assert.equal(address.safeParse(sent).success, false, sent)
  })
})
