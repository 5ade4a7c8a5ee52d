// What the database wrote beside a message is read by the schema of the wire, not trusted.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId } from '#protocol/base/ids.ts'
import type { MessageId } from '#protocol/channels.ts'
import { type MessageFacts, messageOf } from './messages.ts'

describe('a message as it is read', () => {
  const author = randomUUID() as AccountId
  const row: MessageFacts = {
    id: randomUUID() as MessageId,
    number: 2,
    topic_id: null,
    author_id: author,
    alias_id: null,
    author_name: 'Ada',
    title: null,
    text: 'Yes',
    sent_at: new Date(0),
    edited_at: null,
    removed_at: null,
    removed_by: null,
    with_account: null,
    version: 0,
    quote: null,
    mentions: [],
    reactions: [],
    files: null,
  }
  const quoted = { id: randomUUID(), number: 1, author_id: author, alias_id: null, author_name: 'Ben', line: 'No?' }
  const quote = { id: quoted.id, number: 1, authorId: author, authorName: 'Ben', text: 'No?' }
  const mention = { accountId: author, name: 'Ada' }
  const reaction = { emoji: '👍', count: 1, by: [author] }

  it('holds what stands beside it as the wire says', () => {
    const { replyTo, mentions, reactions } = messageOf({
      ...row,
      quote: { ...quoted, extra: 'never told' },
      mentions: [mention],
      reactions: [reaction],
    })
    assert.deepEqual([replyTo, mentions, reactions], [quote, [mention], [reaction]])
    assert.equal(messageOf(row).replyTo, null)
  })

  it('is a fault where the database writes anything else', () => {
    const { author_name: _, ...unnamed } = quoted
    for (const change of [
      { quote: unnamed },
      { mentions: [{ account: author, name: 'Ada' }] },
      { reactions: [{ ...reaction, count: '1' }] },
      { reactions: null },
      { files: [{ name: 'only' }] },
    ])
      assert.throws(() => messageOf({ ...row, ...change }), { name: '$ZodError' }, JSON.stringify(change))
  })
})
