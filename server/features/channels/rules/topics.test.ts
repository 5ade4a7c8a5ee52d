// Who may do what in a forum: the order of refusals, who sees what is hidden, and words of a search that mean nothing else.
import assert from 'node:assert/strict'
import type { AccountId } from '#protocol/base/ids.ts'
import type { TopicStanding } from '../tables/topics.ts'
import { type ChannelRights, noRights } from './messages.ts'
import {
  firstPolicy,
  mayAccept,
  mayReword,
  maySeeTopic,
  mustWait,
  prefixQuery,
  whyClosedTo,
  whyNoPost,
  whyNoTopic,
  whyNotShown,
} from './topics.ts'

const learner: ChannelRights = { read: true, write: true, attach: true, moderate: false }
const staff: ChannelRights = { ...learner, moderate: true }
const forum = { form: 'forum', open: true, replies: false } as const
const standings: readonly TopicStanding[] = ['waiting', 'refused', 'shown', 'hidden', 'merged']

describe('the rules of a forum', () => {
  it('let learners begin a topic where the policy leaves it to everybody, and staff anywhere', () => {
    const asked = { policy: firstPolicy, anonymous: false }
    const ofStaff = { policy: { ...firstPolicy, openers: 'staff' as const }, anonymous: false }
    assert.equal(whyNoTopic(learner, forum, asked), undefined)
    assert.equal(whyNoTopic(learner, forum, ofStaff), 'staff-begins')
    assert.equal(whyNoTopic(staff, forum, ofStaff), undefined)
    // Whoever moderates writes, whatever their right to.
    assert.equal(whyNoTopic({ ...staff, write: false }, forum, ofStaff), undefined)
    assert.equal(whyNoTopic({ ...learner, write: false }, forum, asked), 'not-allowed')
    assert.equal(whyNoTopic(staff, { ...forum, open: false }, asked), 'channel-closed')
    assert.equal(whyNoTopic({ ...staff, concluded: true }, { ...forum, open: false }, asked), 'concluded')
    assert.equal(whyNoTopic(noRights, { ...forum, open: false }, asked), 'not-found')
  })

  it('ask for a name where the policy does, after all that is asked of who gives one', () => {
    const nameless = { policy: firstPolicy, anonymous: true }
    assert.equal(whyNoPost(learner, forum, nameless), 'named-only')
    assert.equal(whyNoPost(learner, forum, { ...nameless, policy: { ...firstPolicy, anonymous: true } }), undefined)
    assert.equal(whyNoPost(noRights, forum, nameless), 'not-found')
    assert.equal(whyNoPost(learner, { ...forum, open: false }, nameless), 'channel-closed')
  })

  it('have learners wait where staff approve, and leave approved words as they are', () => {
    const approving = { ...firstPolicy, approval: true }
    for (const [rights, policy, waits] of [
      [learner, approving, true],
      [staff, approving, false],
      [learner, firstPolicy, false],
    ] as const) {
      assert.equal(mustWait(rights, policy), waits)
      assert.equal(mayReword(rights, policy), !waits)
    }
  })

  it('show what is hidden to staff alone, and what waits or was refused to nobody', () => {
    const seen = (rights: ChannelRights) => standings.filter(standing => maySeeTopic(rights, { standing }))
    assert.deepEqual(seen(learner), ['shown', 'merged'])
    assert.deepEqual(seen(staff), ['shown', 'hidden', 'merged'])
    assert.deepEqual(seen(noRights), [])
  })

  it('say why a topic takes nothing, to staff too; a locked one takes words of staff alone', () => {
    assert.deepEqual(
      standings.map(standing => whyNotShown({ standing })),
      ['not-found', 'not-found', undefined, 'topic-hidden', 'topic-merged'],
    )
    assert.equal(whyClosedTo(learner, { standing: 'shown', locked: true }), 'topic-locked')
    assert.equal(whyClosedTo(staff, { standing: 'shown', locked: true }), undefined)
    assert.equal(whyClosedTo(staff, { standing: 'hidden', locked: true }), 'topic-hidden')
    assert.equal(whyClosedTo(learner, { standing: 'merged', locked: true }), 'topic-merged')
  })

  it('let the one who asked say what helped, as long as they read it, and staff for them', () => {
    const [me, other] = ['me', 'other'] as unknown as [AccountId, AccountId]
    assert.equal(mayAccept(learner, { author_id: me }, me), true)
    assert.equal(mayAccept(learner, { author_id: other }, me), false)
    assert.equal(mayAccept(staff, { author_id: other }, me), true)
    assert.equal(mayAccept(noRights, { author_id: me }, me), false)
  })

  it('take the words of a search for words, twelve at most', () => {
    assert.equal(prefixQuery('Why  green?'), "'Why':* & 'green':*")
    assert.equal(prefixQuery("' & | ! :* \\"), undefined)
    assert.equal(prefixQuery(undefined), undefined)
    assert.equal(prefixQuery('e\u0301tude'), "'\u00e9tude':*")
    assert.equal(prefixQuery('ما هي الخلية'), "'ما':* & 'هي':* & 'الخلية':*")
    assert.equal(prefixQuery(Array.from({ length: 20 }, (_, n) => `w${n}`).join(' '))?.split(' & ').length, 12)
  })
})
