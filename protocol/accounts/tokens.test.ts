// What the scopes of an access token open, and what they never do.
import assert from 'node:assert/strict'
import { tokenOpens, tokenScope } from './tokens.ts'

const listCourses = { name: 'courses.list', kind: 'read' } as const
const createCourse = { name: 'courses.create', kind: 'write' } as const

describe('the scopes of an access token', () => {
  it('open what they name, and reading with writing', () => {
    assert.ok(tokenOpens(['courses:read'], listCourses))
    assert.ok(!tokenOpens(['courses:read'], createCourse))
    assert.ok(tokenOpens(['courses:write'], createCourse))
    assert.ok(tokenOpens(['courses:write'], listCourses))
    assert.ok(!tokenOpens(['grades:write'], listCourses))
    assert.ok(tokenOpens(['all:read'], listCourses))
    assert.ok(!tokenOpens(['all:read'], createCourse))
    assert.ok(tokenOpens(['all:write'], createCourse))
    assert.ok(!tokenOpens([], listCourses))
  })

  it('never open the account itself, nor what no list names', () => {
    for (const name of ['accounts.changePassword', 'accounts.createToken', 'realtime.subscribe', 'nothing'])
      assert.ok(!tokenOpens(['all:write'], { name, kind: 'write' }), name)
    assert.ok(!tokenScope.safeParse('accounts:write').success)
    assert.ok(!tokenScope.safeParse('realtime:read').success)
  })
})
