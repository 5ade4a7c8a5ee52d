// Roles in the tree, in a real database and on real sockets: they hold below where they are given, and a role taken
// away is felt at once.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId } from '#protocol/base/ids.ts'
import { accounts } from '#server/features/accounts/index.ts'
import type { Who } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { closeDatabase, connectDatabase } from '#server/platform/db/sequelize.ts'
import { arrange, makeAccount, testCtx } from '#server/test/factories.ts'
import { testDatabase } from '#server/test/harness.ts'
import {
  assignRole,
  type ContextRef,
  capabilitiesIn,
  createContext,
  demandMay,
  may,
  removeRole,
  roleIn,
  site,
} from './index.ts'

describe('access in the tree', () => {
  const department: ContextRef = { kind: 'department', id: randomUUID() }
  const course: ContextRef = { kind: 'course', id: randomUUID() }
  const group: ContextRef = { kind: 'group', id: randomUUID() }
  const other: ContextRef = { kind: 'course', id: randomUUID() }

  before(async () => {
    connectDatabase((await testDatabase()).url)
    await arrange(async ctx => {
      await createContext(ctx, department, site)
      await createContext(ctx, course, department)
      await createContext(ctx, group, course)
      await createContext(ctx, other, site)
    })
  })
  after(() => closeDatabase())

  const as = async (accountId: AccountId) => {
    const row = await accounts.findByPk(accountId, { rejectOnEmpty: true })
    const who: Who = { kind: 'account', accountId, sessionId: newId(), siteRole: row.siteRole, name: row.name }
    return testCtx({ who })
  }

  it('holds a role below where it was given, and nowhere else', async () => {
    const id = await makeAccount({ holds: [{ role: 'instructor', context: department }] })
    const ctx = await as(id)
    assert.equal(await may(ctx, 'live.host', department), true)
    assert.equal(await may(ctx, 'live.host', course), true)
    assert.equal(await may(ctx, 'live.host', group), true)
    assert.equal(await may(ctx, 'live.host', other), false)
    assert.equal(await may(ctx, 'live.host', site), false)
    assert.equal(await roleIn(ctx, id, group), 'instructor')
    assert.equal(await roleIn(ctx, id, other), undefined)
  })

  it('replaces the role held in a place, and takes it away', async () => {
    const id = await makeAccount({ holds: [{ role: 'learner', context: course }] })
    const ctx = await as(id)
    assert.equal(await may(ctx, 'grade.view-all', course), false)
    await arrange(tx => assignRole(tx, { accountId: id, role: 'assistant', context: course }))
    assert.equal(await may(ctx, 'grade.view-all', course), true)
    await arrange(tx => removeRole(tx, { accountId: id, context: course }))
    assert.deepEqual(await capabilitiesIn(ctx, course), ['course.create'])
  })

  it('says not-found to who may not know of the place, not-allowed to who may', async () => {
    const inside = await as(await makeAccount({ holds: [{ role: 'learner', context: course }] }))
    const outside = await as(await makeAccount())
    await assert.rejects(demandMay(inside, 'course.change', course), { code: 'not-allowed' })
    await assert.rejects(demandMay(outside, 'course.change', course), { code: 'not-found' })
    await assert.rejects(demandMay(outside, 'site.manage', site), { code: 'not-allowed' })
    await assert.rejects(demandMay(testCtx(), 'course.view', course), { code: 'not-signed-in' })
    await assert.rejects(demandMay(inside, 'course.view', { kind: 'course', id: randomUUID() }), { code: 'not-found' })
  })

  it('bumps the number of the account at every change of a role', async () => {
    const id = await makeAccount()
    const version = async () => {
      const rows = await testCtx().sql<{ version: string }>('select version from rights_versions where subject = $1', [
        id,
      ])
      return Number(rows[0]?.version ?? 0)
    }
    await arrange(tx => assignRole(tx, { accountId: id, role: 'learner', context: course }))
    assert.equal(await version(), 1)
    await arrange(tx => removeRole(tx, { accountId: id, context: course }))
    assert.equal(await version(), 2)
    await arrange(tx => removeRole(tx, { accountId: id, context: course }))
    assert.equal(await version(), 2)
  })
})
