// Passwords, devices and addresses, from plain data.
import assert from 'node:assert/strict'
import { coarseAddress, describeAgent, deviceKindOf, mayDemoSignIn, weakness } from './rules.ts'

describe('the rules of accounts', () => {
  it('find passwords that are too easy to guess, and let long phrases be', () => {
    assert.equal(weakness('short', null), 'short')
    assert.equal(weakness('Password123', null), 'common')
    assert.equal(weakness('ababababababab', null), 'repeated')
    assert.equal(weakness('Ada.Lovelace@example.org', 'ada.lovelace@example.org'), 'email')
    assert.equal(weakness('ada.lovelace12', 'ada.lovelace@example.org'), 'email')
    assert.equal(weakness('a long walk by the sea', 'ada@example.org'), undefined)
    assert.equal(weakness('длинная прогулка', null), undefined)
  })

  it('keep the network of an address and not the machine', () => {
    assert.equal(coarseAddress('192.0.2.17'), '192.0.2.x')
    assert.equal(coarseAddress('::ffff:192.0.2.17'), '192.0.2.x')
    assert.equal(coarseAddress('2001:db8:1:2:3::9'), '2001:db8:1::')
    assert.equal(coarseAddress('nonsense'), '')
    assert.equal(coarseAddress('127.0.0.1'), '')
    assert.equal(coarseAddress('::1'), '')
  })

  it('name a device as people know it', () => {
    const iphone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604'
    const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0'
    assert.equal(deviceKindOf(iphone), 'phone')
    assert.deepEqual(describeAgent(iphone), { browser: 'Safari', system: 'iPhone' })
    assert.equal(deviceKindOf(edge), 'computer')
    assert.deepEqual(describeAgent(edge), { browser: 'Edge', system: 'Windows' })
    assert.equal(deviceKindOf('curl/8'), 'other')
  })

  it('open demo staff to the machine itself or when opened, administrators of the demo never as learners', () => {
    const door = { demo: 'staff' as const, siteRole: 'member', local: false, opened: false }
    assert.equal(mayDemoSignIn(door), false)
    assert.equal(mayDemoSignIn({ ...door, local: true }), true)
    assert.equal(mayDemoSignIn({ ...door, opened: true }), true)
    assert.equal(mayDemoSignIn({ ...door, demo: 'learner' }), true)
    assert.equal(mayDemoSignIn({ ...door, demo: 'learner', siteRole: 'administrator' }), false)
    assert.equal(mayDemoSignIn({ ...door, demo: null }), true)
  })
})
