// Enrolling from a list: tried first, errors by row, all of it or the good ones, in few statements.
import assert from 'node:assert/strict'
import { address } from '#protocol/base/scope.ts'
import { importRoutes } from '#protocol/courses/import.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { addressesADay } from '#server/features/accounts/rules.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { readPeople } from './actions/import-people.ts'

describe('a list of people', () => {
  const words = new Map(
    Object.entries({ learner: 'learner', ta: 'assistant', instructor: 'instructor' } as const).map(
      ([word, key]) => [word, { key, name: '', staff: key !== 'learner' }] as const,
    ),
  )
  const told = (list: string) =>
    readPeople(list, { words, fallback: words.get('learner') ?? null }).people.map(one => [
      one.line,
      one.email,
      one.error ?? one.role?.key,
    ])

  it('is read with a head or without, with commas, semicolons or tabs', () => {
    assert.deepEqual(told('\uFEFFName;E-Mail;Role\nAda;ada@example.org;TA\n\nBo;bo@example.org;\n'), [
      [2, 'ada@example.org', 'assistant'],
      [4, 'bo@example.org', 'learner'],
    ])
    assert.deepEqual(told('Ada\tada@example.org\r\nbo@example.org'), [
      [1, 'ada@example.org', 'learner'],
      [2, 'bo@example.org', 'learner'],
    ])
    assert.deepEqual(told(''), [])
  })

  it('says of each row why it can not be taken', () => {
    const list = 'email,role\n,learner\nnot an address,\nada@example.org,dean\nbo@example.org\nBO@example.org\n=cmd@|x,'
    assert.deepEqual(
      told(list).map(([, , error]) => error),
      ['no-email', 'bad-email', 'bad-role', 'learner', 'twice', 'bad-email'],
    )
    assert.throws(() => told('a,"b\nc'), { code: 'malformed' })
    assert.throws(() => told(`email\n${'a@example.org\n'.repeat(2_001)}`), { code: 'too-large' })
  })
})

describe('enrolling from a list', () => {
  let node: TestNode
  let teacher: TestClient
  let courseId: string

  before(async () => {
    node = await testNode()
    const course = await makeCourse('Listed')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
  })
  const run = (list: string, how: 'try' | 'good ones' | 'all', operation?: string) =>
    teacher.request(importRoutes.importPeople, { courseId: courseId as never, list, how }, operation)

  it('tries without writing, refuses all or takes the good ones, and tells staff and the people themselves', async () => {
    const accountId = await makeAccount({ name: 'Ada', email: 'ada@list.example' })
    await makeAccount({ name: 'Bo', email: 'bo@list.example' })
    const ada = await signedInClient(node, { accountId })
    const staff = await teacher.subscribe(courseStaffScope, courseId)
    const before = staff.state().people
    const list = 'email,role\nADA@list.example,\nbo@list.example,assistant\nnobody@list.example,\n'

    const tried = await run(list, 'try')
    assert.deepEqual(tried.counts, { enrol: 2, wasIn: 0, error: 1 })
    assert.deepEqual(
      tried.rows.map(row => [row.line, row.name, row.role, row.error]),
      [
        [2, 'Ada', 'learner', null],
        [3, 'Bo', 'assistant', null],
        [4, null, 'learner', 'no-account'],
      ],
    )
    await assert.rejects(run(list, 'all'), { code: 'list-refused' })
    assert.equal((await ada.request(courseRoutes.list)).items.length, 0)

    await assertConverges(teacher, courseStaffScope, courseId, async () => {
      assert.equal((await run(list, 'good ones')).enrolled, 2)
    })
    await staff.until(state => state.people === before + 2)
    assert.equal((await ada.request(courseRoutes.list)).items[0]?.role, 'learner')
    const again = await run(list, 'good ones')
    assert.deepEqual([again.enrolled, again.counts], [0, { enrol: 0, wasIn: 2, error: 1 }])
    assert.equal(staff.state().people, before + 2)
  })

  it('does not promote or demote who is in already', async () => {
    const { rows, enrolled } = await run('email,role\nada@list.example,instructor', 'all')
    assert.equal(enrolled, 0)
    assert.deepEqual([rows[0]?.outcome, rows[0]?.role], ['was in', 'learner'])
  })

  it('takes 2,000 rows, and twice at once enrols each of them once', async () => {
    await sql(`insert into accounts (id, kind, email, name, site_role, created_at)
               select gen_random_uuid(), 'member', 'many' || n || '@list.example', 'Many ' || n, 'member', now()
               from generate_series(1, 2000) n`)
    const list = Array.from({ length: 2_000 }, (_, n) => `many${n + 1}@list.example`).join('\n')
    const both = await Promise.all([run(list, 'all'), run(list, 'all')])
    assert.equal(both[0].enrolled + both[1].enrolled, 2_000)
    const [row] = await sql<{ count: string }>(
      'select count(*) from enrolments where course_id = $1 and ended_at is null',
      [courseId],
    )
    assert.equal(Number(row?.count), 2_003)
    // Whoever hears the course gets every event whole.
    const [told] = await sql<{ events: number; longest: number }>(
      `select count(*)::int as events, max(jsonb_array_length(body::jsonb -> 'brought'))::int as longest from events
        where scope = $1 and kind = 'peopleChanged' and jsonb_array_length(body::jsonb -> 'brought') > 100`,
      [address(courseStaffScope, courseId)],
    )
    assert.deepEqual(told, { events: 4, longest: 500 })
    const [roles] = await sql<{ count: string }>(
      "select count(*) from role_assignments where context_id = $1 and role = 'learner'",
      [courseId],
    )
    assert.equal(Number(roles?.count), 2_001)
    const many = await signedInClient(node, {
      accountId: (await sql<{ id: string }>("select id from accounts where email = 'many7@list.example'"))[0]
        ?.id as never,
    })
    await waitFor(async () => (await many.request(courseRoutes.list)).items.length === 1, 'the course in the list')
  })

  it('looks up so many addresses a day and no more, and it stands in the audit who did', async () => {
    const [before] = await sql<{ addresses: number }>('select sum(addresses)::int as addresses from people_lookups')
    const left = addressesADay - (before?.addresses ?? 0)
    assert.ok(left > 0)
    await sql('update people_lookups set addresses = $1', [addressesADay - 2])
    await run('a@guess.example\nb@guess.example', 'try')
    await assert.rejects(run('c@guess.example', 'try'), { code: 'slow-down' })
    // What was refused was not counted, and what is no address tells nothing.
    await run('nothing', 'try')
    const entries = await auditEntries.findAll({ where: { verb: 'course.people-looked-up' }, raw: true })
    assert.ok(entries.length >= 2)
    const administrator = await signedInClient(node, { role: 'administrator' })
    const input = { courseId: courseId as never, list: 'c@guess.example', how: 'try' as const }
    assert.equal((await administrator.request(importRoutes.importPeople, input)).counts.error, 1)
  })

  it('is for those who may enrol', async () => {
    const stranger = await signedInClient(node, {})
    const input = { courseId: courseId as never, list: 'ada@list.example', how: 'try' as const }
    await assert.rejects(stranger.request(importRoutes.importPeople, input), { code: 'not-found' })
  })
})
