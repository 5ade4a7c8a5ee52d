// The calendar: what each person sees of homework, classes and events, that a change reaches whoever has it open, and the
// addresses by which other programs read it.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type CalendarEntry, calendarRoutes, mostEvents } from '#protocol/calendar.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseScope } from '#protocol/courses.ts'
import { liveCalls, liveRoutes } from '#protocol/live.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { assignRole, site } from '#server/features/access/index.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { courseContext, endEnrolment, enrol } from '#server/features/courses/index.ts'
import { assignHomework } from '#server/features/quizzes/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makeCourse, makePerson, makeQuiz, type TestCourse, whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { calendarOf } from './queries/calendar.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const at = (ms: number) => new Date(Date.now() + ms).toISOString()
const window = () => ({ from: at(-30 * dayMs), to: at(60 * dayMs) })

describe('the calendar', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Person
  let learner: Person

  before(async () => {
    node = await testNode()
  })

  beforeEach(async () => {
    course = await makeCourse('Biology')
    teacher = await signedInClient(node, { accountId: course.instructorId })
    learner = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lea') })
  })

  const entries = async (who: Pick<Person, 'request'>) => (await who.request(calendarRoutes.list, window())).entries
  const told = (list: readonly CalendarEntry[]) =>
    list.map(one => `${one.kind} ${one.title}${one.hidden ? ' (draft)' : ''}`)
  const sees = async (who: Pick<Person, 'request'>) => told(await entries(who))
  const create = (who: Person, more: object = {}) =>
    who.request(calendarRoutes.createEvent, {
      ...{ courseId: course.courseId, title: 'Session', startsAt: at(dayMs), endsAt: at(dayMs + hourMs), ...more },
    })
  const inTwoWeeks = () => at(15 * dayMs).slice(0, 10)

  it('shows homework and classes from the record, to each person what is theirs', async () => {
    const { activityId } = await makeQuiz(course, ['One'])
    const other = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Omar') })
    const { id } = await teacher.request(quizRoutes.assign, { activityId, opensAt: at(dayMs), dueAt: at(2 * dayMs) })
    await arrange(ctx => assignHomework(ctx, { activityId, dueAt: at(3 * dayMs), only: [other.accountId] }), {
      who: whoIs(course.instructorId),
    })
    const { courseId } = course
    const run = await teacher.request(liveRoutes.start, { courseId, title: 'Held', activityIds: [activityId] })
    const guest = await guestClient(node, run.code ?? assert.fail(), 'Guest')
    await teacher.call(liveCalls.end, { runId: run.id })
    assert.deepEqual(await sees(learner), ['class Held', 'opens Quiz', 'due Quiz'])
    assert.deepEqual(await sees(other), ['class Held', 'opens Quiz', 'due Quiz', 'due Quiz'])
    assert.deepEqual(await sees(teacher), ['class Held', 'opens Quiz', 'due Quiz', 'due Quiz'])
    assert.deepEqual(await sees(guest), [])
    const [held] = await entries(learner)
    assert.ok(held?.endsAt !== null && held?.item?.refId === run.id)

    // Hidden again it is for staff alone.
    const { items } = (await teacher.subscribe(courseScope, courseId)).state()
    const itemId = items.find(one => one.refId === id)?.id ?? assert.fail()
    await teacher.request(outlineRoutes.hideItem, { courseId, itemId })
    assert.deepEqual(await sees(learner), ['class Held'])
    assert.deepEqual((await sees(teacher)).slice(1, 3), ['opens Quiz (draft)', 'due Quiz (draft)'])

    // Staff by a role given in the course, or held above it, as those who are enrolled as staff.
    const given = await signedInClient(node, { holds: [{ role: 'assistant', context: courseContext(courseId) }] })
    const above = await makePerson(courseId, 'learner', 'Above')
    await arrange(ctx => assignRole(ctx, { accountId: above, role: 'assistant', context: site }))
    for (const who of [given, await signedInClient(node, { accountId: above })])
      assert.deepEqual(await sees(who), await sees(teacher))

    // A course that is prepared, or that one has left, shows learners nothing.
    await arrange(ctx => endEnrolment(ctx, { courseId, accountId: other.accountId }))
    assert.deepEqual(await sees(other), [])
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'draft' })
    assert.deepEqual(await sees(learner), [])
    assert.equal((await sees(teacher)).length, 4)
  })

  it('comes along into a copy of its course, by days as other dates, each week around what is free', async () => {
    const { courseId } = course
    const weekly = await create(teacher, {
      ...{ title: 'Lecture', kind: 'session', place: 'Hall 1', weeklyUntil: '2030-11-04' },
      ...{ startsAt: '2030-10-07T08:00:00.000Z', endsAt: '2030-10-07T09:00:00.000Z' },
    })
    const once = { startsAt: '2030-10-14T12:00:00.000Z', endsAt: '2030-10-14T13:00:00.000Z' }
    const off = await create(teacher, { title: 'Did not take place', ...once })
    await create(teacher, { title: 'Questions', kind: 'office-hours', ...once })
    await create(teacher, { courseId: null, title: 'My own', ...once })
    const { event: gone } = await create(teacher, { title: 'Gone', ...once })
    await teacher.request(calendarRoutes.removeEvent, { eventId: gone.id })
    await teacher.request(calendarRoutes.cancelTime, { eventId: off.event.id, number: 0 })
    await teacher.request(calendarRoutes.cancelTime, { eventId: weekly.event.id, number: 1 })

    const copy = (how: 'try' | 'make', days: number, free: string[] = []) =>
      teacher.request(copyRoutes.copy, { courseId, how, title: 'Next', shift: { days, free } })
    const plan = await copy('try', 364, ['2031-10-06', '2031-10-13'])
    assert.equal(plan.counts.events, 2)
    assert.deepEqual(
      plan.dates.map(one => [one.title, one.what, one.to, one.further, one.off]),
      [
        ['Lecture', 'weekly', '2031-10-20T08:00:00.000Z', 0, 2],
        ['Questions', 'starts', '2031-10-14T12:00:00.000Z', 1, 0],
      ],
    )
    const eventsOf = async (made: { course: { id: string } | null }, year: string) => {
      const stretch = { from: `${year}-10-01T00:00:00.000Z`, to: `${year}-12-01T00:00:00.000Z` }
      const page = await teacher.request(calendarRoutes.list, { ...stretch, courseId: made.course?.id as never })
      return page.entries.map(one => `${one.kind} ${one.title} ${one.startsAt.slice(5, 16)}`)
    }
    const made = await copy('make', 364, ['2031-10-06', '2031-10-13'])
    assert.deepEqual(await eventsOf(made, '2031'), [
      'office-hours Questions 10-14T12:00',
      'session Lecture 10-20T08:00',
      'session Lecture 10-27T08:00',
      'session Lecture 11-03T08:00',
    ])
    // Where nothing moves, what was cancelled stays cancelled.
    assert.deepEqual(
      (await eventsOf(await copy('make', 0), '2030')).filter(one => one.includes('Lecture')),
      ['10-07', '10-21', '10-28', '11-04'].map(day => `session Lecture ${day}T08:00`),
    )
  })

  it('costs the same number of queries however many courses and events there are', async () => {
    const count = async (accountId: AccountId) => {
      let queries = 0
      const ctx = testCtx({
        sql: (text, values) => {
          queries++
          return sql(text, values)
        },
      })
      const stretch = { from: new Date(window().from), to: new Date(window().to) }
      const page = await calendarOf(ctx, accountId, stretch, 'with drafts')
      return { queries, courses: page.courses.length, entries: page.entries.length }
    }
    await create(teacher)
    assert.deepEqual(await count(course.instructorId), { queries: 8, courses: 1, entries: 1 })
    for (const title of ['Two', 'Three', 'Four']) {
      const more = await makeCourse(title)
      const { courseId } = more
      const who = { courseId, accountId: course.instructorId, role: 'instructor', how: 'by hand' } as const
      await arrange(ctx => enrol(ctx, who))
      await create(teacher, { courseId: more.courseId, weeklyUntil: inTwoWeeks() })
    }
    assert.deepEqual(await count(course.instructorId), { queries: 8, courses: 4, entries: 10 })
  })

  it('holds events that staff make, move and cancel, and tells whoever has it open', async () => {
    const heard = await learner.subscribe(userScope, learner.accountId)
    const turn = () => heard.state().changed.courses
    const afterwards = async (act: () => Promise<unknown>) => {
      const before = turn()
      await act()
      await heard.until(state => state.changed.courses > before, 'word of the change')
      return entries(learner)
    }
    const eventId = (await create(teacher, { weeklyUntil: inTwoWeeks(), kind: 'session' })).event.id
    assert.equal((await entries(learner)).length, 3)
    const moved = { title: 'Lab', startsAt: at(2 * dayMs), endsAt: at(2 * dayMs + hourMs), weeklyUntil: inTwoWeeks() }
    const seen = await afterwards(() => teacher.request(calendarRoutes.changeEvent, { eventId, version: 0, ...moved }))
    assert.deepEqual(told(seen), ['other Lab', 'other Lab'])
    await assert.rejects(teacher.request(calendarRoutes.changeEvent, { eventId, version: 0, ...moved }), {
      code: 'conflict',
    })
    const left = await afterwards(() => teacher.request(calendarRoutes.cancelTime, { eventId, number: 0 }))
    assert.deepEqual(
      left.map(one => one.event?.number),
      [1],
    )
    await teacher.request(calendarRoutes.restoreTime, { eventId, number: 0 })
    await assert.rejects(teacher.request(calendarRoutes.cancelTime, { eventId, number: 2 }), { code: 'not-found' })
    assert.deepEqual(await afterwards(() => teacher.request(calendarRoutes.removeEvent, { eventId })), [])
    assert.equal((await afterwards(() => teacher.request(calendarRoutes.restoreEvent, { eventId }))).length, 2)
    await assertConverges(learner, userScope, learner.accountId, () => create(learner, { courseId: null }))

    // Of two who take the last place at once one is refused, and what was taken out finds it taken.
    await teacher.request(calendarRoutes.removeEvent, { eventId })
    await sql(
      `insert into calendar_events select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'removed_at', null))).*
         from calendar_events e, generate_series(1, $2) where e.id = $1`,
      [eventId, mostEvents - 1],
    )
    const both = await Promise.allSettled([create(teacher), create(teacher)])
    assert.deepEqual(both.map(one => one.status).sort(), ['fulfilled', 'rejected'])
    await assert.rejects(teacher.request(calendarRoutes.restoreEvent, { eventId }), { code: 'too-many' })

    await assert.rejects(learner.request(calendarRoutes.removeEvent, { eventId }), { code: 'not-allowed' })
    const trail = await sql<{ verb: string }>(`select verb from audit_entries where subject_id = $1 order by id`, [
      eventId,
    ])
    assert.deepEqual(
      trail.map(one => one.verb),
      [
        ...['event.created', 'event.changed', 'event.time-cancelled', 'event.time-restored'],
        ...['event.removed', 'event.restored', 'event.removed'],
      ],
    )
  })

  it('keeps what one notes for oneself to oneself, and it goes with its account', async () => {
    const own = { courseId: null, title: 'Dentist', timeZone: 'Europe/Berlin' }
    const { event } = await create(learner, own)
    assert.deepEqual([await sees(learner), await sees(teacher)], [['other Dentist'], []])
    await assert.rejects(teacher.request(calendarRoutes.removeEvent, { eventId: event.id }), { code: 'not-found' })
    const second = await signedInClient(node)
    await arrange(ctx => mergeAccounts(ctx, learner.accountId, second.accountId))
    assert.ok((await sees(second)).includes('other Dentist'))
    await second.request(calendarRoutes.renewFeed, { courseId: null })
    await arrange(ctx => eraseAccount(ctx, second.accountId))
    const rows =
      'select from calendar_events where account_id = $1 union all select from calendar_feeds where account_id = $1'
    assert.deepEqual(await sql(rows, [second.accountId]), [])
  })

  it('is read by other programs under an address that can be renewed and ended', async () => {
    const { courseId } = course
    const read = (address: string) => fetch(`${node.url}${new URL(address).pathname}`)
    await create(teacher, { weeklyUntil: inTwoWeeks(), place: 'Room 4' })
    const { activityId } = await makeQuiz(course, ['What is a cell'])
    const homework = await teacher.request(quizRoutes.assign, { activityId, dueAt: at(2 * dayMs) })
    const { items } = (await teacher.subscribe(courseScope, courseId)).state()
    const itemId = items.find(one => one.refId === homework.id)?.id ?? assert.fail()

    const { feed, address } = await learner.request(calendarRoutes.renewFeed, { courseId: null })
    assert.match(address, /\/api\/v1\/calendar\/feed\/[\w-]{22}\.ics$/)
    const first = await read(address)
    assert.equal(first.headers.get('content-type'), 'text/calendar; charset=utf-8')
    const body = await first.text()
    assert.equal(body.match(/BEGIN:VEVENT/g)?.length, 4)
    assert.match(body, /SUMMARY:Due: Quiz\r\n/)
    assert.match(body, /LOCATION:Room 4\r\n/)
    const uids = (text: string) => text.match(/UID:.+/g)
    const [kept] = (await learner.request(calendarRoutes.listFeeds, {})).items
    assert.ok(kept?.id === feed.id && kept.fetchedAt !== null)

    // What is hidden stands in nobody's file, not in that of staff either.
    const theirs = await teacher.request(calendarRoutes.renewFeed, { courseId })
    await teacher.request(outlineRoutes.hideItem, { courseId, itemId })
    for (const one of [address, theirs.address]) assert.doesNotMatch(await (await read(one)).text(), /Quiz|cell/)
    await teacher.request(outlineRoutes.publishItem, { courseId, itemId })
    assert.deepEqual(uids(await (await read(address)).text()), uids(body))

    const gone = async (dead: string) => {
      const answer = await read(dead)
      assert.equal(answer.status, 404)
      assert.equal(((await answer.json()) as { code: string }).code, 'not-found')
    }
    const renewed = await learner.request(calendarRoutes.renewFeed, { courseId: null })
    await gone(address)
    await assert.rejects(teacher.request(calendarRoutes.revokeFeed, { feedId: renewed.feed.id }), { code: 'not-found' })
    await learner.request(calendarRoutes.revokeFeed, { feedId: renewed.feed.id })
    await gone(renewed.address)
    await gone(`${node.url}/api/v1/calendar/feed/wrong.ics`)

    // A hasty program is told when to come again; the address of a course that one has left opens nothing.
    const ofCourse = await learner.request(calendarRoutes.renewFeed, { courseId })
    let last = await read(ofCourse.address)
    for (let more = 0; more < 20 && last.ok; more++) last = await read(ofCourse.address)
    assert.equal(last.status, 429)
    assert.ok(Number(last.headers.get('retry-after')) > 0)
    const another = await learner.request(calendarRoutes.renewFeed, { courseId })
    assert.equal((await read(another.address)).status, 200)
    await arrange(ctx => endEnrolment(ctx, { courseId, accountId: learner.accountId }))
    await gone(another.address)
  })
})
