// Lists that enrol with roles made here, by their names: told as such before and after, gone by then, and there already.
import assert from 'node:assert/strict'
import { accessRoutes, type CustomRoleId } from '#protocol/access.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import { type ImportId, siteImportRoutes } from '#protocol/imports.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeAccount, signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { importing } from './imports.fixture.ts'

describe('imports with roles made here', () => {
  let boss: TestClient
  let { check, run, undo, reasons } = {} as ReturnType<typeof importing>
  let courseId: CourseId
  let tutor: CustomRoleId
  let listener: CustomRoleId
  const makeRole = async (name: string, copyOf: 'assistant' | 'learner') =>
    (await boss.request(accessRoutes.createRole, { name, copyOf })).role.key as CustomRoleId

  before(async () => {
    boss = await signedInClient(await testNode(), { role: 'administrator', name: 'Boss' })
    ;({ check, run, undo, reasons } = importing(boss))
    courseId = (await boss.request(courseRoutes.create, { title: 'Optics', shortName: 'OPT' })).course.id
    tutor = await makeRole('Lab Tutor', 'assistant')
    listener = await makeRole('Listener', 'learner')
    for (const name of ['ann', 'bob', 'cyd', 'dan', 'eli']) await makeAccount({ name, email: `${name}@roles.example` })
  })

  const inCourse = async () =>
    (await boss.request(peopleRoutes.people, { courseId })).items
      .filter(one => one.name !== 'Boss')
      .map(one => [one.name, one.role, one.custom?.name ?? null])
  const told = async (importId: ImportId, only?: 'differing') =>
    (await boss.request(siteImportRoutes.rows, { importId, sort: 'enrolments', ...(only ? { only } : {}) })).items.map(
      row => [row.line, row.role, row.custom?.name ?? null, row.there, row.thereCustom?.name ?? null],
    )
  const list = (...rows: string[]) => ({ enrolments: ['email,course,role', ...rows].join('\n') })

  it('say so of each row, enrol with them, and take it back', async () => {
    await sql("update accounts set suspended_at = now() where email = 'eli@roles.example'")
    const checked = await check(
      list(
        ...['ann@roles.example,OPT,lab tutor', 'bob@roles.example,OPT,LISTENER', 'cyd@roles.example,OPT,'],
        ...['dan@roles.example,OPT,dean', 'eli@roles.example,OPT,Lab Tutor'],
      ),
    )
    assert.deepEqual(await reasons(checked.id), [
      ['enrolments', 5, 'bad-role'],
      ['enrolments', 6, 'suspended'],
    ])
    assert.deepEqual(await told(checked.id), [
      // By the word alone, as a node of the version before reads it, nobody becomes more than a learner.
      [2, 'learner', 'Lab Tutor', null, null],
      [3, 'learner', 'Listener', null, null],
      [4, 'learner', null, null, null],
    ])
    const done = await run(checked.id, 'done')
    assert.equal(done.enrolments.made, 3)
    const came = [
      ['ann', 'assistant', 'Lab Tutor'],
      ['bob', 'learner', 'Listener'],
      ['cyd', 'learner', null],
    ]
    assert.deepEqual(await inCourse(), came)
    await undo(checked.id)
    assert.deepEqual(await inCourse(), [])
    await run(
      (await check(list(...came.map(([name, word, made]) => `${name}@roles.example,OPT,${made ?? word}`)))).id,
      'done',
    )
    assert.deepEqual(await inCourse(), came)
  })

  it('leave whoever is there in their role, and name both where the list says another', async () => {
    const checked = await check(
      list(
        ...['ann@roles.example,OPT,assistant', 'bob@roles.example,OPT,listener', 'cyd@roles.example,OPT,Listener'],
        'boss@roles.example,OPT,teacher',
      ),
    )
    const differing = [
      [2, 'assistant', null, 'assistant', 'Lab Tutor'],
      [4, 'learner', 'Listener', 'learner', null],
    ]
    assert.deepEqual(await told(checked.id, 'differing'), differing)
    assert.deepEqual(await told(checked.id), [
      differing[0],
      [3, 'learner', 'Listener', 'learner', 'Listener'],
      differing[1],
    ])
    await run(checked.id, 'done')
    assert.deepEqual(await told(checked.id, 'differing'), differing)
    assert.deepEqual(
      (await inCourse()).map(([, , name]) => name),
      ['Lab Tutor', 'Listener', null],
    )
  })

  it('leave out, with the reason, whose role was removed since the check', async () => {
    const gone = await makeRole('Short-lived', 'learner')
    const checked = await check(list('dan@roles.example,OPT,short-lived'))
    assert.equal(checked.enrolments.made, 1)
    await boss.request(accessRoutes.removeRole, { roleId: gone })
    const done = await run(checked.id, 'done')
    assert.deepEqual([done.enrolments.made, done.enrolments.errors], [0, 1])
    assert.deepEqual(await reasons(checked.id), [['enrolments', 2, 'bad-role']])
    assert.ok(!(await inCourse()).some(([name]) => name === 'dan'))
    for (const roleId of [tutor, listener])
      await assert.rejects(boss.request(accessRoutes.removeRole, { roleId }), { code: 'role-held' })
  })
})
