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

  it('open what stands alone only by its own name', () => {
    const giveRole = { name: 'access.grantRole', kind: 'write' } as const
    assert.ok(!tokenOpens(['all:write', 'access:read'], giveRole))
    assert.ok(tokenOpens(['access:write'], giveRole))
    assert.ok(!tokenOpens(['all:write'], { name: 'audit.list', kind: 'read' }))
    assert.ok(tokenOpens(['people:read'], { name: 'accounts.people', kind: 'read' }))
    assert.ok(tokenOpens(['channels:read'], { name: 'topics.posts', kind: 'read' }))
  })

  it('never open the account itself, nor what no list names', () => {
    for (const name of ['accounts.changePassword', 'accounts.createToken', 'realtime.subscribe', 'nothing'])
      assert.ok(!tokenOpens(['all:write'], { name, kind: 'write' }), name)
    assert.ok(tokenOpens(['accounts:read'], { name: 'accounts.me', kind: 'read' }))
    assert.ok(!tokenOpens(['accounts:read', 'all:write'], { name: 'accounts.listDevices', kind: 'read' }))
    for (const name of ['__proto__.get', 'constructor.name', 'accounts.constructor', 'toString'])
      assert.ok(!tokenOpens(['all:write', 'accounts:read'], { name, kind: 'read' }), name)
    assert.ok(!tokenScope.safeParse('accounts:write').success)
    assert.ok(!tokenScope.safeParse('realtime:read').success)
  })
})
