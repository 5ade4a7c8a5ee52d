// Why a file is not sent beside a message, each cause with its own code, from plain data.
import assert from 'node:assert/strict'
import type { ChannelId } from '#protocol/channels.ts'
import { whyNotSent } from './attachments.ts'

describe('why a file is not sent', () => {
  const [here, elsewhere] = ['here', 'elsewhere'] as unknown as [ChannelId, ChannelId]
  for (const [file, why] of [
    [{ channelId: here }, undefined],
    [{ channelId: elsewhere }, 'attachment-elsewhere'],
    ['sent', 'attachment-sent'],
    ['on its way', 'attachment-unfinished'],
    [undefined, 'attachment-gone'],
  ] as const)
    it(`is ${why ?? 'nothing'} for ${typeof file === 'object' ? file.channelId : (file ?? 'none of theirs')}`, () => {
      assert.equal(whyNotSent(file, here), why)
    })
})
