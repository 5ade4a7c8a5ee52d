// When a class wants attention, and which class comes first.
import assert from 'node:assert/strict'
import type { Room } from '#protocol/overview.ts'
import { attentionOf, byAttention } from './rules.ts'

const now = new Date('2026-01-05T10:00:00.000Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const room = (connected: number, answered: number, reconnecting = 0, open = true) => ({
  connected,
  reconnecting,
  question: { title: 'Quiz', answered, open },
})

describe('the attention of the overview', () => {
  it('is for silence that lasts among enough people, and for many lost connections before it', () => {
    assert.equal(attentionOf(room(20, 2), ago(30), now), 'silent')
    assert.equal(attentionOf(room(20, 2), ago(10), now), null)
    assert.equal(attentionOf(room(20, 6), ago(30), now), null)
    assert.equal(attentionOf(room(4, 0), ago(30), now), null)
    assert.equal(attentionOf(room(20, 2, 0, false), ago(30), now), null)
    assert.equal(attentionOf(room(20, 2, 5), ago(30), now), 'reconnecting')
    assert.equal(attentionOf(room(40, 40, 3), ago(30), now), null)
    assert.equal(attentionOf({ connected: 0, reconnecting: 3, question: null }, null, now), 'reconnecting')
  })

  it('puts trouble first, then the lowest share, then the name', () => {
    const of = (courseTitle: string, rest: object, attention: Room['attention'] = null) =>
      ({ courseTitle, runId: courseTitle, attention, ...rest }) as Room
    const sorted = [
      of('Quiet', { ...room(0, 0), question: null }),
      of('Half', room(10, 5)),
      of('Few', room(10, 4)),
      of('Trouble', room(10, 9, 4), 'reconnecting'),
    ].sort(byAttention)
    assert.deepEqual(
      sorted.map(one => one.courseTitle),
      ['Trouble', 'Few', 'Half', 'Quiet'],
    )
  })
})
