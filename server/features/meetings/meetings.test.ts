// Meetings of a course: placed, in the calendar of whom they are for, joined, told to staff by name, moved and copied along.
import assert from 'node:assert/strict'
import { calendarRoutes } from '#protocol/calendar.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { meetingRoutes } from '#protocol/meetings.ts'
import { enrol, items } from '#server/features/courses/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { meetingsFeature } from './index.ts'

describe('meetings', () => {
  it('stand in a course and its calendar, are joined, counted, moved and copied', async () => {
    const node = await testNode()
    const teacher = await signedInClient(node, { role: 'administrator' })
    const [learner, absent] = [
      await signedInClient(node, { name: '=Lena' }),
      await signedInClient(node, { name: 'Abel' }),
    ]
    const courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'published' })
    for (const { accountId } of [learner, absent])
      await arrange(ctx => enrol(ctx, { courseId, accountId, role: 'learner', how: 'by hand' }))
    const day = { from: '2027-03-01T00:00:00.000Z', to: '2027-03-02T00:00:00.000Z' }
    const time = { startsAt: '2027-03-01T09:00:00.000Z', endsAt: '2027-03-01T10:00:00.000Z' }
    const given = { courseId, title: 'Questions', address: 'https://meet.example/room?pwd=x', ...time } as const
    const { meeting } = await teacher.request(meetingRoutes.create, given)
    const of = { courseId, meetingId: meeting.id }
    const daysOf = async (who: typeof learner) =>
      (await who.request(calendarRoutes.list, day)).entries.map(one => [one.kind, one.title, one.startsAt, one.hidden])

    // A draft is nobody's but its staff's.
    for (const route of [meetingRoutes.get, meetingRoutes.join])
      await assert.rejects(learner.request(route, of), { code: 'not-found' })
    assert.deepEqual(await daysOf(learner), [])

    const { state: backstage } = await teacher.subscribe(courseStaffScope, courseId)
    const itemId = backstage().drafts[0]?.id ?? assert.fail()
    const state = await assertConverges(learner, courseScope, courseId, async () => {
      await teacher.request(meetingRoutes.change, { ...of, version: 0, note: 'Bring yours' })
      await teacher.request(outlineRoutes.publishItem, { courseId, itemId })
    })
    assert.deepEqual(
      state.items.map(one => [one.title, one.kind, one.detail]),
      [['Questions', 'meeting', { ...time, version: 1 }]],
    )
    assert.deepEqual(await daysOf(learner), [['meeting', 'Questions', time.startsAt, false]])

    // The address is told to who joins, and coming twice is one visit.
    const seen = await learner.request(meetingRoutes.get, of)
    assert.deepEqual([seen.meeting.address, seen.meeting.host, seen.visit], [null, 'meet.example', null])
    assert.equal((await learner.request(meetingRoutes.join, of)).address, given.address)
    const { visit } = await learner.request(meetingRoutes.join, of)
    assert.equal(visit.presses, 2)
    assert.deepEqual((await learner.request(meetingRoutes.get, of)).visit, visit)
    const page = await teacher.request(meetingRoutes.attendance, { ...of, limit: 1 })
    assert.deepEqual([page.items.map(one => one.name), typeof page.next], [['=Lena'], 'string'])
    const rest = await teacher.request(meetingRoutes.attendance, { ...of, limit: 1, after: page.next })
    assert.deepEqual(rest, { items: [{ accountId: absent.accountId, name: 'Abel', visit: null }] })
    await assert.rejects(learner.request(meetingRoutes.attendance, of), { code: 'not-allowed' })
    const csv = await teacher.raw('GET', `/courses/${courseId}/meetings/${meeting.id}/attendance.csv`)
    assert.match(await csv.text(), /"'=Lena","yes",.*,"2",""\r\n"Abel","no","","","0",""/)
    assert.deepEqual(await meetingsFeature.account?.export(testCtx(), learner.accountId), {
      meetingsJoined: [
        {
          title: 'Questions',
          firstAt: new Date(visit.firstAt),
          lastAt: new Date(visit.lastAt),
          presses: 2,
          seconds: null,
        },
      ],
    })

    // Changed by one after the other, never to what can not be.
    await assert.rejects(teacher.request(meetingRoutes.change, { ...of, version: 0, note: 'Late' }), {
      code: 'conflict',
    })
    for (const wrong of [
      { address: 'http://meet.example' },
      { address: 'https://a:b@meet.example' },
      { address: 'javascript:alert(1)' },
      { startsAt: null },
      { endsAt: time.startsAt },
      { endsAt: '2027-03-09T09:00:00.000Z' },
    ])
      await assert.rejects(teacher.request(meetingRoutes.change, { ...of, version: 1, ...wrong }), {
        code: 'malformed',
      })

    const copying = { courseId, title: 'Again', shift: { days: 7 } }
    const plan = await teacher.request(copyRoutes.copy, { ...copying, how: 'try' })
    assert.deepEqual(
      plan.dates.map(one => [one.title, one.what, one.to]),
      [['Questions', 'starts', '2027-03-08T09:00:00.000Z']],
    )
    const { course } = await teacher.request(copyRoutes.copy, { ...copying, how: 'make' })
    const copied = (await teacher.subscribe(courseScope, course?.id ?? '')).state().items
    assert.deepEqual(
      copied.map(one => [one.title, one.detail.startsAt, one.detail.endsAt, one.detail.version]),
      [['Questions', '2027-03-08T09:00:00.000Z', '2027-03-08T10:00:00.000Z', 0]],
    )
    const again = { courseId: course?.id ?? assert.fail(), meetingId: copied[0]?.refId as typeof meeting.id }
    assert.deepEqual((await teacher.request(meetingRoutes.attendance, again)).items, [])

    // Moved with many other things, and back.
    for (const [days, startsAt] of [
      [1, '2027-03-02T09:00:00.000Z'],
      [-1, time.startsAt],
    ] as const) {
      const { version } = (await items.findByPk(itemId, { raw: true })) ?? assert.fail()
      const change = { subject: 'item' as const, id: itemId, version, days }
      await teacher.request(outlineRoutes.changeMany, { courseId, changes: [change] })
      assert.equal((await learner.request(meetingRoutes.get, of)).meeting.startsAt, startsAt)
    }

    // Taken out it is in nobody's calendar, and comes back with who came; a course begun anew forgets who came.
    await teacher.request(outlineRoutes.removeItem, { courseId, itemId })
    assert.deepEqual(await daysOf(learner), [])
    await assert.rejects(learner.request(meetingRoutes.join, of), { code: 'not-found' })
    await teacher.request(outlineRoutes.restoreItem, { courseId, itemId })
    assert.deepEqual((await learner.request(meetingRoutes.get, of)).visit, visit)
    await teacher.request(resetRoutes.reset, { courseId, how: 'make', parts: ['marks'], title: 'Biology' })
    assert.equal((await learner.request(meetingRoutes.get, of)).visit, null)
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'concluded' })
    await assert.rejects(learner.request(meetingRoutes.join, of), { code: 'concluded' })
  })
})
