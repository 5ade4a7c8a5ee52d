// What cohorts come to in a course, from plain data.
import assert from 'node:assert/strict'
import type { AccountId } from '#protocol/base/ids.ts'
import { comingBy, type Membership } from './rules.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 8, 1, hour))
const [ada, ben] = ['ada', 'ben'] as AccountId[] as [AccountId, AccountId]
const member = (accountId: AccountId, change: Partial<Membership> = {}): Membership => ({
  ...{ accountId, role: 'learner', since: at(9), endedAt: null },
  ...change,
})
const by = (...memberships: Membership[]) =>
  Object.fromEntries(comingBy(memberships).map(one => [one.role, one.accountIds]))

describe('who comes into a course by its cohorts', () => {
  it('is each member once, with the role that may more', () => {
    assert.deepEqual(by(member(ada), member(ada, { role: 'assistant' }), member(ben)), {
      learner: [ben],
      assistant: [ada],
    })
    assert.deepEqual(by(member(ada, { role: 'assistant' }), member(ada)), { learner: [], assistant: [ada] })
  })

  it('is nobody who was taken out, until they come into a cohort anew', () => {
    assert.deepEqual(by(member(ada, { endedAt: at(10) })).learner, [])
    assert.deepEqual(by(member(ada, { endedAt: at(9) })).learner, [])
    assert.deepEqual(by(member(ada, { endedAt: at(8) })).learner, [ada])
    // By one cohort they were there before, by another they came since.
    assert.deepEqual(by(member(ada, { endedAt: at(10) }), member(ada, { endedAt: at(10), since: at(11) })).learner, [
      ada,
    ])
  })
})
