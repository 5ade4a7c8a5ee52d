// The pure rules of groups: chance that is even, sections that stay together, and who still fits.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { AccountId } from '#protocol/base/ids.ts'
import type { GroupId } from '#protocol/groups.ts'
import { demandFit, demandOfCourse, fitTogether, fitting, type GroupNow, planFill } from './rules.ts'

const group = (id: string, ...members: string[]): GroupNow => ({
  id: id as GroupId,
  name: id,
  members: members as AccountId[],
})
const people = (...ids: string[]) => ids as AccountId[]
const inSections = (of: Record<string, readonly string[]>) =>
  new Map(Object.entries(of) as [AccountId, readonly GroupId[]][])
const free = { most: null, withinSections: false }
const within = { most: null, withinSections: true }
const nowhere = inSections({})

describe('filling groups by chance', () => {
  it('is even to one person whatever chance says, forgets nobody and keeps every limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 60 }),
        fc.option(fc.integer({ min: 1, max: 6 })),
        fc.infiniteStream(fc.nat()),
        (groupCount, count, most, chance) => {
          const all = Array.from({ length: count }, (_, index) => `p${index}`)
          const groups = Array.from({ length: groupCount }, (_, index) => group(`g${index}`))
          const terms = { most, withinSections: false }
          const pick = (below: number) => (chance.next().value ?? 0) % below
          const { places, left } = planFill(groups, people(...all), terms, nowhere, pick)
          assert.deepEqual([...places.map(one => one.accountId), ...left].sort(), [...all].sort())
          const sizes = groups.map(one => places.filter(place => place.groupId === one.id).length)
          assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, String(sizes))
          assert.ok(most === null || Math.max(...sizes) <= most)
          if (most === null) assert.equal(left.length, 0)
        },
      ),
    )
  })

  it('evens out what is there already', () => {
    const { places } = planFill([group('a', '1', '2'), group('b')], people('3', '4'), free, nowhere, () => 0)
    assert.deepEqual(new Set(places.map(one => one.groupId)), new Set(['b']))
  })

  it('stays within sections, gives more groups to the larger one, and leaves who is in none', () => {
    const sections = inSections(
      Object.fromEntries([
        ...Array.from({ length: 9 }, (_, index) => [`m${index}`, ['monday']] as const),
        ...Array.from({ length: 3 }, (_, index) => [`t${index}`, ['tuesday']] as const),
      ]),
    )
    const all = people(...sections.keys(), 'nowhere' as AccountId)
    const groups = ['a', 'b', 'c', 'd'].map(id => group(id))
    const { places, left } = planFill(groups, all, within, sections, below => below - 1)
    assert.deepEqual(left, ['nowhere'])
    const sizes = groups.map(({ id }) => {
      const members = places.filter(one => one.groupId === id).map(one => one.accountId)
      assert.ok(fitTogether(members, sections), String(members))
      return members.length
    })
    assert.deepEqual(sizes, [3, 3, 3, 3])
  })
})

describe('who fits into a group', () => {
  it('is a learner, and in a section anybody but a guest', () => {
    demandOfCourse('group', ['learner'])
    demandOfCourse('section', ['learner', 'assistant', 'instructor'])
    assert.throws(() => demandOfCourse('group', ['learner', 'assistant']), { code: 'learners-only' })
    assert.throws(() => demandOfCourse('section', ['guest']), { code: 'learners-only' })
    assert.throws(() => demandOfCourse('section', [undefined]), { code: 'learners-only' })
  })

  it('comes while there is room, and shares a section where that is asked', () => {
    const sections = inSections({ 1: ['monday', 'tuesday'], 2: ['tuesday'], 3: ['wednesday'] })
    demandFit(group('a', '1'), people('2'), { most: 2, withinSections: true }, sections)
    const full = { most: 1, withinSections: false }
    assert.throws(() => demandFit(group('a', '1'), people('2'), full, sections), { code: 'group-full' })
    assert.throws(() => demandFit(group('a', '1'), people('3'), within, sections), { code: 'other-section' })
    assert.throws(() => demandFit(group('a'), people('4'), within, sections), { code: 'other-section' })
    // A limit that was lowered under those who are in it concerns nobody who stays.
    demandFit(group('a', '1', '2'), [], full, sections)
  })

  it('is kept of a plan as far as there is still room', () => {
    const place = (groupId: string, accountId: string) => ({
      groupId: groupId as GroupId,
      accountId: accountId as AccountId,
    })
    const plan = [place('a', '1'), place('a', '2'), place('b', '3'), place('gone', '4')]
    const now = [group('a', '9'), group('b', '3')]
    assert.deepEqual(fitting(plan, now, { most: 2, withinSections: false }, nowhere), [place('a', '1')])
  })
})
