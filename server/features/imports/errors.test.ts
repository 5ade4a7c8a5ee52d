// What is wrong with many rows alike stands once, with the rows behind it; and what a list names that nothing reads is kept.
import assert from 'node:assert/strict'
import { courseRoutes } from '#protocol/courses.ts'
import { manyAlike, type PieceSort, siteImportRoutes } from '#protocol/imports.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

describe('the faults of an import', () => {
  let node: TestNode
  let boss: TestClient
  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator' })
    await boss.request(courseRoutes.create, { title: 'Botany', shortName: 'BOT' })
  })

  it('stand once where many rows have them, each course apart, and the others one by one', async () => {
    const { id: importId } = (await boss.request(siteImportRoutes.create)).import
    const piece = (sort: PieceSort, text: string) =>
      boss.request(siteImportRoutes.addPiece, { importId, sort, place: 0, text })
    const crowd = Array.from({ length: 37 }, (_, at) => `p${at}@crowd.example`)
    await piece('people', ['name,email,shoe', ...crowd.map((email, at) => `Person ${at},${email},4${at}`)].join('\n'))
    const lines = [
      ...crowd.map((email, at) => `${email},${at % 2 ? 'CS101' : 'cs101'},`),
      ...crowd.slice(0, manyAlike - 1).map(email => `${email},CS102,`),
      ...crowd.slice(0, manyAlike).map(email => `${email},BOT,rector`),
    ]
    await piece('enrolments', ['email,course,role', ...lines].join('\n'))
    const checked = (await boss.request(siteImportRoutes.check, { importId })).import
    assert.deepEqual(checked.unused, [{ sort: 'people', columns: ['shoe'] }])
    const { items: groups } = await boss.request(siteImportRoutes.errorGroups, { importId })
    assert.deepEqual(groups, [
      { sort: 'enrolments', error: 'no-course', course: groups[0]?.course, rows: 37 },
      { sort: 'enrolments', error: 'bad-role', course: '', rows: manyAlike },
    ])
    assert.equal(groups[0]?.course.toLowerCase(), 'cs101')
    const errors = (more: object) => boss.request(siteImportRoutes.errors, { importId, ...more })
    const few = await errors({ few: 'true', limit: 200 })
    assert.deepEqual(new Set(few.items.map(one => one.course)), new Set(['CS102']))
    assert.equal(few.items.length, manyAlike - 1)
    const behind = { sort: 'enrolments', error: 'no-course', course: 'CS101', limit: 30 }
    const first = await errors(behind)
    const rest = await errors({ ...behind, after: first.next })
    assert.deepEqual([first.items.length, rest.items.length, rest.next], [30, 7, undefined])
    assert.equal((await errors({ limit: 200 })).items.length, 37 + manyAlike - 1 + manyAlike)
    const stranger = await signedInClient(node)
    await assert.rejects(stranger.request(siteImportRoutes.errorGroups, { importId }), { code: 'not-allowed' })
  })

  it('stand one by one where more than a hundred courses are not there', async () => {
    const { id: importId } = (await boss.request(siteImportRoutes.create)).import
    const piece = (sort: PieceSort, text: string) =>
      boss.request(siteImportRoutes.addPiece, { importId, sort, place: 0, text })
    const crowd = Array.from({ length: manyAlike }, (_, at) => `q${at}@crowd.example`)
    await piece('people', ['name,email', ...crowd.map((email, at) => `Person ${at},${email}`)].join('\n'))
    const courses = Array.from({ length: 102 }, (_, at) => `NO${String(at).padStart(3, '0')}`)
    const lines = courses.flatMap(course => crowd.map(email => `${email},${course},`))
    await piece('enrolments', ['email,course,role', ...lines].join('\n'))
    await boss.request(siteImportRoutes.check, { importId })
    const { items: groups } = await boss.request(siteImportRoutes.errorGroups, { importId })
    assert.equal(groups.length, 100)
    const few = await boss.request(siteImportRoutes.errors, { importId, few: 'true', limit: 200 })
    assert.equal(few.items.length, 2 * manyAlike)
    const named = new Set([...groups, ...few.items].map(one => one.course))
    assert.deepEqual(named, new Set(courses))
  })
})
