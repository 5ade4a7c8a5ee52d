// The network check: open to all, of the promised size, and refused with a time to come again once it is overdone.
import assert from 'node:assert/strict'
import { checkRoutes, packetSize } from '#protocol/check.ts'
import { strangerClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { checkBudgets } from './rules.ts'

describe('the network check', () => {
  it('answers a stranger, and slows down whoever asks too much', async () => {
    const node = await testNode()
    const stranger = await strangerClient(node)
    const { now } = await stranger.request(checkRoutes.time, {})
    assert.ok(Math.abs(Date.parse(now) - Date.now()) < 5_000)
    assert.equal((await stranger.request(checkRoutes.packet, {})).filler.length, packetSize)
    const answers = await Promise.all(
      Array.from({ length: checkBudgets.packetOfAddress.burst + 20 }, () => stranger.raw('GET', '/check/packet')),
    )
    const refused = answers.filter(one => one.status === 429)
    assert.ok(refused.length > 0 && refused.every(one => one.headers.get('retry-after') === '1'))
    for (const one of answers) await one.arrayBuffer()
    await stranger.request(checkRoutes.time, {})
  })
})
