// What cohorts come to in a course, from plain data.
import assert from 'node:assert/strict'
import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { comingBy, type Membership } from './rules.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 8, 1, hour))
const [ada, ben] = ['ada', 'ben'] as AccountId[] as [AccountId, AccountId]
const member = (accountId: AccountId, change: Partial<Membership> = {}): Membership => ({
  ...{ accountId, role: 'learner', custom: null, since: at(9), endedAt: null },
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
    assert.deepEqual(by(member(ada, { role: 'assistant' }), member(ada)), { assistant: [ada] })
  })

  it('is each with a role made here, where that was chosen, before what it is based on', () => {
    const tutor = 'tutor' as CustomRoleId
    assert.deepEqual(by(member(ada), member(ada, { custom: tutor }), member(ben)), { tutor: [ada], learner: [ben] })
    assert.deepEqual(by(member(ada, { custom: tutor }), member(ada, { role: 'assistant' })), { assistant: [ada] })
  })

  it('is nobody who was taken out, until they come into a cohort anew', () => {
    assert.deepEqual(by(member(ada, { endedAt: at(10) })), {})
    assert.deepEqual(by(member(ada, { endedAt: at(9) })), {})
    assert.deepEqual(by(member(ada, { endedAt: at(8) })).learner, [ada])
    // By one cohort they were there before, by another they came since.
    assert.deepEqual(by(member(ada, { endedAt: at(10) }), member(ada, { endedAt: at(10), since: at(11) })).learner, [
      ada,
    ])
  })
})
