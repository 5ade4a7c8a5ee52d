// The demo school stands after one call: courses that read like courses, a graded class, one learner who missed it, and
// a class that anybody can join.
import assert from 'node:assert/strict'
import { accountRoutes } from '#protocol/accounts.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { liveRoutes } from '#protocol/live.ts'
import type { Who } from '#server/platform/ctx.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { seedDemo } from './demo-school.ts'
import { absentee, instructor, learners } from './people.ts'

// A whole school is filled first.
describe('the demo school', () => {
  let node: TestNode
  let code: string | null
  const whoIs = async (email: string): Promise<Who> => {
    const [row] = await sql<{ id: string; name: string }>('select id, name from accounts where email = $1', [email])
    assert.ok(row, `${email} is in the school`)
    return {
      kind: 'account',
      accountId: row.id as never,
      sessionId: row.id as never,
      siteRole: 'member',
      name: row.name,
    }
  }

  before(async () => {
    node = await testNode()
    code = (await seedDemo(node)).code
  })

  it('offers its people on the sign-in page', async () => {
    const { demo } = await node.as({ kind: 'nobody' }).call(accountRoutes.me, {})
    assert.deepEqual(new Set(demo.map(one => one.role)), new Set(['administrator', 'staff', 'assistant', 'learner']))
  })

  it('has a graded class, and one learner who missed it', async () => {
    const teacher = node.as(await whoIs(instructor.email))
    const { items } = await teacher.call(courseRoutes.list, {})
    const biology = items.find(one => one.title.startsWith('Biology'))
    assert.ok(biology)
    const table = await teacher.call(gradeRoutes.table, { courseId: biology.id, limit: 200 })
    assert.equal(table.gradeItems.length, 1)
    assert.equal(table.items.length, learners.length)
    const missing = table.items.filter(one => one.cells.length === 0 || one.cells.every(cell => cell.answered === 0))
    assert.deepEqual(
      missing.map(one => one.name),
      [absentee.name],
    )
  })

  it('has a class that a stranger can look at by its code', async () => {
    assert.ok(code)
    const found = await node.as({ kind: 'nobody' }).call(liveRoutes.look, { code })
    assert.equal(found.courseTitle, 'Safety at work: the first hour')
  })
})
