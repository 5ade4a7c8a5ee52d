// Departments and terms over a real node: kept by administrators, roles of a department hold in its courses, courses are
// found by both.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { userScope } from '#protocol/accounts.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { departmentRoutes, termRoutes } from '#protocol/organisation.ts'
import { assignRole } from '#server/features/access/index.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { enrol } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { departmentContext } from './index.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('departments and terms', () => {
  let node: TestNode
  let admin: Person
  let member: Person

  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator', name: 'Ada Admin' })
    member = await signedInClient(node, { name: 'Ines Ferreira' })
  })

  const make = async (name: string, parentId: string | null = null) =>
    (await admin.request(departmentRoutes.create, { name, parentId })).id
  const tree = async (asked: object = {}) =>
    (await member.request(departmentRoutes.list, asked)).items.map(one => one.path.join(' / '))

  it('make a tree that reads from the top, a page at a time', async () => {
    const science = await make('Science')
    const biology = await make('Biology', science)
    await make('Arts')
    await make('Botany', biology)
    await make('Chemistry', science)
    const whole = ['Arts', 'Science', 'Science / Biology', 'Science / Biology / Botany', 'Science / Chemistry']
    assert.deepEqual(await tree(), whole)
    const first = await member.request(departmentRoutes.list, { limit: 3 })
    const second = await member.request(departmentRoutes.list, { limit: 3, after: first.next })
    assert.deepEqual(
      [...first.items, ...second.items].map(one => one.path.join(' / ')),
      whole,
    )
    assert.deepEqual(await tree({ search: 'bot' }), ['Science / Biology / Botany'])
    const refused = { code: 'malformed', errors: [{ path: 'parentId', code: 'cycle' }] }
    await assert.rejects(
      admin.request(departmentRoutes.change, { departmentId: science, version: 0, parentId: biology }),
      (error: { code: string; errors: { path: string; code: string }[] }) => {
        assert.equal(error.code, refused.code)
        assert.deepEqual([error.errors[0]?.path, error.errors[0]?.code], ['parentId', 'cycle'])
        return true
      },
    )
    await assert.rejects(admin.request(departmentRoutes.remove, { departmentId: science }), {
      code: 'department-not-empty',
    })
    await assert.rejects(member.request(departmentRoutes.create, { name: 'Mine' }), { code: 'not-allowed' })
  })

  it('go with the roles that were given there and what they say about roles', async () => {
    const departmentId = await make('Short-lived')
    const { kind, id } = departmentContext(departmentId)
    const place = { kind, id }
    const friend = await signedInClient(node, {})
    await admin.request(accessRoutes.grantRole, { ...place, role: 'instructor', accountId: friend.accountId })
    const rule = { role: 'assistant' as const, capability: 'grade.change' as const, permission: 'prevent' as const }
    await admin.request(accessRoutes.changeRule, { ...place, ...rule })
    await admin.request(departmentRoutes.remove, { departmentId })
    const left = await sql(
      `select from granted_roles where context_id = $1 union all select from role_overrides where context_id = $1
       union all select from contexts where id = $1`,
      [id],
    )
    assert.equal(left.length, 0)
    assert.equal(await auditEntries.count({ where: { verb: 'roles.removed', subjectId: id } }), 1)
  })

  it('let the roles of a department hold in its courses, wherever they are moved', async () => {
    const school = await make('School of law')
    const chair = await make('Chair of private law', school)
    const dean = member
    await arrange(ctx =>
      assignRole(ctx, { accountId: dean.accountId, role: 'instructor', context: departmentContext(school) }),
    )
    const { course } = await admin.request(courseRoutes.create, { title: 'Torts', departmentId: chair })
    assert.equal((await dean.request(courseRoutes.get, { courseId: course.id })).course.departmentId, chair)
    // Words may be changed by a dean, the department by administrators alone.
    await assert.rejects(dean.request(courseRoutes.change, { courseId: course.id, version: 0, departmentId: null }), {
      code: 'not-allowed',
    })
    const away = () => admin.request(courseRoutes.change, { courseId: course.id, version: 0, departmentId: null })
    const lena = await signedInClient(node, { name: 'Lena' })
    await arrange(ctx =>
      enrol(ctx, { courseId: course.id, accountId: lena.accountId, role: 'learner', how: 'by hand' }),
    )
    const seen = [await lena.subscribe(userScope, lena.accountId), await dean.subscribe(userScope, dean.accountId)]
    const told = seen.map(one => one.state().changed.courses ?? 0)
    await assertConverges(admin, courseScope, course.id, away)
    for (const [n, own] of seen.entries()) await own.until(one => (one.changed.courses ?? 0) > (told[n] ?? 0))
    await assert.rejects(dean.request(courseRoutes.get, { courseId: course.id }), { code: 'not-found' })
    const unknown = { title: 'Nowhere', departmentId: '0190a000-0000-7000-8000-000000000000' }
    await assert.rejects(admin.request(courseRoutes.create, unknown), { code: 'malformed' })
  })

  it('are the latest first as terms, with at least a day, and are kept while a course stands in them', async () => {
    const term = (name: string, startsOn: string, endsOn: string) =>
      admin.request(termRoutes.create, { name, startsOn, endsOn })
    const { id: termId } = await term('Spring 2026', '2026-02-02', '2026-06-26')
    await term('Autumn 2026', '2026-09-01', '2026-12-18')
    const { items } = await member.request(termRoutes.list, {})
    assert.deepEqual(
      items.map(one => `${one.name} ${one.startsOn}`),
      ['Autumn 2026 2026-09-01', 'Spring 2026 2026-02-02'],
    )
    await assert.rejects(term('Backwards', '2026-09-02', '2026-09-01'), { code: 'malformed' })
    await assert.rejects(term('No day', '2026-02-30', '2026-03-01'), { code: 'malformed' })
    await admin.request(termRoutes.change, { termId, version: 0, endsOn: '2026-06-30' })
    await assert.rejects(admin.request(termRoutes.change, { termId, version: 0, name: 'Late' }), { code: 'conflict' })
    const { course } = await member.request(courseRoutes.create, { title: 'Spring course', termId })
    await assert.rejects(admin.request(termRoutes.remove, { termId }), { code: 'term-in-use' })
    const found = async (asked: object) => (await member.request(courseRoutes.list, asked)).items.map(one => one.title)
    assert.deepEqual(await found({ termId }), ['Spring course'])
    await member.request(courseRoutes.change, { courseId: course.id, version: 0, termId: null })
    assert.deepEqual(await found({ termId }), [])
    await admin.request(termRoutes.remove, { termId })
  })

  it('are found by words or by id among thousands', async () => {
    await sql(`insert into terms (id, name, starts_on, ends_on)
      select gen_random_uuid(), 'Many ' || lpad(n::text, 4, '0'), date '1990-01-01' + n, date '1990-03-01' + n
        from generate_series(1, 3000) n`)
    await sql(`insert into departments (id, name)
      select gen_random_uuid(), 'Many ' || lpad(n::text, 4, '0') from generate_series(1, 3000) n`)
    const asked = { limit: 200, search: 'many 0007' }
    const [term, ...terms] = (await member.request(termRoutes.list, asked)).items
    const [department, ...departments] = (await member.request(departmentRoutes.list, asked)).items
    assert.deepEqual([term?.name, department?.name, terms, departments], ['Many 0007', 'Many 0007', [], []])
    const first = await member.request(termRoutes.list, { limit: 200 })
    assert.deepEqual([first.items.length, first.items.some(one => one.id === term?.id)], [200, false])
    assert.ok(first.next)
    const { items: byId } = await member.request(termRoutes.list, { termId: term?.id })
    assert.deepEqual(byId, [term])
    const { items: alone } = await member.request(departmentRoutes.list, { departmentId: department?.id })
    assert.deepEqual(alone, [department])
    await sql("delete from terms where name like 'Many %'")
    await sql("delete from departments where name like 'Many %'")
  })

  it('keep the free days of a term with it, for everybody to read', async () => {
    const words = { name: 'Autumn 2027', startsOn: '2027-09-01', endsOn: '2027-12-18' }
    const autumn = { name: 'Autumn break', startsOn: '2027-10-11', endsOn: '2027-10-15' }
    const reunion = { name: 'Founders’ day', startsOn: '2027-09-20', endsOn: '2027-09-20' }
    const { id: termId } = await admin.request(termRoutes.create, { ...words, freeDays: [autumn, reunion] })
    const read = async () =>
      (await member.request(termRoutes.list, { search: 'Autumn 2027' })).items[0] ?? assert.fail('no term')
    assert.deepEqual((await read()).freeDays, [reunion, autumn])
    // What is not said stays.
    await admin.request(termRoutes.change, { termId, version: 0, name: 'Autumn 2027/28' })
    assert.deepEqual((await read()).freeDays, [reunion, autumn])
    await admin.request(termRoutes.change, { termId, version: 1, freeDays: [autumn] })
    assert.deepEqual((await read()).freeDays, [autumn])
    // Two who write at once: the second is told, and nothing of the first is lost.
    await assert.rejects(admin.request(termRoutes.change, { termId, version: 1, freeDays: [] }), { code: 'conflict' })
    const many = Array.from({ length: 41 }, () => reunion)
    for (const freeDays of [
      many,
      [{ ...autumn, name: '' }],
      [{ ...autumn, endsOn: '2027-10-10' }],
      [{ ...autumn, endsOn: '2029-10-10' }],
      [{ ...autumn, startsOn: '2027-02-30' }],
    ])
      await assert.rejects(admin.request(termRoutes.change, { termId, version: 2, freeDays }), { code: 'malformed' })
    await assert.rejects(member.request(termRoutes.change, { termId, version: 2, freeDays: [] }), {
      code: 'not-allowed',
    })
    assert.deepEqual((await read()).freeDays, [autumn])
    await admin.request(termRoutes.remove, { termId })
  })

  it('find a page of ten thousand courses by department and words, those below it included', async () => {
    const top = await make('Faculty')
    const below = await make('Institute', top)
    await sql(
      `insert into courses (id, title, department_id)
       select gen_random_uuid(), 'Mass ' || lpad(n::text, 5, '0'), case when n % 100 = 0 then $1::uuid end
         from generate_series(1, 10000) as n`,
      [below],
    )
    const times: number[] = []
    // The best of some: what is measured is the query, not what else this machine does.
    while (times.length < 5 && Math.min(...times) >= 1_000) {
      const started = performance.now()
      const page = await admin.request(courseRoutes.list, { all: 'true', departmentId: top, search: 'mass', limit: 50 })
      times.push(performance.now() - started)
      assert.equal(page.items.length, 50)
      assert.ok(page.items.every(one => one.departmentId === below))
      assert.ok(page.next !== undefined)
    }
    assert.ok(Math.min(...times) < 1_000, `${times.join(', ')} ms`)
  })
})
