// Who may write to whom, what a course leaves to talk, and in which order it is said why not, from plain data.
import assert from 'node:assert/strict'
import type { Capability } from '#protocol/base/roles.ts'
import type { ChannelForm } from '#protocol/channels.ts'
import {
  type Act,
  type ChannelRights,
  courseRights,
  directRights,
  inForm,
  noRights,
  type Pair,
  type Relation,
  relationOf,
  unlessGone,
  whatDoesNotFit,
  whyNoAnswer,
  whyNot,
  whyOutOfReach,
} from './messages.ts'

describe('who may write to whom', () => {
  const standing: Relation = { inReach: true, share: true, otherTeaches: false, blocked: false, blocking: false }
  for (const [change, why] of [
    [{}, undefined],
    [{ share: false }, 'out-of-reach'],
    [{ inReach: false }, 'out-of-reach'],
    [{ inReach: false, otherTeaches: true }, 'out-of-reach'],
    [{ inReach: false, blocking: true }, 'out-of-reach'],
    [{ blocked: true }, 'out-of-reach'],
    [{ blocked: true, blocking: true }, 'blocked-by-you'],
    [{ blocked: true, otherTeaches: true }, undefined],
    [{ blocking: true, otherTeaches: true }, 'blocked-by-you'],
  ] as const)
    it(`says ${why ?? 'nothing against it'} with ${JSON.stringify(change)}`, () => {
      assert.equal(whyOutOfReach({ ...standing, ...change }), why)
    })

  it('keeps from whoever is nobody any more', () => {
    assert.equal(whyOutOfReach(undefined), 'out-of-reach')
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
    const attaches = (form: ChannelForm, replies: boolean, ...capabilities: readonly Capability[]) => {
      const rights = inForm(courseRights(may('course.view', 'channel.read', ...capabilities), 'open'), form)
      return whyNot(rights, { form, replies, open: true }, 'attach') === undefined
    }
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
  const reads = { ...both, write: false, attach: false, shut: 'out-of-reach' }

  it('is all of it in a group, and between two what they may write to each other', () => {
    assert.deepEqual(directRights('group', { noFiles: false }), both)
    assert.deepEqual(directRights(standing, { noFiles: false }), both)
    assert.deepEqual(directRights(standing, { noFiles: true }), { ...both, attach: false })
    assert.deepEqual(directRights({ ...standing, blocked: true }, { noFiles: false }), reads)
    assert.deepEqual(directRights(undefined, { noFiles: false }), reads)
    assert.deepEqual(directRights({ ...standing, blocking: true }, { noFiles: false }), {
      ...reads,
      shut: 'blocked-by-you',
    })
  })

  it('is nothing for whoever is suspended or erased', () => {
    assert.deepEqual(unlessGone({ gone: true }, directRights('group', { noFiles: false })), noRights)
    assert.deepEqual(unlessGone({ gone: false }, directRights('group', { noFiles: false })), both)
  })
})

describe('why somebody may not', () => {
  const all: ChannelRights = { read: true, write: true, attach: true, moderate: true }
  const reads: ChannelRights = { ...noRights, read: true }
  const chat = { form: 'chat', open: true, replies: false } as const
  const acts = ['read', 'tend', 'react', 'reword', 'write', 'answer', 'attach'] as const
  const said = (rights: ChannelRights, place: Parameters<typeof whyNot>[1]) =>
    Object.fromEntries(acts.map(act => [act, whyNot(rights, place, act)]))
  const every = (why: string | undefined, but: Partial<Record<Act, string | undefined>> = {}) => ({
    ...Object.fromEntries(acts.map(act => [act, why])),
    ...but,
  })

  it('is told in one order: there is nothing, it is over, it is shut, they have no right', () => {
    const worst: ChannelRights = { ...noRights, concluded: true, shut: 'class-over' }
    const closed = { ...chat, open: false }
    assert.deepEqual(said(worst, closed), every('not-found'))
    assert.deepEqual(said({ ...worst, read: true }, closed), every('concluded', { read: undefined }))
    const open = { read: undefined, tend: undefined }
    const { concluded: _over, ...running } = worst
    assert.deepEqual(said({ ...reads, write: true }, closed), every('channel-closed', open))
    assert.deepEqual(said({ ...running, read: true }, closed), every('class-over', open))
    assert.deepEqual(said({ ...running, read: true }, chat), every('class-over', open))
    assert.deepEqual(said(reads, chat), every('not-allowed', { ...open, react: undefined }))
    assert.deepEqual(said({ ...reads, write: true }, chat), every(undefined, { attach: 'no-files-here' }))
    assert.deepEqual(said(all, chat), every(undefined))
  })

  it('is for announcements that staff begin them, and that they are not answered', () => {
    const place = { form: 'announcements', open: true, replies: false } as const
    const may = { read: undefined, tend: undefined, react: undefined, reword: undefined }
    const rights = inForm({ ...all, moderate: false }, 'announcements')
    assert.deepEqual(said(rights, place), {
      ...may,
      write: 'staff-begins',
      answer: 'answers-off',
      attach: 'answers-off',
    })
    const answered = { ...may, write: 'staff-begins', answer: undefined, attach: undefined }
    assert.deepEqual(said(rights, { ...place, replies: true }), answered)
  })

  it('is for a direct talk that was shut how the two stand, for reactions too', () => {
    const place = { form: 'direct', open: true, replies: false } as const
    const may = { read: undefined, tend: undefined }
    assert.deepEqual(said(directRights(undefined, { noFiles: false }), place), every('out-of-reach', may))
  })

  it('is not a right where a message does not fit its channel', () => {
    const fits = { answers: false, titled: false }
    assert.deepEqual(whatDoesNotFit('forum', fits), { path: 'channelId', code: 'by_topic' })
    assert.equal(whatDoesNotFit('chat', fits), undefined)
    const title = { path: 'title', code: 'no_title_here' }
    assert.deepEqual(whatDoesNotFit('chat', { ...fits, titled: true }), title)
    assert.equal(whatDoesNotFit('announcements', { ...fits, titled: true }), undefined)
    assert.deepEqual(whatDoesNotFit('announcements', { answers: true, titled: true }), title)
  })
})

describe('what is answered', () => {
  it('stands in the same channel, or is not there any more', () => {
    assert.equal(whyNoAnswer({ channelId: 'here' }, 'here'), undefined)
    assert.equal(whyNoAnswer({ channelId: 'there' }, 'here'), 'reply-gone')
    assert.equal(whyNoAnswer(undefined, 'here'), 'reply-gone')
  })
})
