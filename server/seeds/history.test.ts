// The living school, a smaller amount of it: every list is filled, by the rules and in the order of time, and the same
// seed makes the same school.
import assert from 'node:assert/strict'
import { attendanceRoutes } from '#protocol/attendance.ts'
import type { CourseId } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { type LessonId, lessonRoutes } from '#protocol/lessons.ts'
import { noteRoutes } from '#protocol/notes.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { todayRoutes } from '#protocol/today.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { testNode } from '#server/test/harness.ts'
import { seedDemo } from './demo-school.ts'
import { dice } from './dice.ts'
import { daysBefore, isWeekend, lastMeetings } from './history/calendar.ts'
import type { HistoryPlan } from './history/history.ts'
import { chatter } from './history/talk.ts'
import type { Person } from './history/timeline.ts'
import { instructor, learners } from './people.ts'

const plan: HistoryPlan = { now: new Date(), seed: 'test', amount: { classes: 6, messages: 200, topics: 15 } }

const one = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row> => {
  const [row] = await sql<Row>(text, values)
  assert.ok(row, text)
  return row
}

describe('three weeks of history', () => {
  let as: Awaited<ReturnType<typeof testNode>>['as']
  let courseId: string
  const whoIs = async (name: string): Promise<Person> => {
    const { id } = await one<{ id: never }>('select id from accounts where name = $1', [name])
    return { kind: 'account', accountId: id, sessionId: id, siteRole: 'member', name }
  }

  before(async () => {
    const node = await testNode()
    as = node.as
    await seedDemo(node, { history: plan })
    courseId = (await one<{ id: string }>("select id from courses where title like 'Biology%'")).id
  }).timeout(120_000)

  it('fills every list', async () => {
    const talk = await sql<{ form: string; kind: string; said: number }>(
      `select c.form, c.context_kind as kind, count(m.id)::int as said from channels c
       left join messages m on m.channel_id = c.id group by c.id`,
    )
    const most = (form: string, kind: string) =>
      Math.max(...talk.filter(row => row.form === form && row.kind === kind).map(row => row.said))
    assert.equal(most('chat', 'course'), 200)
    assert.equal(most('announcements', 'course'), 5)
    assert.ok(most('chat', 'run') >= 10 && most('direct', 'direct') >= 5)
    const forum = await sql<{ replies: number; outcome: string; pinned: boolean }>(
      `select t.replies, t.outcome, t.pinned from topics t join channels c on c.id = t.channel_id
       where c.context_kind = 'course'`,
    )
    assert.equal(forum.length, 16)
    assert.equal(Math.max(...forum.map(row => row.replies)), 60)
    assert.ok(forum.some(row => row.pinned) && forum.some(row => row.outcome === 'accepted'))
    assert.ok(forum.some(row => row.replies === 0))
    const teacher = as(await whoIs(instructor.name))
    const { items: notes } = await teacher.call(noteRoutes.list, { courseId: courseId as never })
    assert.equal(notes.length, 7)
    const hands = await one<{ fewest: number }>(
      `select min(hands)::int as fewest from (
         select count(distinct account_id) as hands from document_clients group by document_id) as each`,
    )
    assert.ok(hands.fewest >= 4)
    assert.ok((await teacher.call(todayRoutes.list, {})).items.length > 0)
  })

  it('has grades, and one learner at risk', async () => {
    const teacher = as(await whoIs(instructor.name))
    const table = await teacher.call(gradeRoutes.table, { courseId: courseId as never, limit: 200 })
    assert.equal(table.gradeItems.length, 9)
    assert.equal(table.items.length, learners.length)
    const share = (name: string) =>
      table.items.find(row => row.name === name)!.cells.reduce((sum, cell) => sum + Number(cell.score ?? 0), 0)
    const poorest = [...table.items].sort((a, b) => share(a.name) - share(b.name))[0]
    assert.equal(poorest?.name, 'Tom Whitaker')
    const risk = as(await whoIs('Tom Whitaker'))
    const { sum } = await risk.call(progressRoutes.mine, { courseId })
    assert.ok(sum.missed >= 4, 'three classes and a homework')
    const late = as(await whoIs('Quentin Moreau'))
    const { items } = await late.call(progressRoutes.mine, { courseId })
    const classes = items.filter(item => item.kind === 'class')
    assert.deepEqual(
      classes.map(item => item.cell.state).filter(state => state !== 'none'),
      ['done', 'done', 'done', 'done'],
      'nothing is asked of them from before they came',
    )
  })

  it('says who was in each class and how much of it, and why one was not', async () => {
    const teacher = as(await whoIs(instructor.name))
    const { runs, items } = await teacher.call(attendanceRoutes.table, { courseId, limit: 200 })
    const over = runs.filter(one => one.endedAt !== null)
    assert.equal(over.length, 6)
    for (const run of over) {
      const list = await teacher.call(attendanceRoutes.list, { runId: run.id, limit: 200 })
      assert.ok(
        list.items.some(one => one.mark?.status === 'excused'),
        run.title,
      )
      const there = list.items.filter(one => one.status === 'present')
      assert.ok(there.length > 15 && there.every(one => (one.evidence.share ?? 0) >= 50), run.title)
    }
    assert.equal(items.length, learners.length)
  })

  it('has a lesson that some have gone through, and one is in the middle of', async () => {
    const teacher = as(await whoIs(instructor.name))
    const of = await one<{ courseId: CourseId; lessonId: LessonId }>(
      'select course_id as "courseId", id as "lessonId" from lessons',
    )
    const { counts } = await teacher.call(lessonRoutes.walkers, of)
    assert.deepEqual(counts, { none: learners.length - 4, on: 1, finished: 3 })
    assert.deepEqual((await teacher.call(lessonRoutes.outline, of)).warnings, [])
    const { choices } = await teacher.call(lessonRoutes.taken, of)
    assert.equal(
      choices.reduce((sum, each) => sum + each.count, 0),
      8,
    )
    assert.equal((await one<{ n: number }>('select count(*)::int as n from lesson_steps where at > now()')).n, 0)
  })

  it('holds to the rules', async () => {
    const none = async (text: string) => assert.equal((await one<{ n: number }>(text)).n, 0, text)
    await none(`select count(*)::int as n from seats s join runs r on r.id = s.run_id
      where s.joined_at > r.ended_at or s.joined_at < r.started_at`)
    await none(`select count(*)::int as n from messages m join channels c on c.id = m.channel_id
      join runs r on r.channel_id = c.id where m.sent_at > r.ended_at or m.sent_at < r.started_at`)
    await none(`select count(*)::int as n from responses p join deliveries d on d.id = p.delivery_id
      join activities a on a.id = d.activity_id
      where not exists (select from enrolments e where e.course_id = a.course_id and e.account_id = p.author
        and e.at < p.at)`)
    await none(`select count(*)::int as n from (select m.sent_at < lag(m.sent_at) over (
      partition by m.channel_id order by m.number) as back from messages m) as steps where back`)
    await none(`select count(*)::int as n from messages where sent_at > now() or number is null`)
    await none(`select count(*)::int as n from scope_heads h where h.seq <> (
      select count(*) from events e where e.scope = h.scope)`)
    await none(`select count(*)::int as n from runs r where r.ended_at is not null and not exists (
      select from audit_entries a where a.subject_id = r.id::text and a.verb = 'run.ended' and a.at = r.ended_at)`)
  })

  it('is the same for the same seed, and nobody repeats what was just said', () => {
    const people = ['Ada B', 'Cem D', 'Eva F', 'Gus H'].map(name => ({ name }) as Person) as [Person, ...Person[]]
    const draw = (seed: string) => chatter({ people, room: {}, chance: dice(seed) }, plan.now, 20, 1_500)
    const lines = draw('a')
    assert.equal(lines.length, 1_500)
    assert.deepEqual(draw('a'), lines)
    assert.notDeepEqual(draw('b'), lines)
    for (const [index, line] of lines.entries()) {
      const before = lines[index - 1]
      assert.ok(line.at < plan.now && !/[{}]/.test(line.text), line.text)
      assert.ok(!before || (before.text !== line.text && before.at <= line.at), line.text)
    }
  })

  it('counts days by the clocks of the school', () => {
    // A Monday; the clocks were set back on the Sunday before.
    const now = new Date('2026-10-26T12:00:00Z')
    assert.equal(daysBefore(now, 0, 10).toISOString(), '2026-10-26T09:00:00.000Z')
    assert.equal(daysBefore(now, 3, 10).toISOString(), '2026-10-23T08:00:00.000Z')
    assert.deepEqual(lastMeetings(now, ['Tue', 'Thu'], 23.5, 3), [11, 6, 4])
    assert.deepEqual(
      [0, 1, 2, 3].map(days => isWeekend(now, days)),
      [false, true, true, false],
    )
  })
})
