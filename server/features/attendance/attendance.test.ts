// Attendance over a real node: what the evidence of a class comes to, corrections with their history and way back, who
// hears of them, and how many queries a list costs.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accessRoutes } from '#protocol/access.ts'
import {
  type AttendanceRow,
  attendanceRoutes,
  attendanceScope,
  ownAttendanceId,
  ownAttendanceScope,
} from '#protocol/attendance.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import type { CourseId } from '#protocol/courses.ts'
import { liveCalls, liveRoutes, type Run, runScope } from '#protocol/live.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { writeIntervals } from '#server/features/presence/socket/track.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass, type TestClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { handAttendanceOver } from './actions/account.ts'
import { attendanceList, attendanceTable, getRunPlace } from './queries/lists.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('attendance', () => {
  let node: TestNode
  let held: TestClass
  let host: Client
  let run: Run
  let courseId: CourseId
  const people = new Map<string, Client>()
  const of = (name: string) => people.get(name) ?? assert.fail(name)

  const rows = async () => {
    const { items } = await host.request(attendanceRoutes.list, { runId: run.id })
    return new Map(items.map(one => [one.name, one]))
  }
  const row = async (name: string): Promise<AttendanceRow> => (await rows()).get(name) ?? assert.fail(name)
  const mine = async (name: string) => (await of(name).request(attendanceRoutes.mine, { courseId })).items
  const correct = async (
    name: string,
    status: 'present' | 'late' | 'absent' | 'excused' | null,
    note = '',
    by = host,
  ) => {
    const { version, accountId } = await row(name)
    return by.request(attendanceRoutes.correct, { runId: run.id, accountId, version, status, note })
  }

  before(async () => {
    node = await testNode()
    held = await startClass(node)
    ;({ host, run } = held)
    courseId = held.course.courseId
    for (const name of ['Pia', 'Lars', 'Eva', 'Abel', 'Old']) {
      const accountId = await makePerson(courseId, 'learner', name)
      people.set(name, await signedInClient(node, { accountId }))
    }
    for (const name of ['Pia', 'Lars', 'Eva', 'Old']) await of(name).request(liveRoutes.join, { runId: run.id })
    people.set('Gus', (await guestClient(node, held.code, 'Gus')) as unknown as Client)
    await host.call(liveCalls.end, { runId: run.id })
    // A class of an hour and a half that ended just now, with each seat at its own time.
    await sql("update runs set started_at = ended_at - interval '90 minutes' where id = $1", [run.id])
    await sql('delete from seat_intervals where scope_id = $1', [run.id])
    const seat = (name: string, minute: number) =>
      sql(
        `update seats s set joined_at = r.started_at + $3 * interval '1 minute' from runs r, accounts a
          where r.id = $1 and s.run_id = r.id and a.id = s.account_id and a.name = $2`,
        [run.id, name, minute],
      )
    const there = (name: string, from: number, to: number) =>
      sql(
        `insert into seat_intervals (id, scope, scope_id, account_id, from_at, to_at)
         select $5, 'run', r.id, s.account_id, r.started_at + $3 * interval '1 minute', r.started_at + $4 * interval '1 minute'
           from runs r join seats s on s.run_id = r.id join accounts a on a.id = s.account_id
          where r.id = $1 and a.name = $2`,
        [run.id, name, from, to, randomUUID()],
      )
    await seat('Pia', 2)
    // On two devices at once, and looking at the results when it was over.
    await there('Pia', 2, 50)
    await there('Pia', 30, 200)
    await seat('Lars', 25)
    await there('Lars', 25, 90)
    await seat('Eva', 1)
    await there('Eva', 1, 60)
    await seat('Old', 3)
    await seat('Gus', 0)
    await there('Gus', 0, 90)
  })

  it('is suggested by the evidence, which is told beside it', async () => {
    const found = await rows()
    assert.deepEqual(
      [...found].map(([name, one]) => [name, one.role, one.suggested, one.evidence.share]),
      [
        ['Abel', 'learner', 'absent', null],
        ['Eva', 'learner', 'left-early', 66],
        ['Gus', 'guest', 'present', 100],
        ['Lars', 'learner', 'late', 72],
        ['Old', 'learner', 'present', null],
        ['Pia', 'learner', 'present', 98],
      ],
    )
    const { evidence } = await row('Pia')
    assert.equal(evidence.seenAt, (await host.request(attendanceRoutes.list, { runId: run.id })).run.endedAt)
    assert.deepEqual([evidence.answered, evidence.asked], [0, 0])
    const file = await (await host.raw('GET', `/runs/${run.id}/attendance.csv`)).text()
    assert.match(file, /"Lars","Late","Late"/)
    assert.match(file, /"Gus \(guest\)","Present"/)
  })

  it('is read by each learner of their own, and of nobody else', async () => {
    const [own, ...more] = await mine('Lars')
    assert.deepEqual([own?.status, own?.run.id, own?.evidence.share, more.length], ['late', run.id, 72, 0])
    const refused = { code: 'not-allowed' }
    await assert.rejects(of('Lars').request(attendanceRoutes.list, { runId: run.id }), refused)
    const other = { runId: run.id, accountId: of('Pia').accountId as AccountId }
    await assert.rejects(of('Lars').request(attendanceRoutes.history, other), refused)
    await assert.rejects(of('Lars').subscribe(ownAttendanceScope, ownAttendanceId(courseId, of('Pia').accountId)), {
      code: 'not-found',
    })
    await assert.rejects(of('Lars').subscribe(attendanceScope, courseId), { code: 'not-allowed' })
  })

  it('is corrected with a note, before the eyes of the staff and of the one it is about', async () => {
    const id = ownAttendanceId(courseId, of('Abel').accountId)
    await assertConverges(of('Abel'), ownAttendanceScope, id, () =>
      assertConverges(host, attendanceScope, courseId, () => correct('Abel', 'excused', 'At the dentist')),
    )
    const found = await row('Abel')
    assert.deepEqual([found.status, found.suggested, found.version], ['excused', 'absent', 1])
    assert.deepEqual([found.mark?.note, found.mark?.by], ['At the dentist', 'Ines Instructor'])
    assert.deepEqual((await mine('Abel'))[0]?.mark?.note, 'At the dentist')
    const [entry] = await auditEntries.findAll({ where: { verb: 'attendance.corrected' }, raw: true })
    assert.equal(entry?.actor, host.accountId)
    const frames = of('Abel').frames.map(one => JSON.stringify(one))
    assert.ok(!frames.some(one => one.includes('dentist')), 'the word of it holds no reason')
  })

  it('is refused where somebody else corrected it meanwhile, and says nothing twice', async () => {
    const { accountId } = await row('Abel')
    const stale = { runId: run.id, accountId, version: 0, status: 'present' as const }
    await assert.rejects(host.request(attendanceRoutes.correct, stale), { code: 'conflict' })
    assert.equal((await correct('Abel', 'excused', 'At the dentist')).version, 1)
    const stranger = await signedInClient(node)
    await assert.rejects(host.request(attendanceRoutes.correct, { ...stale, accountId: stranger.accountId }), {
      code: 'not-found',
    })
  })

  it('is taken back to the evidence, with everything that was said in its history', async () => {
    assert.equal((await correct('Abel', 'late')).status, 'late')
    const back = await correct('Abel', null, 'is not kept')
    assert.deepEqual([back.status, back.mark, back.version], ['absent', null, 3])
    const { items } = await host.request(attendanceRoutes.history, { runId: run.id, accountId: of('Abel').accountId })
    assert.deepEqual(
      items.map(one => [one.status, one.note]),
      [
        [null, ''],
        ['late', ''],
        ['excused', 'At the dentist'],
      ],
    )
  })

  it('is a table of learners by classes, without guests', async () => {
    await correct('Eva', 'present')
    const table = await host.request(attendanceRoutes.table, { courseId })
    assert.deepEqual(
      table.runs.map(one => one.id),
      [run.id],
    )
    assert.deepEqual(
      table.items.map(one => [one.name, one.cells[0]?.status, one.cells[0]?.corrected]),
      [
        ['Abel', 'absent', false],
        ['Eva', 'present', true],
        ['Lars', 'late', false],
        ['Old', 'present', false],
        ['Pia', 'present', false],
      ],
    )
    // Who came to the course afterwards was not due in it.
    await makePerson(courseId, 'learner', 'Later')
    const { items } = await host.request(attendanceRoutes.table, { courseId })
    assert.deepEqual(items.find(one => one.name === 'Later')?.cells, [])
    assert.ok(!(await rows()).has('Later'))
    const file = await (await host.raw('GET', `/courses/${courseId}/attendance.csv`)).text()
    assert.match(file, /"Eva","Present"/)
  })

  it('is corrected by whoever has the right to: an instructor, no assistant, and a role with it', async () => {
    const helper = await signedInClient(node, { accountId: await makePerson(courseId, 'assistant', 'Hilda') })
    assert.ok((await helper.request(attendanceRoutes.list, { runId: run.id })).items.length > 0)
    await assert.rejects(correct('Pia', 'late', '', helper), { code: 'not-allowed' })
    await assert.rejects(correct('Pia', 'late', '', of('Pia')), { code: 'not-allowed' })
    const admin = await signedInClient(node, { role: 'administrator' })
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Lab assistant', copyOf: 'assistant' })
    const capabilities = [...role.capabilities.filter(one => one !== 'grade.release'), 'attendance.change' as const]
    await admin.request(accessRoutes.changeRole, { roleId: role.key as never, version: 0, capabilities })
    const place = { kind: 'course' as const, id: courseId }
    await admin.request(accessRoutes.grantRole, { ...place, role: role.key, accountId: helper.accountId })
    assert.equal((await correct('Pia', 'late', '', helper)).mark?.by, 'Hilda')
    // A learner who helps as well stands on the list: others are theirs to correct, their own line is not.
    await admin.request(accessRoutes.grantRole, { ...place, role: role.key, accountId: of('Lars').accountId })
    assert.equal((await correct('Eva', 'late', '', of('Lars'))).mark?.by, 'Lars')
    await assert.rejects(correct('Lars', 'present', '', of('Lars')), { code: 'own-attendance' })
  })

  it('is handed over when it is nobody’s any more, without the reasons', async () => {
    await correct('Abel', 'excused', 'At the dentist')
    const into = await signedInClient(node, { name: 'Former' })
    const [from] = [of('Abel').accountId as AccountId]
    await arrange(ctx => handAttendanceOver(ctx, courseId, [{ from, into: into.accountId as AccountId }]))
    const found = await row('Former')
    assert.deepEqual([found.status, found.mark?.note], ['excused', ''])
  })

  it('is corrected no more where the course is over', async () => {
    const { accountId, version } = await row('Pia')
    await host.request(lifeRoutes.changeState, { courseId, state: 'concluded' })
    await assert.rejects(
      host.request(attendanceRoutes.correct, { runId: run.id, accountId, version, status: 'absent' }),
      { code: 'concluded' },
    )
    assert.equal((await row('Pia')).status, 'late')
  })

  it('costs as many queries for three hundred as for three', async () => {
    let asked = 0
    const ctx = testCtx({
      sql: (text, values) => {
        asked += 1
        return sql(text, values)
      },
    })
    const cost = async (read: () => Promise<unknown>) => {
      asked = 0
      await read()
      return asked
    }
    const place = await getRunPlace(ctx, run.id)
    const list = () => attendanceList(ctx, place, { limit: 200 })
    const table = () => attendanceTable(ctx, { courseId, limit: 200 })
    const few = [await cost(list), await cost(table)]
    await sql(
      `with made as (
         insert into accounts (id, kind, name, site_role)
         select gen_random_uuid(), 'member', 'Learner ' || n, 'member' from generate_series(1, 300) n returning id
       ), enrolled as (
         insert into enrolments (id, course_id, account_id, at, how)
         select gen_random_uuid(), $1, id, now() - interval '1 year', 'by hand' from made returning account_id
       ), given as (
         insert into role_assignments (account_id, context_kind, context_id, role, assigned_at)
         select account_id, 'course', $1, 'learner', now() from enrolled
       )
       insert into seats (run_id, account_id, role, joined_at) select $2, account_id, 'learner', now() from enrolled`,
      [courseId, run.id],
    )
    assert.equal((await list()).items.length, 200)
    assert.deepEqual([await cost(list), await cost(table)], few)
    assert.ok((few[0] ?? 9) <= 4 && (few[1] ?? 9) <= 6, `${few} queries`)
  })

  it('sees whoever is there as presence keeps it, and nobody who only looks when it is over', async () => {
    const open = await startClass(node, [])
    const nia = await guestClient(node, open.code, 'Nia')
    const late = await guestClient(node, open.code, 'Lou')
    const seen = await nia.subscribe(runScope, open.run.id)
    await waitFor(async () => {
      await arrange(writeIntervals)
      const [row] = await sql<{ long: boolean }>(
        'select to_at > from_at as long from seat_intervals where scope_id = $1',
        [open.run.id],
      )
      return row?.long
    }, 'an interval of hers')
    await open.host.call(liveCalls.end, { runId: open.run.id })
    await seen.until(state => state.run.phase === 'ended', 'the end')
    await late.subscribe(runScope, open.run.id)
    await arrange(writeIntervals)
    const { items, run: ended } = await open.host.request(attendanceRoutes.list, { runId: open.run.id })
    const of = (name: string) => items.find(one => one.name === name) ?? assert.fail(name)
    const { share, seenAt } = of('Nia').evidence
    assert.ok(share !== null && share > 0 && share <= 100, `${share} %`)
    assert.ok(seenAt !== null && ended.endedAt !== null && seenAt <= ended.endedAt)
    assert.deepEqual([of('Lou').evidence.share, of('Lou').evidence.seenAt], [null, null])
  })
})
