// Observers over a real node: they read what the learner may read of themselves and nothing else, hear of it in their own
// scope, and stop at once when anybody who may ends it.
import assert from 'node:assert/strict'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { type AssignmentId, assignmentRoutes } from '#protocol/assignments.ts'
import { auditRoutes } from '#protocol/audit.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { type GradeItemId, gradeRoutes } from '#protocol/grades.ts'
import { mostObserverCodes, observerRoutes } from '#protocol/observers.ts'
import { privacyRoutes } from '#protocol/privacy.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { exportAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('observers', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let ada: Client
  let lena: Client
  let omar: Client
  let work: { courseId: TestCourse['courseId']; assignmentId: AssignmentId }
  let gradeItemId: GradeItemId
  const omarsEmail = 'omar.observer@example.org'

  before(async () => {
    node = await testNode()
    course = await makeCourse('Cells')
    teacher = await signedInClient(node, { accountId: course.instructorId })
    ada = await signedInClient(node, { role: 'administrator', name: 'Ada Admin' })
    lena = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
    await makePerson(course.courseId, 'learner', 'Ben Other')
    omar = await signedInClient(node, { name: 'Omar Observer', email: omarsEmail })
    const { assignment } = await teacher.request(assignmentRoutes.create, {
      ...{ courseId: course.courseId, title: 'Essay', points: '20', published: true },
      ...{
        takes: { text: true, most: 0, forms: [], largest: 1_000_000 },
        dueAt: new Date(Date.now() + 86_400_000).toISOString(),
      },
    } as never)
    work = { courseId: course.courseId, assignmentId: assignment.id }
    gradeItemId = assignment.gradeItemId as GradeItemId
  })

  const add = (more: object = {}, by = ada) =>
    by.request(observerRoutes.add, { accountId: lena.accountId, email: omarsEmail, ...more })
  const read = (who = omar, accountId = lena.accountId) => who.request(observerRoutes.learner, { accountId })
  const readCourse = (who = omar) =>
    who.request(observerRoutes.course, { accountId: lena.accountId, courseId: course.courseId })
  const told = async () => (await omar.subscribe(userScope, omar.accountId)).state().changed.observed
  /** What `act` leads to in the observer's own scope, some jobs later. */
  const heard = (act: () => Promise<unknown>) =>
    assertConverges(omar, userScope, omar.accountId, async () => {
      const before = await told()
      await act()
      await waitFor(async () => (await told()) > before, 'the word to the observer')
    })

  it('are linked by administrators alone, to members who are none of them', async () => {
    await assert.rejects(add({}, teacher), { code: 'not-allowed' })
    await assert.rejects(read(), { code: 'not-found' })
    await assert.rejects(add({ email: 'nobody@example.org' }), { code: 'no-account' })
    await assert.rejects(add({ until: new Date(Date.now() - 1_000).toISOString() }), { code: 'malformed' })
    const boss = await makeAccount({ role: 'administrator' })
    for (const accountId of [boss, await makeAccount({ role: 'guest' }), omar.accountId])
      await assert.rejects(add({ accountId }), { code: 'not-observable' })
    await heard(() => add({ kind: 'guardian' }))
    await assert.rejects(add(), { code: 'observed-already' })
    const { items } = await ada.request(observerRoutes.list, { accountId: lena.accountId })
    assert.deepEqual(
      items.map(one => [one.name, one.kind]),
      [['Omar Observer', 'guardian']],
    )
    const audited = await ada.request(auditRoutes.list, { about: lena.accountId })
    assert.equal(audited.items.find(one => one.verb === 'observers.linked')?.actor?.id, ada.accountId)
  })

  it('read what the learner reads: courses, progress, what is due, grades', async () => {
    const seen = await read()
    assert.equal(seen.learner.name, 'Lena')
    const { items: sums } = await lena.request(progressRoutes.courses, {})
    assert.deepEqual(
      seen.courses.map(one => [one.id, one.title, one.sum]),
      sums.map(one => [one.courseId, 'Cells', one.sum]),
    )
    assert.deepEqual(
      seen.due.map(one => [one.title, one.kind, one.courseTitle]),
      [['Essay', 'assignment', 'Cells']],
    )
    const mine = await lena.request(progressRoutes.mine, { courseId: course.courseId })
    const inCourse = await readCourse()
    assert.deepEqual([inCourse.items, inCourse.sum, inCourse.grade], [mine.items, mine.sum, mine.grade])
    assert.deepEqual(
      inCourse.grades.map(one => [one.title, one.score, one.why]),
      [['Essay', null, 'not-yet']],
    )
    assert.deepEqual(inCourse.classes, [])
    assert.deepEqual((await sql('select from operations where author = $1', [lena.accountId])).length, 0)
  })

  it('hear of a new grade in their own scope, and read no figure that is held back', async () => {
    const { column } = { column: { gradeItemId } }
    const versionOf = async () =>
      (await teacher.request(gradeRoutes.table, { courseId: course.courseId })).gradeItems[0]?.version ?? assert.fail()
    await teacher.request(gradeRoutes.release, { ...column, version: await versionOf(), held: true })
    const given = { ...work, accountId: lena.accountId }
    const { version } = await teacher.request(assignmentRoutes.mark, { ...given, version: 0, score: '17.13' })
    const all = JSON.stringify([await read(), await readCourse()])
    assert.ok(!all.includes('17.13'), 'a figure that is held back')
    assert.equal((await readCourse()).grades[0]?.why, 'held-back')
    await heard(async () =>
      teacher.request(gradeRoutes.release, { ...column, version: await versionOf(), held: false }),
    )
    assert.deepEqual((await readCourse()).grades[0]?.score, '17.13')
    await heard(() => teacher.request(assignmentRoutes.mark, { ...given, version, score: '18' }))
    assert.deepEqual((await readCourse()).grades[0]?.score, '18')
    assert.ok(!JSON.stringify([await read(), await readCourse()]).includes('Ben Other'), 'another learner')
  })

  it('have no right of their own in the course, and hear no scope of it', async () => {
    const { courseId } = course
    for (const ask of [
      () => omar.request(courseRoutes.get, { courseId }),
      () => omar.request(gradeRoutes.mine, { courseId }),
      () => omar.request(progressRoutes.mine, { courseId }),
      () => omar.request(assignmentRoutes.get, work),
      () => omar.subscribe(courseScope, courseId),
      () => omar.subscribe(userScope, lena.accountId),
    ])
      await assert.rejects(ask, { code: 'not-found' })
    const elsewhere = await makeCourse('Elsewhere')
    await assert.rejects(
      omar.request(observerRoutes.course, { accountId: lena.accountId, courseId: elsewhere.courseId }),
      { code: 'not-found' },
    )
    await assert.rejects(read(await signedInClient(node)), { code: 'not-found' })
  })

  it('end with the learner, unless the school says otherwise, and come back while that is fresh', async () => {
    const mine = await lena.request(observerRoutes.mine, {})
    const [one] = mine.items
    assert.ok(one && mine.rules.learnersEnd)
    const end = (by: Client) => by.request(observerRoutes.end, { observationId: one.id })
    const restore = (by: Client) => by.request(observerRoutes.restore, { observationId: one.id })
    await assert.rejects(end(teacher), { code: 'not-found' })
    await ada.request(observerRoutes.changeRules, { learnersEnd: false, learnersInvite: false })
    await assert.rejects(end(lena), { code: 'not-allowed' })
    await assert.rejects(lena.request(observerRoutes.makeCode, {}), { code: 'not-allowed' })
    await assert.rejects(teacher.request(observerRoutes.changeRules, mine.rules), { code: 'not-allowed' })
    await ada.request(observerRoutes.changeRules, { learnersEnd: true, learnersInvite: true })
    await heard(() => end(lena))
    await assert.rejects(read(), { code: 'observing-over' })
    await assert.rejects(readCourse(), { code: 'observing-over' })
    assert.deepEqual((await omar.request(observerRoutes.observed, {})).items, [])
    await assert.rejects(restore(omar), { code: 'not-found' })
    await heard(() => restore(lena))
    await read()
    await end(lena)
    await sql(`update observations set ended_at = ended_at - interval '11 minutes' where id = $1`, [one.id])
    await assert.rejects(restore(lena), { code: 'observing-over' })
    // Linked anew it is another one.
    await add()
    await read()
  })

  it('come by a code that is used once, runs out and can be taken back', async () => {
    const noor = await signedInClient(node, { name: 'Noor' })
    const use = (code: string, by = noor) => by.request(observerRoutes.useCode, { code })
    const { code, secret } = await lena.request(observerRoutes.makeCode, {})
    assert.equal(
      (await sql(`select from observer_codes where code_hash::text like '%' || $1 || '%'`, [secret])).length,
      0,
    )
    await assert.rejects(use(secret, lena), { code: 'not-observable' })
    const { observed } = await use(` ${secret} `)
    assert.deepEqual([observed.name, observed.kind], ['Lena', 'observer'])
    await read(noor)
    await assert.rejects(use(secret), { code: 'link-unknown' })
    await assert.rejects(use('nonsense'), { code: 'link-unknown' })
    const made: { code: { id: typeof code.id }; secret: string }[] = []
    for (let n = 0; n < mostObserverCodes; n++) made.push(await lena.request(observerRoutes.makeCode, {}))
    await assert.rejects(lena.request(observerRoutes.makeCode, {}), { code: 'too-many' })
    const [first, second] = made
    assert.ok(first && second)
    await noor.request(observerRoutes.dropCode, { codeId: first.code.id })
    assert.equal((await lena.request(observerRoutes.mine, {})).codes.length, mostObserverCodes)
    await lena.request(observerRoutes.dropCode, { codeId: first.code.id })
    await assert.rejects(use(first.secret), { code: 'link-unknown' })
    await sql(`update observer_codes set expires_at = now() - interval '1 second' where id = $1`, [second.code.id])
    const other = await signedInClient(node)
    await assert.rejects(use(second.secret, other), { code: 'link-expired' })
  })

  it('stop with the end that was set, a suspension, another role, the end of the account', async () => {
    const person = async (name: string) => {
      const accountId = await makePerson(course.courseId, 'learner', name)
      await add({ accountId })
      await read(omar, accountId)
      return accountId
    }
    const over = (accountId: AccountId) => assert.rejects(read(omar, accountId), { code: 'observing-over' })
    const aged = await person('Aged')
    await sql(`update observations set until = now() - interval '1 second' where learner_id = $1`, [aged])
    await over(aged)
    await add({ accountId: aged })
    await read(omar, aged)
    const out = await person('Out')
    await ada.request(accountRoutes.suspend, { accountId: out })
    await over(out)
    const risen = await person('Risen')
    await ada.request(peopleRoutes.changeSiteRole, { accountId: risen, siteRole: 'administrator' })
    await over(risen)
    const gone = await person('Gone')
    assert.equal(((await exportAccount(testCtx(), gone)).observers as { observers: unknown[] }).observers.length, 1)
    await heard(() => ada.request(privacyRoutes.erase, { accountId: gone, name: 'Gone', reason: 'Test' }))
    // The job that erases may come after a word about somebody else.
    const lost = () =>
      read(omar, gone).then(
        () => '',
        (error: { code: string }) => error.code,
      )
    await waitFor(async () => (await lost()) === 'observing-over', 'the end of the account')
    const names = (await omar.request(observerRoutes.observed, {})).items.map(one => one.name)
    assert.deepEqual(names, ['Aged', 'Lena'])
    const page = await omar.request(observerRoutes.observed, { limit: 1 })
    assert.equal((await omar.request(observerRoutes.observed, { limit: 1, after: page.next })).items[0]?.name, 'Lena')
  })

  it('follow the account that stays when two become one', async () => {
    const [from, into] = [await makePerson(course.courseId, 'learner', 'From'), await makeAccount({ name: 'Into' })]
    await add({ accountId: from })
    await add({ accountId: into })
    await arrange(ctx => mergeAccounts(ctx, from, into))
    const { items } = await ada.request(observerRoutes.list, { accountId: into })
    assert.equal(items.length, 1)
    assert.deepEqual(
      (await read(omar, into)).courses.map(one => one.title),
      ['Cells'],
    )
  })
})
