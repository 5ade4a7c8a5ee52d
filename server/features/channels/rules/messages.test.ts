// Who may write to whom, and what a course leaves to talk, from plain data.
import assert from 'node:assert/strict'
import type { Capability } from '#protocol/base/roles.ts'
import type { ChannelForm } from '#protocol/channels.ts'
import {
  courseRights,
  directRights,
  inForm,
  mayAttach,
  mayWriteTo,
  noRights,
  type Pair,
  type Relation,
  relationOf,
  unlessGone,
} from './messages.ts'

describe('who may write to whom', () => {
  const standing: Relation = { inReach: true, share: true, otherTeaches: false, blocked: false, blocking: false }
  for (const [change, may] of [
    [{}, true],
    [{ share: false }, false],
    [{ inReach: false }, false],
    [{ inReach: false, otherTeaches: true }, false],
    [{ blocked: true }, false],
    [{ blocked: true, otherTeaches: true }, true],
    [{ blocking: true, otherTeaches: true }, false],
  ] as const)
    it(`${may ? 'lets' : 'does not let'} with ${JSON.stringify(change)}`, () => {
      assert.equal(mayWriteTo({ ...standing, ...change }), may)
    })
})

describe('how two people stand', () => {
  const person: Pair['me'] = { kind: 'member', siteRole: 'member', minor: false, gone: false }
  const learns = { view: true, viewPeople: false }
  const teaches = { view: true, viewPeople: true }
  const hears = { view: false, viewPeople: false }
  const minor = { ...person, minor: true }
  const boss: Pair['me'] = { ...person, siteRole: 'administrator' }
  const pair = (me: Pair['me'], other: Pair['me'], ...courses: Pair['courses']) =>
    relationOf({ me, other, courses, blocked: false, blocking: false })

  it('makes them meet in a course that both see', () => {
    assert.equal(pair(person, person, { mine: learns, others: learns }).share, true)
    assert.equal(pair(person, person, { mine: learns, others: hears }).share, false)
    assert.equal(pair(person, person).share, false)
  })

  it('leaves a minor alone with who teaches them, or whom they teach', () => {
    for (const [me, other] of [
      [minor, person],
      [person, minor],
      [minor, minor],
    ] as const) {
      assert.equal(pair(me, other, { mine: learns, others: learns }).share, false)
      assert.equal(pair(me, other, { mine: teaches, others: teaches }).share, false)
      assert.equal(pair(me, other, { mine: learns, others: teaches }).share, true)
      assert.equal(pair(me, other, { mine: teaches, others: learns }).share, true)
      // Who teaches where the other is not, teaches them nothing.
      assert.equal(pair(me, other, { mine: hears, others: teaches }).share, false)
    }
  })

  it('says who teaches', () => {
    assert.equal(pair(person, person, { mine: learns, others: teaches }).otherTeaches, true)
    assert.equal(pair(person, person, { mine: teaches, others: learns }).otherTeaches, false)
    assert.equal(pair(person, person, { mine: teaches, others: teaches }).otherTeaches, false)
  })

  it('puts whoever runs the site in reach of everybody, minors too', () => {
    assert.deepEqual(
      [pair(minor, boss), pair(boss, minor)].map(one => [one.share, one.otherTeaches]),
      [
        [true, true],
        [true, false],
      ],
    )
  })

  it('has neither guests nor who is gone in reach', () => {
    assert.equal(pair(person, person).inReach, true)
    assert.equal(pair(person, { ...person, kind: 'guest' }).inReach, false)
    assert.equal(pair({ ...person, gone: true }, boss).inReach, false)
  })
})

describe('what a course leaves to talk', () => {
  const may =
    (...capabilities: readonly Capability[]) =>
    (one: Capability) =>
      capabilities.includes(one)

  it('is nothing for who sees the class alone', () => {
    assert.deepEqual(courseRights(may('channel.read', 'channel.write'), 'open'), noRights)
    assert.deepEqual(courseRights(may('course.view', 'channel.write'), 'open'), noRights)
  })

  it('is what their roles say, and reading when it is over', () => {
    const rights = { read: true, write: true, attach: false, moderate: false }
    assert.deepEqual(courseRights(may('course.view', 'channel.read', 'channel.write'), 'open'), rights)
    assert.deepEqual(courseRights(may('course.view', 'channel.read', 'channel.write'), 'concluded'), {
      ...rights,
      concluded: true,
    })
  })

  it('is files where they may be sent and something may be written', () => {
    const attaches = (form: ChannelForm, replies: boolean, ...capabilities: readonly Capability[]) =>
      mayAttach(inForm(courseRights(may('course.view', 'channel.read', ...capabilities), 'open'), form), {
        form,
        replies,
      })
    assert.equal(attaches('chat', false, 'channel.write', 'channel.attach'), true)
    assert.equal(attaches('chat', false, 'channel.write'), false)
    assert.equal(attaches('chat', false, 'channel.attach'), false)
    assert.equal(attaches('announcements', false, 'channel.write', 'channel.attach'), false)
    assert.equal(attaches('announcements', true, 'channel.write', 'channel.attach'), true)
    assert.equal(attaches('announcements', false, 'channel.moderate', 'channel.attach'), true)
  })
})

describe('what is left to a member of a direct talk', () => {
  const standing: Relation = { inReach: true, share: true, otherTeaches: false, blocked: false, blocking: false }
  const both = { read: true, write: true, attach: true, moderate: false }
  const reads = { ...both, write: false, attach: false }

  it('is all of it in a group, and between two what they may write to each other', () => {
    assert.deepEqual(directRights('group'), both)
    assert.deepEqual(directRights(standing), both)
    assert.deepEqual(directRights({ ...standing, blocked: true }), reads)
    assert.deepEqual(directRights(undefined), reads)
  })

  it('is nothing for whoever is suspended or erased', () => {
    assert.deepEqual(unlessGone({ gone: true }, directRights('group')), noRights)
    assert.deepEqual(unlessGone({ gone: false }, directRights('group')), both)
  })
})
