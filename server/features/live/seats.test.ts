// Who may sit in a class, how long a seat is worth something, and how little its members are told of each other.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { activityCalls } from '#protocol/activities.ts'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address } from '#protocol/base/scope.ts'
import { channelCalls } from '#protocol/channels.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { gradebookScope } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, type RosterFilter, type RunId, runHostsScope, runScope } from '#protocol/live.ts'
import { endEnrolment, enrol } from '#server/features/courses/index.ts'
import { joinAll } from '#server/features/live/actions/join.ts'
import { standings } from '#server/features/live/queries/standing.ts'
import { writeIntervals } from '#server/features/presence/socket/track.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, question, startClass, whoIs } from '#server/test/classes.ts'
import { arrange, makeAccount, signedInClient, strangerClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('seats of a live class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode({ redis: true })
  })

  async function learnerIn(courseId: Parameters<typeof makePerson>[0], runId: RunId, name: string) {
    const client = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', name) })
    await client.request(liveRoutes.join, { runId })
    return client
  }

  it('ends the rights of a seat at once when its learner leaves the course, and no code brings them back', async () => {
    const { run, code, course } = await startClass(node)
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    await learner.subscribe(runScope, run.id)
    await arrange(ctx => endEnrolment(ctx, { courseId: course.courseId, accountId: learner.accountId }))
    await waitFor(
      () => learner.frames.some(frame => frame.s === `run:${run.id}` && frame.k === 'closed'),
      'the scope to close',
    )
    await assert.rejects(
      learner.call(channelCalls.send, { channelId: run.channelId, text: 'Still here' }),
      refusedAs('not-found'),
    )
    await assert.rejects(learner.request(liveRoutes.join, { code }), refusedAs('taken-out'))
  })

  it('puts out whom a host puts out, on every screen at once, and lets them back', async () => {
    const { run, code, course, host } = await startClass(node)
    const { courseId } = course
    const learner = await learnerIn(courseId, run.id, 'Lena')
    const guest = await guestClient(node, code, 'Rude')
    await learner.subscribe(runScope, run.id)
    await guest.subscribe(runScope, run.id)
    const roster = async () =>
      (await host.request(liveRoutes.roster, { runId: run.id })).items.flatMap(one => (one.out ? [one.name] : []))
    const guestId = (await host.request(liveRoutes.roster, { runId: run.id })).items.find(
      one => one.name === 'Rude',
    )?.accountId
    assert.ok(guestId)
    for (const client of [learner, guest])
      await assert.rejects(
        client.call(liveCalls.putOut, { runId: run.id, accountId: learner.accountId }),
        refusedAs('not-allowed'),
      )
    for (const accountId of [learner.accountId, guestId])
      await host.call(liveCalls.putOut, { runId: run.id, accountId })
    for (const client of [learner, guest])
      await waitFor(
        () => client.frames.some(frame => frame.s === `run:${run.id}` && frame.k === 'closed'),
        'the class to close',
      )
    assert.deepEqual((await roster()).sort(), ['Lena', 'Rude'])
    for (const client of [learner, guest]) {
      await assert.rejects(
        client.call(channelCalls.send, { channelId: run.channelId, text: 'Still here' }),
        refusedAs('not-found'),
      )
      await assert.rejects(client.request(liveRoutes.join, { code }), refusedAs('put-out'))
    }
    await host.call(liveCalls.letBack, { runId: run.id, accountId: learner.accountId })
    assert.deepEqual(await roster(), ['Rude'])
    assert.equal((await learner.request(liveRoutes.join, { runId: run.id })).role, 'learner')
    await learner.call(channelCalls.send, { channelId: run.channelId, text: 'Sorry' })
    // Hosts stay, and what is done twice is done once.
    await host.call(liveCalls.putOut, { runId: run.id, accountId: host.accountId })
    await host.call(liveCalls.putOut, { runId: run.id, accountId: guestId })
    assert.deepEqual(await roster(), ['Rude'])
  })

  it('lets a class in together at the price of a few, each refused alone and a repeated request once', async () => {
    const { run, course } = await startClass(node)
    const { courseId } = course
    const [over, learner, taken] = [
      await startClass(node),
      await makePerson(courseId, 'learner', 'Lea'),
      await makeAccount(),
    ]
    await over.host.call(liveCalls.end, { runId: over.run.id })
    await arrange(ctx => enrol(ctx, { courseId, accountId: taken, role: 'learner', how: 'by hand' }))
    await arrange(ctx => endEnrolment(ctx, { courseId, accountId: taken }))
    const cookies: string[] = []
    const door = {
      ...{ origin: '', asked: '', content: null, agent: '', bytes: null, errand: undefined, token: undefined },
      start: (token: string) => cookies.push(token),
      end: () => undefined,
      carry: () => undefined,
    }
    const asking = (runId: RunId, who?: AccountId, operationId = randomUUID()) => ({
      ctx: testCtx(who ? { who: whoIs(who) } : { session: door }),
      operationId: operationId as OperationId,
      input: { runId, by: 'code' as const, name: 'A guest' },
    })
    const guests = (count: number) => Array.from({ length: count }, () => asking(run.id))
    const together = (items: Parameters<typeof joinAll>[1]) =>
      arrange(async ctx => {
        let statements = 0
        const client = {
          query: (...given: unknown[]) => [statements++, Reflect.apply(ctx.client.query, ctx.client, given)][1],
        }
        const counting: WriteCtx['sql'] = (...given) => [statements++, ctx.sql(...given)][1] as never
        const told = await joinAll({ ...ctx, sql: counting, client: client as never }, items)
        return { statements, told: told.map(one => (one instanceof Problem ? one.code : one.role)) }
      })
    const few = await together([...guests(2), asking(run.id, learner), asking(run.id, taken), asking(over.run.id)])
    assert.deepEqual(few.told, ['guest', 'guest', 'learner', 'taken-out', 'class-over'])
    const many = await together([...guests(60), asking(run.id, learner), asking(run.id, taken), asking(over.run.id)])
    assert.equal(many.statements, few.statements)
    assert.ok(few.statements <= 9, `${few.statements}`)
    assert.equal(new Set(cookies).size, 62)
    const twice = await together([asking(run.id, learner), asking(run.id, learner)])
    assert.deepEqual(twice, { ...twice, told: ['learner', 'learner'] })
    const again = asking(run.id)
    const seats = () => sql<{ many: number }>('select count(*)::int as many from seats where run_id = $1', [run.id])
    assert.deepEqual((await together([again])).told, ['guest'])
    const [before] = await seats()
    assert.deepEqual((await together([again, asking(run.id)])).told, ['guest', 'guest'])
    assert.equal((await seats())[0]?.many, (before?.many ?? 0) + 1)
  })

  it('gives nobody back as a guest whom staff took out, with the code or with a seat from before', async () => {
    const { run, code, course } = await startClass(node)
    const { courseId } = course
    const [early, late] = [await signedInClient(node), await signedInClient(node)]
    assert.equal((await early.request(liveRoutes.join, { code })).role, 'guest')
    for (const one of [early, late]) {
      const { accountId } = one
      await arrange(ctx => enrol(ctx, { courseId, accountId, role: 'learner', how: 'by hand' }))
      await arrange(ctx => endEnrolment(ctx, { courseId, accountId }))
      await assert.rejects(one.request(liveRoutes.join, { code }), refusedAs('taken-out'))
      await assert.rejects(one.subscribe(runScope, run.id), refusedAs('not-found'))
      await assert.rejects(
        one.call(channelCalls.send, { channelId: run.channelId, text: 'Still here' }),
        refusedAs('not-found'),
      )
    }
    // Staff can bring them back.
    await arrange(ctx => enrol(ctx, { courseId, accountId: early.accountId, role: 'learner', how: 'by hand' }))
    assert.equal((await early.request(liveRoutes.join, { code })).role, 'learner')
  })

  it('tells nobody one by one what was told before they were let in: they get the state (R11)', async () => {
    const { run, host, course } = await startClass(node)
    const { courseId } = course
    const places = [
      [courseScope, courseId],
      [courseStaffScope, courseId],
      [gradebookScope, courseId],
      [runHostsScope, run.id],
    ] as const
    const email = 'late@enrolled.example'
    const late = await signedInClient(node, { email })
    const since = async (spec: { readonly name: string }, id: string, number: number) =>
      late.call(realtimeCalls.subscribe, { scope: address(spec, id), since: number })
    const { version } = (await host.request(courseRoutes.get, { courseId })).course
    await host.request(courseRoutes.change, { courseId, version, summary: 'Before anybody late came' })
    await host.call(liveCalls.ask, {
      runId: run.id,
      kind: 'poll',
      question: question('Asked before'),
      limitSeconds: null,
    })
    const told = Date.now()
    await waitFor(() => Date.now() > told + 1, 'the next moment: times are compared to the millisecond')
    await host.request(peopleRoutes.enrol, { courseId, email, role: 'instructor' })
    await host.call(liveCalls.ask, {
      runId: run.id,
      kind: 'poll',
      question: question('Asked since'),
      limitSeconds: null,
    })
    for (const [spec, id] of places) {
      const { head } = await since(spec, id, 1_000_000)
      assert.ok(head > 0, spec.name)
      assert.equal((await since(spec, id, 0)).mode, 'snapshot', spec.name)
      assert.equal((await since(spec, id, head)).mode, 'events', spec.name)
    }
    // What came since is told: somebody was enrolled, and something was asked.
    for (const [spec, id] of places.filter(([{ name }]) => name !== 'course' && name !== 'gradebook')) {
      const { head } = await since(spec, id, 1_000_000)
      assert.equal((await since(spec, id, head - 1)).mode, 'events', spec.name)
    }
  })

  it('shows the roster in windows: here, silent, absent, by name', async () => {
    const { run, host, code, course, quiz } = await startClass(node)
    await makePerson(course.courseId, 'learner', 'Abel Absent')
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const guest = await guestClient(node, code, 'Gus')
    await learner.subscribe(runScope, run.id)
    await guest.subscribe(runScope, run.id)
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, step } = hosts.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    await guest.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    const names = async (filter: RosterFilter) =>
      (await host.request(liveRoutes.roster, { runId: run.id, filter })).items.map(one => `${one.name}/${one.presence}`)
    assert.deepEqual(await names('silent'), ['Lena/here'])
    assert.deepEqual(await names('answered'), ['Gus/here'])
    assert.deepEqual(await names('joined'), ['Gus/here', 'Lena/here'])
    assert.deepEqual(await names('absent'), ['Abel Absent/absent'])
    // Whoever came and went without an answer is silent too: those and the others are all who came.
    await learner.close()
    await waitFor(async () => (await names('here')).length === 1, 'Lena to be gone')
    assert.deepEqual(
      (await names('silent')).map(one => one.split('/')[0]),
      ['Lena'],
    )
    const first = await host.request(liveRoutes.roster, { runId: run.id, limit: 2 })
    assert.equal(first.count, 4)
    assert.deepEqual(
      first.items.map(one => [one.name, one.answered]),
      [
        ['Abel Absent', false],
        ['Gus', true],
      ],
    )
    const rest = await host.request(liveRoutes.roster, { runId: run.id, limit: 2, after: first.next })
    assert.deepEqual(
      rest.items.map(one => one.name),
      ['Ines Instructor', 'Lena'],
    )
    learner.close()
    await waitFor(async () => (await names('reconnecting')).includes('Lena/reconnecting'), 'Lena to be reconnecting')
    await arrange(writeIntervals)
    const gone = await host.request(liveRoutes.roster, { runId: run.id, filter: 'reconnecting' })
    const since = Date.now() - Date.parse(gone.items[0]?.lastHereAt ?? '')
    assert.ok(since >= 0 && since < 10_000, `last here ${since} ms ago`)
    assert.equal(first.items[0]?.lastHereAt, null)
    await waitFor(() => hosts.fleeting.some(one => one.kind === 'presence' && one.body.reconnecting === 1), 'the count')
    await assert.rejects(guest.request(liveRoutes.roster, { runId: run.id }), refusedAs('not-allowed'))
  })

  it('plans once a connection how people stand to a class, in a transaction and outside, however many come', async () => {
    const { run, course } = await startClass(node)
    const pairs = [{ runId: run.id, accountId: course.instructorId }]
    const planned = await arrange(async ctx => {
      for (let n = 0; n < 3; n++) assert.equal((await standings(ctx, pairs))[0]?.hosts, true)
      return ctx.sql<{ count: number }>(
        `select (generic_plans + custom_plans)::int as count from pg_prepared_statements where name = 'live-standings'`,
      )
    })
    assert.ok((planned[0]?.count ?? 0) >= 3)
    assert.equal((await standings(testCtx(), pairs))[0]?.hosts, true)
    // It sees what its own transaction has done.
    await arrange(async ctx => {
      await ctx.sql("update runs set phase = 'ended', ended_at = now() where id = $1", [run.id])
      assert.equal((await standings(ctx, pairs))[0]?.phase, 'ended')
    })
  })

  it('slows wrong codes down and never right ones', async () => {
    const { code, course, run } = await startClass(node)
    const person = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Typo') })
    for (let tries = 0; tries < 10; tries++)
      await assert.rejects(person.request(liveRoutes.look, { code: 'ZZZZZ2' }), refusedAs('code-unknown'))
    await assert.rejects(person.request(liveRoutes.look, { code }), refusedAs('slow-down'))
    const other = await strangerClient(node)
    const crowd = await Promise.all(Array.from({ length: 300 }, () => other.request(liveRoutes.look, { code })))
    assert.ok(crowd.every(one => one.runId === run.id))
    await assert.rejects(other.request(liveRoutes.join, { code }), refusedAs('malformed'))
    await assert.rejects(other.request(liveRoutes.join, { runId: run.id, name: 'X' }), refusedAs('not-signed-in'))
  })

  it('sends a class of 50 one tally every 250 ms, not one an answer', async () => {
    const { run, code, host, quiz } = await startClass(node)
    const guests = await Promise.all(Array.from({ length: 50 }, (_, n) => guestClient(node, code, `Guest ${n}`)))
    const came = performance.now()
    const scopes = await Promise.all(guests.map(guest => guest.subscribe(runScope, run.id)))
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, step } = hosts.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    const started = performance.now()
    // Two at a time, so that there are many commits to tell of.
    for (let at = 0; at < guests.length; at += 2)
      await Promise.all(
        guests
          .slice(at, at + 2)
          .map(guest =>
            guest.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } }),
          ),
      )
    await waitFor(
      () => scopes.every(scope => scope.fleeting.some(one => one.kind === 'answered' && one.body.answered === 50)),
      'everybody to hear of 50 answers',
    )
    const most = Math.ceil((performance.now() - started) / 250) + 1
    for (const scope of scopes) {
      const frames = scope.fleeting.filter(one => one.kind === 'answered').length
      // One may have come with the subscription.
      assert.ok(frames <= most + 1, `${frames} tallies where ${most} fit`)
    }
    const presence = guests[0]!.frames.filter(frame => frame.k === 'presence').length
    assert.ok(presence <= Math.ceil((performance.now() - came) / 1_000) + 12, `${presence} counts`)
  })
})
