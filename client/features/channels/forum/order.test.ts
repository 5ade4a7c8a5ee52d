// Lists of topics stay in the order that was asked for while others post, vote and hide.
import assert from 'node:assert/strict'
import { forClass, merged } from '#client/features/channels/forum/order.ts'
import type { ListedTopic, Topic } from '#protocol/channels/topics.ts'

const topic = (n: number, over: Partial<Topic> = {}): Topic =>
  ({
    id: `t${n}`,
    title: `Topic ${n}`,
    firstNumber: n,
    lastNumber: n,
    votes: 0,
    replies: 0,
    version: 0,
    outcome: 'open',
    standing: 'shown',
    pinned: false,
    ...over,
  }) as unknown as Topic
const listed = (one: Topic): ListedTopic => ({ topic: one, own: { voted: true, unread: 0 } }) as unknown as ListedTopic
const all = { sort: 'active', filter: 'all', words: '' } as const
const ids = (list: readonly { topic: Topic }[]) => list.map(one => one.topic.id)

describe('a list of topics', () => {
  const read = [topic(3), topic(2), topic(1)].map(listed)

  it('takes in what is new, moves what is answered, lets go of what is hidden', () => {
    const heard = [topic(4), topic(1, { lastNumber: 5, replies: 1 }), topic(3, { standing: 'hidden', version: 1 })]
    assert.deepEqual(ids(merged(read, heard, all)), ['t1', 't4', 't2'])
    assert.deepEqual(merged(read, heard, all)[0]?.own, { voted: true, unread: 1 })
  })

  it('brings nothing new into a search, a choice of one’s own, or the unanswered that are answered', () => {
    assert.deepEqual(ids(merged(read, [topic(9)], { ...all, words: 'x' })), ['t3', 't2', 't1'])
    assert.deepEqual(ids(merged(read, [topic(9)], { ...all, filter: 'mine' })), ['t3', 't2', 't1'])
    const aloud = topic(3, { outcome: 'aloud', version: 1 })
    assert.deepEqual(ids(merged(read, [aloud], { ...all, sort: 'unanswered' })), ['t2', 't1'])
  })

  it('keeps an older telling out, and votes that came without a version in', () => {
    const known = [listed(topic(1, { title: 'New', version: 2 }))]
    assert.equal(merged(known, [topic(1, { title: 'Old', version: 1 })], all)[0]?.topic.title, 'New')
    assert.equal(merged(read, [topic(1, { votes: 7 })], { ...all, sort: 'votes' })[0]?.topic.votes, 7)
  })

  it('puts what is pinned first, and in a class what is answered last', () => {
    assert.deepEqual(ids(merged(read, [topic(1, { pinned: true, version: 1 })], all)), ['t1', 't3', 't2'])
    const asked = [
      topic(1, { votes: 1 }),
      topic(2, { outcome: 'aloud', votes: 9 }),
      topic(3),
      topic(4, { pinned: true }),
    ]
    assert.deepEqual(
      forClass(asked, one => one.votes).map(one => one.id),
      ['t4', 't1', 't3', 't2'],
    )
  })
})
