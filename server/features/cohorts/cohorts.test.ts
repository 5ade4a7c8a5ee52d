// Cohorts in courses: whoever is in one is in its courses, whoever leaves it leaves them, and nobody else is touched.

import assert from 'node:assert/strict'
import { accessRoutes, type CustomRoleId, type RoleView } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type CohortId, type CohortRole, cohortRoutes } from '#protocol/cohorts.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { lookForDifferences } from './actions/sync.ts'
import { listOffered } from './queries.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('cohorts', () => {
  let node: TestNode
  let boss: TestClient
  let teacher: TestClient & { readonly accountId: AccountId }
  let made = 0

  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator' })
    teacher = await signedInClient(node, { name: 'Teacher' })
  })

  async function people(count: number): Promise<{ id: AccountId; email: string }[]> {
    const all = []
    for (let n = 0; n < count; n++) {
      const email = `c${made++}@cohort.example`
      all.push({ id: await makeAccount({ email, name: `Person ${made}` }), email })
    }
    return all
  }
  async function cohortOf(members: readonly { email: string }[], name = `Cohort ${made++}`): Promise<CohortId> {
    const { cohort } = await boss.request(cohortRoutes.create, { name })
    if (members.length > 0) await add(cohort.id, members)
    return cohort.id
  }
  const add = (cohortId: CohortId, members: readonly { email: string }[]) =>
    boss.request(cohortRoutes.addPeople, { cohortId, emails: members.map(one => one.email) })
  const takeOut = (cohortId: CohortId, members: readonly { id: AccountId }[]) =>
    boss.request(cohortRoutes.removePeople, { cohortId, accountIds: members.map(one => one.id) })
  const course = async () => (await teacher.request(courseRoutes.create, { title: `Course ${made++}` })).course.id
  const link = (courseId: CourseId, cohortId: CohortId, role: CohortRole | CustomRoleId = 'learner') =>
    teacher.request(cohortRoutes.link, { courseId, cohortId, role })

  /** Who is in a course and by which way, but the teacher. */
  const inside = async (courseId: CourseId) => {
    const { items } = await teacher.request(peopleRoutes.people, { courseId, limit: 200 })
    return new Map(
      items.filter(one => one.accountId !== teacher.accountId).map(one => [one.accountId, `${one.role} ${one.how}`]),
    )
  }
  const becomes = async (courseId: CourseId, expected: Record<string, string>) =>
    waitFor(
      async () => {
        const found = Object.fromEntries(await inside(courseId))
        return JSON.stringify(Object.entries(found).sort()) === JSON.stringify(Object.entries(expected).sort())
      },
      JSON.stringify(expected),
      10_000,
    )
  /** Every job that was asked for has run. */
  const settled = () =>
    waitFor(
      async () =>
        (await sql(`select from pgboss.job where name = 'cohorts.sync' and state in ('created', 'retry', 'active')`))
          .length === 0,
      'jobs to be done',
    )

  it('bring their people into a course, and those who come later, live', async () => {
    const [ada, ben, cleo] = (await people(3)) as [...Awaited<ReturnType<typeof people>>] & { length: 3 }
    assert.ok(ada && ben && cleo)
    const courseId = await course()
    const cohortId = await cohortOf([ada, ben])
    const watch = await teacher.subscribe(courseStaffScope, courseId)
    const before = watch.state().people
    await link(courseId, cohortId)
    await becomes(courseId, { [ada.id]: 'learner cohort', [ben.id]: 'learner cohort' })
    await waitFor(() => watch.state().people === before + 2, 'the staff to hear of it')
    await add(cohortId, [cleo, ada])
    await becomes(courseId, {
      [ada.id]: 'learner cohort',
      [ben.id]: 'learner cohort',
      [cleo.id]: 'learner cohort',
    })
  })

  it('come with a role made here, which stands as long as they do', async () => {
    const [ada, ben] = await people(2)
    assert.ok(ada && ben)
    const courseId = await course()
    const cohortId = await cohortOf([ada])
    const made = async (copyOf: RoleView['key']) =>
      (await boss.request(accessRoutes.createRole, { name: `Made of ${copyOf}`, copyOf })).role.key as CustomRoleId
    const tutor = await made('assistant')
    const found = async () => {
      const { items } = await teacher.request(peopleRoutes.people, { courseId, limit: 200 })
      return items.find(one => one.accountId === ada.id)
    }
    await link(courseId, cohortId, tutor)
    await becomes(courseId, { [ada.id]: 'assistant cohort' })
    assert.equal((await found())?.custom?.key, tutor)
    const seen = async () => (await teacher.request(cohortRoutes.offered, { courseId })).items[0]
    assert.deepEqual(
      [(await seen())?.role, (await seen())?.custom],
      ['assistant', { key: tutor, name: 'Made of assistant' }],
    )
    const [listed] = (await boss.request(cohortRoutes.courses, { cohortId })).items
    assert.equal(listed?.custom?.key, tutor)
    await assert.rejects(link(courseId, cohortId, await made('instructor')), { code: 'not-here' })
    await assert.rejects(link(courseId, cohortId, courseId as never), { code: 'not-found' })

    await teacher.request(cohortRoutes.unlink, { courseId, cohortId })
    await becomes(courseId, {})
    await link(courseId, cohortId, tutor)
    await becomes(courseId, { [ada.id]: 'assistant cohort' })
    await teacher.request(peopleRoutes.changeRole, { courseId, accountId: ada.id, role: 'learner' })
    const remove = () => boss.request(accessRoutes.removeRole, { roleId: tutor })
    await assert.rejects(remove(), { code: 'role-linked' })
    // What a node of the version before would give is never more, and a role that it removed brings nobody in.
    assert.deepEqual(await sql('select role from cohort_courses where course_id = $1', [courseId]), [
      { role: 'learner' },
    ])
    await sql('update custom_roles set removed_at = now() where id = $1', [tutor])
    await add(cohortId, [ben])
    await settled()
    await becomes(courseId, { [ada.id]: 'learner cohort' })
    await sql('update custom_roles set removed_at = null where id = $1', [tutor])
    await link(courseId, cohortId, tutor)
    assert.equal((await seen())?.custom?.key, tutor, 'the same once more changes nothing')
    // That node gives another role, which is what it gave all along.
    await sql("update cohort_courses set role = 'learner' where course_id = $1", [courseId])
    assert.deepEqual([(await seen())?.role, (await seen())?.custom], ['learner', null])
    await link(courseId, cohortId, tutor)
    await teacher.request(cohortRoutes.unlink, { courseId, cohortId })
    await becomes(courseId, {})
    await remove()
    await settled()
  })

  it('say who is unknown, who was in it, and who came', async () => {
    const [ada, ben] = await people(2)
    assert.ok(ada && ben)
    const cohortId = await cohortOf([ada])
    const emails = [ada.email.toUpperCase(), ben.email, ben.email, 'nobody@cohort.example']
    assert.deepEqual(await boss.request(cohortRoutes.addPeople, { cohortId, emails }), {
      came: [ben.id],
      wereIn: 1,
      unknown: ['nobody@cohort.example'],
    })
    const { cohort } = await boss.request(cohortRoutes.get, { cohortId })
    assert.equal(cohort.people, 2)
  })

  it('take out whom they brought, and nobody who came otherwise or is in another of them', async () => {
    const [byCohort, byHand, inTwo, promoted] = await people(4)
    assert.ok(byCohort && byHand && inTwo && promoted)
    const courseId = await course()
    await teacher.request(peopleRoutes.enrol, { courseId, email: byHand.email, role: 'assistant' })
    const first = await cohortOf([byCohort, byHand, inTwo, promoted])
    const second = await cohortOf([inTwo])
    await link(courseId, first)
    await link(courseId, second)
    const all = {
      [byCohort.id]: 'learner cohort',
      [byHand.id]: 'assistant by hand',
      [inTwo.id]: 'learner cohort',
    }
    await becomes(courseId, { ...all, [promoted.id]: 'learner cohort' })
    await teacher.request(peopleRoutes.changeRole, { courseId, accountId: promoted.id, role: 'instructor' })
    await takeOut(first, [byCohort, byHand, inTwo, promoted])
    const { [byCohort.id]: _, ...rest } = all
    await becomes(courseId, { ...rest, [promoted.id]: 'instructor cohort' })
    // And they come back with the cohort.
    await add(first, [byCohort])
    await becomes(courseId, { ...all, [promoted.id]: 'instructor cohort' })
    await teacher.request(cohortRoutes.unlink, { courseId, cohortId: first })
    await becomes(courseId, { ...rest, [promoted.id]: 'instructor cohort' })
  })

  it('leave out whom staff took out of the course, until they come into the cohort anew', async () => {
    const [ada] = await people(1)
    assert.ok(ada)
    const courseId = await course()
    const cohortId = await cohortOf([ada])
    await link(courseId, cohortId)
    await becomes(courseId, { [ada.id]: 'learner cohort' })
    await teacher.request(peopleRoutes.endEnrolment, { courseId, accountId: ada.id })
    await arrange(lookForDifferences)
    await settled()
    assert.equal((await inside(courseId)).size, 0)
    await takeOut(cohortId, [ada])
    await add(cohortId, [ada])
    await becomes(courseId, { [ada.id]: 'learner cohort' })
  })

  it('give the role that may more, and leave a course that has ended alone', async () => {
    const [ada, ben] = await people(2)
    assert.ok(ada && ben)
    const courseId = await course()
    const learners = await cohortOf([ada])
    await link(courseId, learners)
    await becomes(courseId, { [ada.id]: 'learner cohort' })
    await link(courseId, await cohortOf([ben]), 'assistant')
    const both = { [ada.id]: 'learner cohort', [ben.id]: 'assistant cohort' }
    await becomes(courseId, both)
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'published' })
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'concluded' })
    await takeOut(learners, [ada])
    await settled()
    assert.deepEqual(Object.fromEntries(await inside(courseId)), both)
    await assert.rejects(link(courseId, learners), refusedAs('concluded'))
    await assert.rejects(teacher.request(cohortRoutes.unlink, { courseId, cohortId: learners }), refusedAs('concluded'))
  })

  it('are found by whoever enrols where they are offered, and kept by administrators alone', async () => {
    const courseId = await course()
    const open = await cohortOf([], 'Intake of autumn')
    const { cohort: hidden } = await boss.request(cohortRoutes.create, { name: 'Intake in trouble', offered: false })
    const found = async () =>
      (await teacher.request(cohortRoutes.offered, { courseId, search: 'intake' })).items.map(one => one.id)
    assert.deepEqual(await found(), [open])
    await assert.rejects(link(courseId, hidden.id), refusedAs('not-found'))
    await boss.request(cohortRoutes.link, { courseId, cohortId: hidden.id, role: 'learner' })
    // What is in the course is seen there, and stands first.
    assert.deepEqual(await found(), [hidden.id, open])
    await assert.rejects(teacher.request(cohortRoutes.list, {}), refusedAs('not-allowed'))
    await assert.rejects(boss.request(cohortRoutes.remove, { cohortId: hidden.id }), refusedAs('cohort-in-use'))
    await teacher.request(cohortRoutes.unlink, { courseId, cohortId: hidden.id })
    await boss.request(cohortRoutes.remove, { cohortId: hidden.id })
    await assert.rejects(boss.request(cohortRoutes.get, { cohortId: hidden.id }), refusedAs('not-found'))
  })

  it('are changed by one at a time', async () => {
    const cohortId = await cohortOf([])
    await boss.request(cohortRoutes.change, { cohortId, version: 0, name: 'Renamed' })
    await assert.rejects(
      boss.request(cohortRoutes.change, { cohortId, version: 0, name: 'Again' }),
      refusedAs('conflict'),
    )
    assert.equal((await boss.request(cohortRoutes.get, { cohortId })).cohort.name, 'Renamed')
  })

  it('forget who is erased, and go along when two accounts become one', async () => {
    const [gone, from, into] = await people(3)
    assert.ok(gone && from && into)
    const cohortId = await cohortOf([gone, from])
    await arrange(ctx => eraseAccount(ctx, gone.id))
    await arrange(ctx => mergeAccounts(ctx, from.id, into.id))
    const { items } = await boss.request(cohortRoutes.people, { cohortId })
    assert.deepEqual(
      items.map(one => one.accountId),
      [into.id],
    )
  })

  it('bring in a thousand in a few statements each some hundred, and are listed by one', async () => {
    const courseId = await course()
    const cohortId = await cohortOf([])
    await sql(
      `with made as (insert into accounts (id, name, email, kind, site_role, created_at)
         select gen_random_uuid(), 'Many ' || n, 'many' || n || '@cohort.example', 'member', 'member', now()
           from generate_series(1, 1000) n returning id)
       insert into cohort_members (cohort_id, account_id, at) select $1, id, now() from made`,
      [cohortId],
    )
    await link(courseId, cohortId)
    await waitFor(
      async () =>
        (await sql("select from enrolments where course_id = $1 and how = 'cohort' and ended_at is null", [courseId]))
          .length === 1_000,
      'a thousand people',
      30_000,
    )
    let asked = 0
    const counting = testCtx({
      sql: (text, values) => {
        asked += 1
        return sql(text, values)
      },
    })
    await listOffered(counting, { courseId, limit: 50 }, true)
    assert.equal(asked, 1)
    const first = await boss.request(cohortRoutes.people, { cohortId, limit: 50 })
    assert.equal(first.items.length, 50)
    const second = await boss.request(cohortRoutes.people, { cohortId, limit: 50, after: first.next })
    assert.ok(second.items.every(one => !first.items.some(two => two.accountId === one.accountId)))
  })
})
