// Lectern with a person's eyes, over a real node: administrators alone, with a reason that is kept and told, reading what
// the person reads and nothing that is theirs alone; nothing is written, and it ends.
import assert from 'node:assert/strict'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { auditRoutes } from '#protocol/audit.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { factorRoutes } from '#protocol/factors.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { previewRoutes, type ViewId, viewMinutes, writePreview } from '#protocol/preview.ts'
import { privacyRoutes } from '#protocol/privacy.ts'
import { todayRoutes } from '#protocol/today.ts'
import { exportAccount } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('seeing as a person', () => {
  let node: TestNode
  let course: TestCourse
  let lena: AccountId
  let ada: Client

  before(async () => {
    node = await testNode()
    course = await makeCourse('Cells')
    lena = await makePerson(course.courseId, 'learner', 'Lena')
    ada = await signedInClient(node, { role: 'administrator', name: 'Ada Admin' })
  })

  const begin = async (reason = 'She asked why page 3 is shut') =>
    (await ada.request(previewRoutes.beginView, { accountId: lena, reason })).view
  const eyes = (viewId: ViewId, accountId = ada.accountId) =>
    signedInClient(node, { accountId, preview: writePreview({ viewId }) })

  it('shows what the person sees, at both doors, and nothing that is theirs alone', async () => {
    const { courseId } = course
    const staff = await signedInClient(node, { accountId: course.instructorId })
    const { page } = await staff.request(contentRoutes.createPage, { courseId, title: 'Draft', published: false })
    const view = await begin()
    assert.equal(view.name, 'Lena')
    const seen = await eyes(view.id)
    const real = await signedInClient(node, { accountId: lena })
    const asks: ((who: Client) => Promise<unknown>)[] = [
      who => who.request(courseRoutes.get, { courseId }),
      who => who.request(courseRoutes.list, {}),
      who => who.request(todayRoutes.list, {}),
      who => who.request(conditionRoutes.mine, { courseId }),
      who => who.request(gradeRoutes.mine, { courseId }),
    ]
    for (const ask of asks) assert.deepEqual(await ask(seen), await ask(real))
    // As an administrator they see the draft; as Lena they do not.
    await ada.request(contentRoutes.getPage, { courseId, pageId: page.id })
    await assert.rejects(seen.request(contentRoutes.getPage, { courseId, pageId: page.id }), { code: 'not-found' })
    await assert.rejects(seen.request(peopleRoutes.people, {}), { code: 'not-allowed' })
    await seen.subscribe(courseScope, courseId)
    await assert.rejects(seen.subscribe(courseStaffScope, courseId), { code: 'not-allowed' })
    for (const ask of [
      () => seen.request(inboxRoutes.list, {}),
      () => seen.request(accountRoutes.listDevices, {}),
      () => seen.request(tokenRoutes.listTokens, {}),
      () => seen.request(factorRoutes.get, {}),
      () => seen.request(privacyRoutes.mine, {}),
    ])
      await assert.rejects(ask, { code: 'not-in-preview' })
    await assert.rejects(seen.request(accountRoutes.changeProfile, { version: 0, name: 'Not Lena' }), {
      code: 'previewing',
    })
    assert.equal((await seen.request(accountRoutes.me, {})).account?.id, ada.accountId, 'who is signed in')
  })

  it('is told to the person and to the audit, with who and why', async () => {
    await begin('A report of the guardian')
    const real = await signedInClient(node, { accountId: lena })
    const first = await real.request(previewRoutes.views, { limit: 1 })
    assert.deepEqual(
      first.items.map(one => [one.by, one.reason]),
      [['Ada Admin', 'A report of the guardian']],
    )
    const rest = await real.request(previewRoutes.views, { after: first.next })
    assert.deepEqual(
      rest.items.map(one => one.reason),
      ['She asked why page 3 is shut'],
    )
    const { items } = await ada.request(auditRoutes.list, { about: lena })
    const entry = items.find(one => one.verb === 'account.view-begun')
    assert.equal(entry?.actor?.id, ada.accountId)
    assert.equal((entry?.details as { reason?: string } | null)?.reason, 'A report of the guardian')
    assert.equal(((await exportAccount(testCtx(), lena)).preview as { views: unknown[] }).views.length, 2)
  })

  it('is for administrators alone, never as one of them, as oneself, as a guest or as whoever may not come in', async () => {
    const reason = 'Test'
    const teacher = await signedInClient(node, { accountId: course.instructorId })
    await assert.rejects(teacher.request(previewRoutes.beginView, { accountId: lena, reason }), { code: 'not-allowed' })
    const other = await makeAccount({ role: 'administrator' })
    const out = await makeAccount({})
    await ada.request(accountRoutes.suspend, { accountId: out })
    for (const accountId of [other, ada.accountId, out])
      await assert.rejects(ada.request(previewRoutes.beginView, { accountId, reason }), { code: 'not-allowed' })
    await assert.rejects(ada.request(previewRoutes.beginView, { accountId: lena, reason: ' ' }), { code: 'malformed' })
    // Somebody else's view opens nothing, for administrators either.
    const view = await begin()
    const stranger = await eyes(view.id, other)
    await assert.rejects(stranger.request(todayRoutes.list, {}), { code: 'not-found' })
    await assert.rejects(
      (await signedInClient(node, { accountId: other })).request(previewRoutes.endView, { viewId: view.id }),
      {
        code: 'not-found',
      },
    )
  })

  it('ends when it is ended, with its time, and with the right to look', async () => {
    const { courseId } = course
    const view = await begin()
    const seen = await eyes(view.id)
    await seen.subscribe(courseScope, courseId)
    await seen.request(previewRoutes.endView, { viewId: view.id })
    await waitFor(() => seen.frames.some(one => one.k === 'closed'), 'the end of what is heard')
    await assert.rejects(seen.request(courseRoutes.get, { courseId }), { code: 'view-over' })
    await ada.request(previewRoutes.endView, { viewId: view.id })

    const late = await begin()
    await sql(`update person_views set until = now() - interval '1 second' where id = $1`, [late.id])
    await assert.rejects((await eyes(late.id)).request(courseRoutes.get, { courseId }), { code: 'view-over' })
    assert.ok(Date.parse(late.until) - Date.now() <= viewMinutes * 60_000)

    const mine = await signedInClient(node, { role: 'administrator' })
    const { view: last } = await mine.request(previewRoutes.beginView, { accountId: lena, reason: 'Test' })
    const looking = await eyes(last.id, mine.accountId)
    await looking.request(courseRoutes.get, { courseId })
    await ada.request(peopleRoutes.changeSiteRole, { accountId: mine.accountId, siteRole: 'member' })
    await assert.rejects(looking.request(courseRoutes.get, { courseId }), { code: 'not-allowed' })
  })
})
