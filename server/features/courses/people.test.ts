// People of a course: enrolled by hand and by code, given other roles, and gone from open sockets at once.
import assert from 'node:assert/strict'
import { accessRoutes, type CustomRoleId } from '#protocol/access.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { address } from '#protocol/base/scope.ts'
import { importRoutes } from '#protocol/courses/import.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes, courseScope } from '#protocol/courses.ts'
import { groupRoutes } from '#protocol/groups.ts'
import { roleIn } from '#server/features/access/index.ts'
import { accounts, mergeAccounts } from '#server/features/accounts/index.ts'
import { addressesADay } from '#server/features/accounts/rules.ts'
import { courseContext, enrolments, listMemberIds } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makePerson } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { makeAccount, signedInClient, strangerClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { lookForEnds } from './actions/ends.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('the people of a course', () => {
  let node: TestNode
  let teacher: Person
  let courseId: string

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { role: 'administrator', name: 'Ines Ferreira' })
  })

  beforeEach(async () => {
    courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
  })

  const codeOf = async () => (await teacher.request(peopleRoutes.getJoinCode, { courseId })).joinCode ?? ''

  it('enrols by e-mail, counts, and tells the person', async () => {
    const email = 'mira.okafor@example.org'
    const learner = await signedInClient(node, { name: 'Mira Okafor', email })
    const own = await learner.subscribe(userScope, learner.accountId)
    const state = await assertConverges(teacher, courseStaffScope, courseId, () =>
      teacher.request(peopleRoutes.enrol, { courseId, email: 'MIRA.Okafor@example.org', role: 'learner' }),
    )
    assert.equal(state.people, 2)
    await own.until(one => one.changed.courses === 1)
    assert.equal((await learner.request(courseRoutes.get, { courseId })).role, 'learner')
    await assert.rejects(teacher.request(peopleRoutes.enrol, { courseId, email, role: 'assistant' }), {
      code: 'already-enrolled',
    })
    assert.equal((await learner.request(courseRoutes.get, { courseId })).role, 'learner')
  })

  it('are those of one section or group, a page at a time, for who manages groups', async () => {
    const ids = []
    for (const name of ['Ana', 'Ben', 'Cem', 'Dora']) ids.push(await makePerson(courseId as CourseId, 'learner', name))
    const lab = { courseId: courseId as CourseId, names: ['Monday lab', 'Thursday lab'] }
    const [monday, thursday] = (await teacher.request(groupRoutes.create, lab)).groups.map(one => one.id)
    assert.ok(monday && thursday)
    const place = (groupId: string, accountIds: AccountId[]) =>
      teacher.request(groupRoutes.place, { courseId, groupId, accountIds } as never)
    await place(monday, ids.slice(0, 3))
    await place(thursday, ids.slice(2))
    const names = async (asked: object, who = teacher) =>
      (await who.request(peopleRoutes.people, { courseId, ...asked } as never)).items.map(one => one.name)
    assert.deepEqual(await names({ groupId: monday }), ['Ana', 'Ben', 'Cem'])
    assert.deepEqual(await names({ groupId: thursday }), ['Cem', 'Dora'])
    assert.deepEqual(await names({ groupId: thursday, search: 'dor', role: 'learner' }), ['Dora'])
    assert.deepEqual(await names({ groupId: thursday, role: 'assistant' }), [])
    const first = await teacher.request(peopleRoutes.people, { courseId, groupId: monday, limit: 2 } as never)
    assert.deepEqual(await names({ groupId: monday, limit: 2, after: first.next }), ['Cem'])

    // A group of another course is none here, nor is one that was removed.
    const other = (await teacher.request(courseRoutes.create, { title: 'Chemistry' })).course.id
    assert.deepEqual(await names({ courseId: other, groupId: monday }), [])
    await teacher.request(groupRoutes.remove, { courseId, groupId: monday } as never)
    assert.deepEqual(await names({ groupId: monday }), [])

    // Who sees the people and does not manage groups does not learn who is in which.
    const assistant = await signedInClient(node, {
      accountId: await makePerson(courseId as CourseId, 'assistant', 'Adil'),
    })
    assert.deepEqual(await names({ groupId: thursday }, assistant), ['Cem', 'Dora'])
    const rule = { role: 'assistant' as const, capability: 'group.manage' as const, permission: 'prevent' as const }
    await teacher.request(accessRoutes.changeRule, { kind: 'course', id: courseId, ...rule })
    assert.equal((await names({}, assistant)).length, 6)
    await assert.rejects(names({ groupId: thursday }, assistant), { code: 'not-allowed' })
  })

  it('ends by itself on the day that was set, in the zone of the course, but for the last instructor', async () => {
    const learner = await signedInClient(node, { accountId: await makePerson(courseId as CourseId, 'learner', 'Lena') })
    await teacher.request(courseRoutes.change, { courseId, version: 0, timeZone: 'America/New_York' } as never)
    const own = await learner.subscribe(userScope, learner.accountId)
    const end = (accountId: AccountId, endsOn: string | null) =>
      teacher.request(peopleRoutes.changeEnd, { courseId, accountId, endsOn } as never)
    // The day is over at midnight there.
    assert.deepEqual(await end(learner.accountId, '2031-07-04'), { endsAt: '2031-07-05T04:00:00.000Z' })
    const listed = async () => (await teacher.request(peopleRoutes.people, { courseId })).items
    assert.equal((await listed()).find(one => one.name === 'Lena')?.endsAt, '2031-07-05T04:00:00.000Z')
    await assert.rejects(end(learner.accountId, '2031-02-30'), { code: 'malformed' })
    await assert.rejects(end(await makeAccount(), '2031-07-04'), { code: 'not-found' })
    await assert.rejects(
      learner.request(peopleRoutes.changeEnd, { courseId, accountId: learner.accountId, endsOn: null } as never),
      {
        code: 'not-allowed',
      },
    )
    const told = own.state().changed.courses
    await end(learner.accountId, '2020-01-01')
    await end(teacher.accountId, '2020-01-01')
    await node.as({ kind: 'nobody' }).act(lookForEnds)
    await own.until(one => one.changed.courses > told)
    await assert.rejects(learner.request(courseRoutes.get, { courseId }), { code: 'not-found' })
    assert.deepEqual(
      (await listed()).map(one => [one.name, one.endsAt]),
      [['Ines Ferreira', null]],
    )
  })

  it('counts once who was in it by two accounts that are merged', async () => {
    const person = (name: string) => makePerson(courseId as CourseId, 'learner', name)
    const [from, into, alone] = [await person('First'), await person('Second'), await makeAccount()]
    const merge = (one: AccountId, other: AccountId) =>
      node.as({ kind: 'nobody' }).act(ctx => mergeAccounts(ctx, one, other))
    const open = (accountId: AccountId) => enrolments.count({ where: { courseId, accountId, endedAt: null } })
    const state = await assertConverges(teacher, courseStaffScope, courseId, async () => {
      await merge(from, into)
      await waitFor(async () => (await open(from)) === 0, 'the second enrolment ends')
    })
    assert.deepEqual(
      [state.people, await open(into), await enrolments.count({ where: { accountId: from } })],
      [2, 1, 0],
    )
    // That staff took somebody out goes along too.
    const takenOut = await person('Third')
    await teacher.request(peopleRoutes.endEnrolment, { courseId: courseId as CourseId, accountId: takenOut })
    await merge(takenOut, into)
    assert.deepEqual([await open(into), await enrolments.count({ where: { courseId, accountId: into } })], [1, 3])
    // A list of people that somebody looks at is read again.
    const listening = await teacher.subscribe(courseStaffScope, courseId)
    const before = listening.head()
    await merge(into, alone)
    await waitFor(() => listening.head() > before, 'the course is told')
    assert.deepEqual([listening.state().people, await open(alone)], [2, 1])
    const gone = { courseId: courseId as CourseId, accountId: into, role: 'learner' as const }
    await assert.rejects(teacher.request(peopleRoutes.enrol, gone), { code: 'no-account' })
  })

  it('says clearly that nobody has an e-mail', async () => {
    await assert.rejects(teacher.request(peopleRoutes.enrol, { courseId, email: 'no@example.org', role: 'learner' }), {
      code: 'no-account',
    })
    await assert.rejects(teacher.request(peopleRoutes.enrol, { courseId, role: 'learner' }), { code: 'malformed' })
  })

  it('lets people in by code, however it is typed, once', async () => {
    const code = await codeOf()
    const learner = await signedInClient(node)
    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
    const state = await assertConverges(teacher, courseStaffScope, courseId, () =>
      learner.request(peopleRoutes.join, { code: typed }),
    )
    assert.equal(state.people, 2)
    assert.equal((await learner.request(peopleRoutes.join, { code })).courseId, courseId)
    assert.equal(await enrolments.count({ where: { courseId, accountId: learner.accountId } }), 1)
    assert.deepEqual(await listMemberIds(testCtx(), courseId, ['learner']), [learner.accountId])
    // Coming by code never demotes.
    await teacher.request(peopleRoutes.join, { code })
    assert.equal((await teacher.request(courseRoutes.get, { courseId })).role, 'instructor')
  })

  it('lets many in at once and counts each', async () => {
    const code = await codeOf()
    const crowd = await Promise.all(Array.from({ length: 12 }, () => signedInClient(node)))
    const state = await assertConverges(teacher, courseStaffScope, courseId, () =>
      Promise.all(crowd.map(one => one.request(peopleRoutes.join, { code }))),
    )
    assert.equal(state.people, 13)
  })

  it('are given and taken by nobody who has less than the role comes to there', async () => {
    const { role: clerk } = await teacher.request(accessRoutes.createRole, { name: 'Clerk', copyOf: 'learner' })
    const capabilities = [...clerk.capabilities, 'course.enrol' as const]
    await teacher.request(accessRoutes.changeRole, { roleId: clerk.key as CustomRoleId, version: 0, capabilities })
    const [head, carl] = [await signedInClient(node), await signedInClient(node, { email: 'carl@clerk.example' })]
    const enrol = (who: Person, accountId: Person['accountId'], role: 'instructor' | 'learner' | 'assistant') =>
      who.request(peopleRoutes.enrol, { courseId, accountId, role })
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'published' })
    await enrol(teacher, head.accountId, 'instructor')
    await enrol(teacher, carl.accountId, 'learner')
    await teacher.request(accessRoutes.grantRole, {
      ...courseContext(courseId),
      role: clerk.key,
      accountId: carl.accountId,
    })
    const seen = async (who: Person) => {
      const { items } = await who.request(peopleRoutes.people, { courseId })
      return items.flatMap(one => one.given.map(({ key, name }) => [one.accountId, key, name]))
    }
    for (const who of [teacher, head]) assert.deepEqual(await seen(who), [[carl.accountId, clerk.key, 'Clerk']])
    // Who may look at people alone sees who is in it, and no more.
    const looks = { ...courseContext(courseId), role: 'learner', capability: 'course.view-people' } as const
    const lena = await signedInClient(node)
    await enrol(teacher, lena.accountId, 'learner')
    await teacher.request(accessRoutes.changeRule, { ...looks, permission: 'allow' })
    assert.deepEqual(await seen(lena), [])
    await teacher.request(accessRoutes.changeRule, { ...looks, permission: 'inherit' })
    const beyond = { code: 'beyond-own' }
    const change = (who: Person, accountId: Person['accountId'], role: 'instructor' | 'learner') =>
      who.request(peopleRoutes.changeRole, { courseId, accountId, role })
    const end = (who: Person, { accountId }: Person) => who.request(peopleRoutes.endEnrolment, { courseId, accountId })
    await assert.rejects(change(carl, carl.accountId, 'instructor'), beyond)
    await assert.rejects(change(carl, head.accountId, 'learner'), beyond)
    await assert.rejects(end(carl, head), beyond)
    await enrol(teacher, (await signedInClient(node, { email: 'fred@clerk.example' })).accountId, 'learner')
    const list = (text: string) =>
      carl.request(importRoutes.importPeople, { courseId: courseId as never, list: text, how: 'all' })
    await assert.rejects(list('email,role\ncarl@clerk.example,assistant'), beyond)
    assert.equal((await list('carl@clerk.example')).counts.wasIn, 1)
    await assert.rejects(
      carl.request(peopleRoutes.enrol, { courseId, email: 'new@clerk.example', role: 'assistant' }),
      beyond,
    )
    await assert.rejects(carl.request(accountRoutes.invite, { courseId, role: 'instructor' }), beyond)
    const newcomer = await signedInClient(node, { email: 'new@clerk.example' })
    await carl.request(peopleRoutes.enrol, { courseId, email: 'new@clerk.example', role: 'learner' })
    await carl.request(accountRoutes.invite, { courseId, role: 'learner' })
    await end(carl, newcomer)
    // Who teaches gives each role of the course, what learners do for themselves included.
    await change(head, carl.accountId, 'instructor')
    // What a place says about a role counts: who lost a right there hands it to nobody.
    const rule = { ...courseContext(courseId), role: 'instructor' as const, capability: 'grade.change' as const }
    await teacher.request(accessRoutes.changeRule, { ...rule, permission: 'prohibit' })
    await assert.rejects(enrol(head, newcomer.accountId, 'assistant'), beyond)
    await enrol(head, newcomer.accountId, 'learner')
  })

  it('renews the code and switches it off', async () => {
    const code = await codeOf()
    const assistant = await signedInClient(node)
    await teacher.request(peopleRoutes.enrol, { courseId, accountId: assistant.accountId, role: 'assistant' })
    await assertConverges(assistant, courseStaffScope, courseId, () =>
      teacher.request(peopleRoutes.renewJoinCode, { courseId }),
    )
    const renewed = await codeOf()
    assert.notEqual(renewed, code)
    const learner = await signedInClient(node)
    await assert.rejects(learner.request(peopleRoutes.join, { code }), { code: 'code-unknown' })
    await assertConverges(assistant, courseStaffScope, courseId, () =>
      teacher.request(peopleRoutes.switchOffJoinCode, { courseId }),
    )
    assert.equal(await codeOf(), '')
    await assert.rejects(learner.request(peopleRoutes.join, { code: renewed }), { code: 'code-unknown' })
    // Assistants hear that it changed; only who may enrol learns what it is.
    await assert.rejects(assistant.request(peopleRoutes.getJoinCode, { courseId }), { code: 'not-allowed' })
    const backstage =
      JSON.stringify(assistant.frames) + JSON.stringify((await assistant.subscribe(courseStaffScope, courseId)).state())
    assert.ok(backstage.includes('joinCodeChanged'))
    for (const one of [code, renewed]) assert.ok(!backstage.includes(one))
  })

  it('says to anybody what a code leads to, and only by the right one', async () => {
    const stranger = await strangerClient(node)
    const look = (code: string) => stranger.request(peopleRoutes.lookCode, { code })
    const { course } = await teacher.request(courseRoutes.get, { courseId })
    const code = await codeOf()
    assert.deepEqual(await look(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`), { title: course.title })
    await assert.rejects(look('ZZZZZZZZ'), { code: 'code-unknown' })
    await assert.rejects(look('-'), { code: 'code-unknown' })
  })

  it('slows down who guesses, not who is right', async () => {
    const guesser = await signedInClient(node)
    const wrong = () =>
      guesser.request(peopleRoutes.join, { code: 'ZZZZZZZZ' }).catch((error: { code: string }) => error)
    const codes: unknown[] = []
    for (let tries = 0; tries < 12; tries++) codes.push(((await wrong()) as { code: string }).code)
    assert.equal(codes[0], 'code-unknown')
    assert.equal(codes.at(-1), 'slow-down')
    const refused = (await wrong()) as unknown as { params: { retryAfter: number } }
    assert.ok(refused.params.retryAfter > 0)
    const other = await signedInClient(node)
    assert.equal((await other.request(peopleRoutes.join, { code: await codeOf() })).courseId, courseId)
  })

  it('changes a role at once, in what may be heard and done', async () => {
    const learner = await signedInClient(node, { name: 'Aiko Tan' })
    await learner.request(peopleRoutes.join, { code: await codeOf() })
    await assert.rejects(learner.subscribe(courseStaffScope, courseId), { code: 'not-allowed' })
    const { accountId } = learner
    await assertConverges(teacher, courseStaffScope, courseId, () =>
      teacher.request(peopleRoutes.changeRole, { courseId, accountId, role: 'assistant' }),
    )
    await learner.subscribe(courseStaffScope, courseId)
    await teacher.request(peopleRoutes.changeRole, { courseId, accountId, role: 'learner' })
    await waitFor(
      () => learner.frames.some(frame => frame.s === `course-staff:${courseId}` && frame.k === 'closed'),
      'the staff scope to close for who is no longer staff',
    )
  })

  it('ends an enrolment at once, on open sockets too, and takes the person back in their place', async () => {
    const learner = await signedInClient(node)
    await learner.request(peopleRoutes.join, { code: await codeOf() })
    await learner.subscribe(courseScope, courseId)
    const { accountId } = learner
    const state = await assertConverges(teacher, courseStaffScope, courseId, () =>
      teacher.request(peopleRoutes.endEnrolment, { courseId, accountId }),
    )
    assert.equal(state.people, 1)
    await waitFor(
      () => learner.frames.some(frame => frame.s === `course:${courseId}` && frame.k === 'closed'),
      'the course to close for who is gone',
    )
    await assert.rejects(learner.request(courseRoutes.get, { courseId }), { code: 'not-found' })
    assert.deepEqual((await learner.request(courseRoutes.list, {})).items, [])
    await assert.rejects(teacher.request(peopleRoutes.endEnrolment, { courseId, accountId }), { code: 'not-found' })
    // The code does not undo what staff did; only staff do.
    const code = await codeOf()
    await assert.rejects(learner.request(peopleRoutes.join, { code }), { code: 'taken-out' })
    assert.deepEqual((await learner.request(courseRoutes.list, {})).items, [])
    await teacher.request(peopleRoutes.enrol, { courseId, accountId, role: 'learner' })
    await learner.request(peopleRoutes.join, { code })
    assert.equal((await learner.request(courseRoutes.get, { courseId })).role, 'learner')
    assert.equal(await enrolments.count({ where: { courseId, accountId } }), 2)
  })

  it('makes nobody staff who is a guest or suspended', async () => {
    const guest = await makeAccount({ role: 'guest', name: 'Gus' })
    const gone = await makeAccount({ name: 'Gone' })
    await accounts.update({ suspendedAt: new Date() }, { where: { id: gone } })
    for (const accountId of [guest, gone])
      for (const role of ['assistant', 'instructor'] as const)
        await assert.rejects(teacher.request(peopleRoutes.enrol, { courseId, accountId, role }), {
          code: 'not-for-staff',
        })
    assert.equal(await enrolments.count({ where: { courseId, accountId: [guest, gone] } }), 0)
    await teacher.request(peopleRoutes.enrol, { courseId, accountId: guest, role: 'guest' })
    await assert.rejects(teacher.request(peopleRoutes.changeRole, { courseId, accountId: guest, role: 'instructor' }), {
      code: 'not-for-staff',
    })
    assert.equal(await roleIn(testCtx(), guest, courseContext(courseId)), 'guest')
  })

  it('never leaves a course without an instructor, even when two step down at once', async () => {
    const second = await signedInClient(node)
    const { accountId } = teacher
    await assert.rejects(teacher.request(peopleRoutes.endEnrolment, { courseId, accountId }), {
      code: 'last-instructor',
    })
    await assert.rejects(teacher.request(peopleRoutes.changeRole, { courseId, accountId, role: 'learner' }), {
      code: 'last-instructor',
    })
    await teacher.request(peopleRoutes.enrol, { courseId, accountId: second.accountId, role: 'instructor' })
    const ends = await Promise.allSettled([
      teacher.request(peopleRoutes.changeRole, { courseId, accountId, role: 'learner' }),
      second.request(peopleRoutes.changeRole, { courseId, accountId: second.accountId, role: 'learner' }),
    ])
    assert.deepEqual(ends.map(end => end.status).sort(), ['fulfilled', 'rejected'])
    assert.equal((await listMemberIds(testCtx(), courseId, ['instructor'])).length, 1)
  })

  it('says nothing to those who change content of who came, became what or went', async () => {
    const { course } = await teacher.request(courseRoutes.create, { title: 'Unnamed' })
    const of = { courseId: course.id }
    const { joinCode } = await teacher.request(peopleRoutes.getJoinCode, of)
    const [by, hand] = [await signedInClient(node), await signedInClient(node, { email: 'hand@unnamed.example' })]
    await by.request(peopleRoutes.join, { code: joinCode ?? '' })
    await teacher.request(peopleRoutes.enrol, { ...of, email: 'hand@unnamed.example', role: 'learner' })
    await teacher.request(peopleRoutes.changeRole, { ...of, accountId: hand.accountId, role: 'assistant' })
    await teacher.request(peopleRoutes.endEnrolment, { ...of, accountId: hand.accountId })
    const told = await sql<{ kind: string; actor: string | null; body: object }>(
      'select kind, actor, body from events where scope = $1 order by seq',
      [address(courseStaffScope, course.id)],
    )
    const kinds = told.map(one => one.kind).filter(one => /^(people|role)Changed$/.test(one))
    assert.deepEqual(kinds.slice(-4), ['peopleChanged', 'peopleChanged', 'roleChanged', 'peopleChanged'])
    for (const { accountId } of [by, hand]) assert.ok(!JSON.stringify(told).includes(accountId))
  })

  it('enrols nobody by a bare id whom the caller does not know, so that ids open no addresses', async () => {
    const curious = await signedInClient(node, { name: 'Curious' })
    const { course } = await curious.request(courseRoutes.create, { title: 'A trap' })
    const stranger = await makeAccount({ name: 'Somebody' })
    const ask = { courseId: course.id, accountId: stranger, role: 'learner' as const }
    await assert.rejects(curious.request(peopleRoutes.enrol, ask), { code: 'no-account' })
    const { joinCode } = await curious.request(peopleRoutes.getJoinCode, { courseId: course.id })
    const came = await signedInClient(node, { accountId: stranger })
    await came.request(peopleRoutes.join, { code: joinCode ?? '' })
    await curious.request(peopleRoutes.endEnrolment, { courseId: course.id, accountId: stranger })
    assert.equal((await curious.request(peopleRoutes.enrol, ask)).name, 'Somebody')

    // Whom somebody may not enrol any more where they met, they do not bring along from there.
    const { course: first } = await curious.request(courseRoutes.create, { title: 'Where they met' })
    const { joinCode: there } = await curious.request(peopleRoutes.getJoinCode, { courseId: first.id })
    const other = await signedInClient(node, { name: 'Another' })
    await other.request(peopleRoutes.join, { code: there ?? '' })
    const administrator = await signedInClient(node, { role: 'administrator' })
    const rule = { ...courseContext(first.id), role: 'instructor' as const, capability: 'course.enrol' as const }
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'prohibit' })
    const bring = { ...ask, accountId: other.accountId }
    await assert.rejects(curious.request(peopleRoutes.enrol, bring), { code: 'no-account' })
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'inherit' })
    assert.equal((await curious.request(peopleRoutes.enrol, bring)).name, 'Another')
  })

  it('tells nobody by guessed addresses who has an account: each counts in the budget of lists, found or not', async () => {
    const curious = await signedInClient(node, { name: 'Guessing' })
    const { course } = await curious.request(courseRoutes.create, { title: 'Another trap' })
    const guess = (n: number) =>
      curious.request(peopleRoutes.enrol, { courseId: course.id, email: `${n}@guess.example`, role: 'learner' })
    await assert.rejects(guess(1), { code: 'no-account' })
    await sql('update people_lookups set addresses = $2 where account_id = $1', [curious.accountId, addressesADay - 1])
    await assert.rejects(guess(2), { code: 'no-account' })
    await assert.rejects(guess(3), { code: 'slow-down' })
    // A list of which nothing is done tells as much as one that is.
    const list = { courseId: course.id, list: '4@guess.example', how: 'all' as const }
    await assert.rejects(curious.request(importRoutes.importPeople, list), { code: 'slow-down' })
    await sql('delete from people_lookups where account_id = $1', [curious.accountId])
    await assert.rejects(curious.request(importRoutes.importPeople, list), { code: 'list-refused' })
    const [spent] = await sql('select addresses from people_lookups where account_id = $1', [curious.accountId])
    assert.deepEqual(spent, { addresses: 1 })
    const administrator = await signedInClient(node, { role: 'administrator' })
    await assert.rejects(
      administrator.request(peopleRoutes.enrol, { courseId: course.id, email: '5@guess.example', role: 'learner' }),
      { code: 'no-account' },
    )
  })

  it('lists people by name, searched, by role, a page at a time; e-mails for staff alone', async () => {
    for (const name of ['Zoë Ångström', 'anna meier', 'Bo_b Under', 'Bart Simple']) {
      const accountId = await makeAccount({ name })
      await teacher.request(peopleRoutes.enrol, { courseId, accountId, role: 'learner' })
    }
    const learner = await signedInClient(node, { name: 'Quiet Learner' })
    await learner.request(peopleRoutes.join, { code: await codeOf() })
    const first = await teacher.request(peopleRoutes.people, { courseId, limit: 4 })
    const second = await teacher.request(peopleRoutes.people, { courseId, limit: 4, after: first.next })
    assert.equal(first.items.length + second.items.length, 6)
    assert.equal(second.next, undefined)
    assert.equal(first.items[0]?.name, 'anna meier')
    assert.ok(first.items.every(one => one.email?.includes('@')))
    const found = await teacher.request(peopleRoutes.people, { courseId, search: 'ÅNG' })
    assert.deepEqual(
      found.items.map(one => one.name),
      ['Zoë Ångström'],
    )
    const exact = await teacher.request(peopleRoutes.people, { courseId, search: '_' })
    assert.deepEqual(
      exact.items.map(one => one.name),
      ['Bo_b Under'],
    )
    const staff = await teacher.request(peopleRoutes.people, { courseId, role: 'instructor' })
    assert.deepEqual(
      staff.items.map(one => one.name),
      ['Ines Ferreira'],
    )
    const seen = await learner.request(peopleRoutes.people, { courseId }).catch((error: { code: string }) => error.code)
    if (typeof seen !== 'string') assert.ok(seen.items.every(one => one.email === null))
    else assert.equal(seen, 'not-allowed')
  })
})
