// What waits in the outbox lies over the messages as the server will tell it, in order, and never over newer words.
import assert from 'node:assert/strict'
import { type Change, changeOf, laidOver } from '#client/features/channels/changes.ts'
import { channelCalls, type Message, type MessageId } from '#protocol/channels.ts'

const at = '2026-03-04T10:00:00.000Z'
const id = (name: string) => name as MessageId

const message = (name: string, over: Partial<Message> = {}): Message => ({
  id: id(name),
  number: 1,
  authorId: 'ada',
  authorName: 'Ada',
  title: null,
  text: 'Page 12',
  replyTo: null,
  mentions: [],
  reactions: [],
  sentAt: at,
  editedAt: null,
  removedAt: null,
  removedBy: null,
  version: 3,
  ...over,
})

const edit = (text: string, version: number) => ({ does: 'edit', messageId: id('one'), version, text }) as const
const remove = { does: 'remove', messageId: id('one') } as const
const react = (set: 'on' | 'off') => ({ does: 'react', messageId: id('one'), emoji: '👍', set }) as const

const lay = (messages: readonly Message[], ...changes: readonly Change[]) =>
  laidOver(
    messages,
    changes.map(change => ({ ...change, at })),
    'ada',
  )

describe('changes that wait, over the messages', () => {
  it('are read out of the outbox by their call; every other write is none', () => {
    const entry = { input: { messageId: 'one' }, at: Date.parse(at) }
    assert.deepEqual(changeOf({ ...entry, call: channelCalls.remove.name }), { ...remove, at })
    assert.equal(changeOf({ ...entry, call: channelCalls.send.name }), undefined)
  })

  it('leave everything as it is where there are none, or their message is not held', () => {
    const messages = [message('one'), message('two')]
    assert.equal(lay(messages), messages)
    assert.deepEqual(lay([message('two')], remove, react('on'), edit('Page 13', 3)), [message('two')])
  })

  it('show an edit over the version it names, and one more over that', () => {
    const [one] = lay([message('one')], edit('Page 13', 3), edit('Page 14', 4))
    assert.deepEqual([one?.text, one?.version, one?.editedAt], ['Page 14', 5, at])
  })

  it('never lay old words over newer ones', () => {
    const told = message('one', { text: 'Page 20', version: 4 })
    assert.deepEqual(lay([told], edit('Page 13', 3)), [told])
  })

  it('take the words of what is removed, from answers to it as well', () => {
    const { id: of, number, authorId, authorName } = message('one')
    const answer = message('two', { replyTo: { id: of, number, authorId, authorName, text: 'Page 12' } })
    const [one, two] = lay(
      [message('one', { mentions: [{ accountId: 'ben', name: 'Ben' }] }), answer],
      react('on'),
      remove,
    )
    assert.deepEqual([one?.text, one?.removedBy, one?.reactions, one?.mentions], [null, 'author', [], []])
    assert.equal(two?.replyTo?.text, null)
    const [other] = lay([message('one', { authorId: 'ben' })], remove)
    assert.equal(other?.removedBy, 'moderator')
  })

  it('end with the last wish about a reaction, and count nobody twice', () => {
    const thumb = (count: number, by: string[]) => [{ emoji: '👍', count, by }]
    const reactions = (one: Message, ...changes: readonly Change[]) => lay([one], ...changes)[0]?.reactions
    assert.deepEqual(reactions(message('one'), react('on')), thumb(1, ['ada']))
    assert.deepEqual(reactions(message('one'), react('on'), react('off')), [])
    const told = message('one', { reactions: thumb(2, ['ben', 'ada']) })
    assert.deepEqual(reactions(told, react('on')), told.reactions, 'told before it was acknowledged')
    assert.deepEqual(reactions(told, react('off'), react('on')), thumb(2, ['ben', 'ada']))
  })

  it('leave alone what was removed meanwhile', () => {
    const gone = message('one', { text: null, removedAt: at, removedBy: 'moderator', version: 4 })
    assert.deepEqual(lay([gone], react('on'), edit('Page 13', 4), remove), [gone])
  })
})
