// Courses that people come into by themselves: found while they are open, entered by the key, left and entered again, and
// everything that keeps somebody out, each for its own reason.
import assert from 'node:assert/strict'
import { auditRoutes } from '#protocol/audit.ts'
import { dayIn } from '#protocol/base/days.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import { groupRoutes, groupsStaffScope } from '#protocol/groups.ts'
import { openingRoutes } from '#protocol/openings.ts'
import { departmentRoutes } from '#protocol/organisation.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

const day = (days: number) => dayIn('UTC', Date.now() + days * 86_400_000)

describe('openings', () => {
  let node: TestNode
  let teacher: TestClient
  let made = 0

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { name: 'Teacher' })
  })

  const course = async (title = `Open ${made++}`, more: object = {}) =>
    (await teacher.request(courseRoutes.create, { title, ...more })).course.id
  type Said = Partial<Parameters<typeof say>[1]>
  async function say(courseId: CourseId, said: object) {
    const before = (await teacher.request(openingRoutes.get, { courseId })).opening
    return (
      await teacher.request(openingRoutes.change, { courseId, open: true, version: before?.version ?? 0, ...said })
    ).opening
  }
  async function opened(said: Said = {}): Promise<CourseId> {
    const courseId = await course()
    await say(courseId, said)
    return courseId
  }
  const person = () => signedInClient(node, { name: `Learner ${made++}` })
  const enters = (who: TestClient, courseId: CourseId, key = '') => who.request(openingRoutes.enter, { courseId, key })
  const refusedAs = (what: Promise<unknown>, code: string) => assert.rejects(what, { code })
  const inside = async (courseId: CourseId) =>
    (await teacher.request(peopleRoutes.people, { courseId, role: 'learner' })).items

  it('let somebody in by the key as a learner, into the section, for so many days; staff hear of it', async () => {
    const courseId = await course('Osmosis', { timeZone: 'Pacific/Auckland' })
    const [section] = (await teacher.request(groupRoutes.create, { courseId, names: ['Monday'] })).groups
    const opening = await say(courseId, { key: ' Sesame 7 ', days: 10, sectionId: section?.id })
    assert.equal(opening.key, 'Sesame 7')
    const [watch, groups] = [
      await teacher.subscribe(courseStaffScope, courseId),
      await teacher.subscribe(groupsStaffScope, courseId),
    ]
    const before = watch.state().people
    const ada = await person()
    const found = await ada.request(openingRoutes.list, { search: 'osmo' })
    assert.deepEqual(
      found.items.map(one => [one.title, one.key, one.state, one.days, one.isIn]),
      [['Osmosis', true, 'open', 10, false]],
    )
    assert.ok(!JSON.stringify(found).includes('Sesame'))
    await refusedAs(enters(ada, courseId), 'key-wrong')
    await refusedAs(enters(ada, courseId, 'sesame 7'), 'key-wrong')
    await enters(ada, courseId, 'Sesame 7')
    await waitFor(() => watch.state().people === before + 1, 'the staff to hear of it')
    await waitFor(() => groups.state().members.some(one => one.accountId === ada.accountId), 'the section')
    const [one] = await inside(courseId)
    assert.deepEqual([one?.accountId, one?.how], [ada.accountId, 'self'])
    const first = dayIn('Pacific/Auckland', Date.now())
    const last = dayIn('Pacific/Auckland', Date.parse(one?.endsAt ?? '') - 1)
    assert.equal(Date.parse(last) - Date.parse(first), 10 * 86_400_000)
    assert.equal(Date.parse(one?.endsAt ?? '') - Date.parse(`${last}T00:00:00Z`) < 86_400_000, true)
    assert.equal((await ada.request(openingRoutes.find, { courseId })).course.isIn, true)
    assert.equal((await enters(ada, courseId, 'whatever')).title, 'Osmosis', 'whoever is in it is shown in')
  })

  it('refuse each for its own reason: not yet, over, off, full, taken out, not of the school', async () => {
    const ada = await person()
    await refusedAs(enters(ada, await opened({ opensOn: day(2) })), 'opening-not-yet')
    await refusedAs(enters(ada, await opened({ closesOn: day(-2) })), 'opening-closed')
    await enters(ada, await opened({ opensOn: day(-2), closesOn: day(2) }))
    const off = await opened()
    await say(off, { open: false })
    await refusedAs(enters(ada, off), 'opening-closed')
    await refusedAs(ada.request(openingRoutes.find, { courseId: await course() }), 'not-found')
    const draft = await course('A draft', { state: 'draft' })
    await say(draft, {})
    await refusedAs(enters(ada, draft), 'not-found')

    const small = await opened({ most: 1 })
    const [ben, cem] = [await person(), await person()]
    const both = await Promise.allSettled([enters(ben, small), enters(cem, small)])
    assert.deepEqual(both.map(one => one.status).sort(), ['fulfilled', 'rejected'], 'the last place goes to one')
    await refusedAs(enters(ada, small), 'course-full')
    assert.deepEqual((await ada.request(openingRoutes.find, { courseId: small })).course.free, 0)

    const strict = await opened()
    await enters(ada, strict)
    await teacher.request(peopleRoutes.endEnrolment, { courseId: strict, accountId: ada.accountId as AccountId })
    await refusedAs(enters(ada, strict), 'taken-out')
    const guest = await signedInClient(node, { role: 'guest', name: 'Guest' })
    await refusedAs(enters(guest, strict), 'not-allowed')
    await refusedAs(guest.request(openingRoutes.list), 'not-allowed')
  })

  it('let whoever came by themselves leave where staff say so, and come back; a stay is not made longer by it', async () => {
    const courseId = await opened({ key: 'Sesame', days: 5 })
    const ada = await person()
    await enters(ada, courseId, 'Sesame')
    const mayLeave = async () => (await ada.request(courseRoutes.get, { courseId })).mayLeave
    assert.equal(await mayLeave(), false)
    await refusedAs(ada.request(openingRoutes.leave, { courseId }), 'not-allowed')
    await say(courseId, { key: 'Sesame', days: 5, mayLeave: true })
    assert.equal(await mayLeave(), true)
    const [before] = await inside(courseId)
    const watch = await teacher.subscribe(courseStaffScope, courseId)
    const people = watch.state().people
    await ada.request(openingRoutes.leave, { courseId })
    await waitFor(() => watch.state().people === people - 1, 'the staff to hear of it')
    assert.deepEqual(await inside(courseId), [])
    await ada.request(openingRoutes.comeBack, { courseId })
    const [after] = await inside(courseId)
    assert.deepEqual([after?.how, after?.endsAt], [before?.how, before?.endsAt])
    await ada.request(openingRoutes.comeBack, { courseId })
    await ada.request(openingRoutes.leave, { courseId })
    await sql(`update enrolments set ended_at = ended_at - interval '2 hours' where course_id = $1 and left_by_self`, [
      courseId,
    ])
    await refusedAs(ada.request(openingRoutes.comeBack, { courseId }), 'not-found')
    await enters(ada, courseId, 'Sesame')
    await ada.request(openingRoutes.leave, { courseId })
    await sql(`update enrolments set at = at - interval '9 days' where course_id = $1`, [courseId])
    await refusedAs(enters(ada, courseId, 'Sesame'), 'taken-out')
    const byHand = await person()
    await teacher.request(peopleRoutes.enrol, { courseId, accountId: byHand.accountId, role: 'learner' }).catch(() => 0)
    await refusedAs(byHand.request(openingRoutes.leave, { courseId }), 'not-found')
  })

  it('slow down who guesses keys', async () => {
    const courseId = await opened({ key: 'Sesame' })
    const ada = await person()
    for (let n = 0; n < 10; n++) await refusedAs(enters(ada, courseId, `guess ${n}`), 'key-wrong')
    await refusedAs(enters(ada, courseId, 'Sesame'), 'slow-down')
    await enters(await person(), courseId, 'Sesame')
  })

  it('are found by words, by department and page by page, published ones alone; titles sort, closed ones are left out', async () => {
    const boss = await signedInClient(node, { role: 'administrator' })
    const above = (await boss.request(departmentRoutes.create, { name: 'Science' })).id
    const below = (await boss.request(departmentRoutes.create, { name: 'Botany', parentId: above })).id
    const ids: CourseId[] = []
    for (const title of ['Fern c', 'Fern a', 'Fern b', 'Fern draft', 'Fern over']) {
      const state = title === 'Fern draft' ? 'draft' : 'published'
      const { course } = await boss.request(courseRoutes.create, { title, state, departmentId: below })
      ids.push(course.id)
      const closesOn = title === 'Fern over' ? day(-4) : null
      await boss.request(openingRoutes.change, { courseId: course.id, version: 0, open: true, closesOn })
    }
    const ada = await person()
    const titles = async (input: object) => {
      const page = await ada.request(openingRoutes.list, { limit: 2, ...input })
      return { titles: page.items.map(one => one.title), next: page.next }
    }
    const first = await titles({ search: 'fern', departmentId: above })
    assert.deepEqual(first.titles, ['Fern a', 'Fern b'])
    assert.deepEqual((await titles({ search: 'fern', after: first.next })).titles, ['Fern c'])
    assert.deepEqual((await titles({ search: '100%' })).titles, [])
    await boss.request(lifeRoutes.changeState, { courseId: ids[0] as CourseId, state: 'draft' })
    assert.deepEqual((await titles({ departmentId: below })).titles, ['Fern a', 'Fern b'])
  })

  it('say what was changed, without the key, and refuse what does not fit or was changed meanwhile', async () => {
    const courseId = await opened({ key: 'Sesame' })
    const said = { courseId, open: true, version: 1 }
    await refusedAs(teacher.request(openingRoutes.change, { ...said, version: 0 }), 'conflict')
    await refusedAs(
      teacher.request(openingRoutes.change, { ...said, opensOn: '2027-02-02', closesOn: '2027-02-01' }),
      'malformed',
    )
    await refusedAs(teacher.request(openingRoutes.change, { ...said, sectionId: courseId as never }), 'malformed')
    const boss = await signedInClient(node, { role: 'administrator' })
    const { items } = await boss.request(auditRoutes.list, { thing: 'course', limit: 20 })
    const entry = items.find(one => one.verb === 'course.opening-changed')
    assert.ok(entry && !JSON.stringify(entry).includes('Sesame') && JSON.stringify(entry).includes('"key":true'))
  })
})
