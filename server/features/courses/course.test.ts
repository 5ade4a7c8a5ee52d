// A course from both sides: staff change it over HTTP, a learner watches over a socket. Each announcing act converges
// in every audience it wrote to.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import type { CourseItem, CourseModule } from '#protocol/courses.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { changeItem, enrol, findItem, removeItem } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { jobsAtRest } from '#server/test/watching.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('a course and its order', () => {
  let node: TestNode
  let teacher: Person
  let learner: Person
  let courseId: string

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { role: 'administrator', name: 'Ines Ferreira' })
    learner = await signedInClient(node, { name: 'Tomasz Nowak' })
    const made = await teacher.request(courseRoutes.create, { title: 'Introduction to Biology', shortName: 'BIO 101' })
    courseId = made.course.id
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
  })

  const bySight = async (act: () => Promise<unknown>, sight: 'learner' | 'staff' | 'both') => {
    let done: Promise<unknown> | undefined
    const once = () => {
      done ??= act()
      return done
    }
    if (sight === 'learner') return { course: await assertConverges(learner, courseScope, courseId, once) }
    if (sight === 'staff') return { staff: await assertConverges(teacher, courseStaffScope, courseId, once) }
    // Both listen before the one act happens.
    let open: () => void = () => undefined
    const gate = new Promise<void>(resolve => {
      open = resolve
    })
    let waiting = 2
    const together = async () => {
      waiting -= 1
      if (waiting === 0) open()
      await gate
      await once()
    }
    const [course, staff] = await Promise.all([
      assertConverges(learner, courseScope, courseId, together),
      assertConverges(teacher, courseStaffScope, courseId, together),
    ])
    return { course, staff }
  }

  /** A text page stands for whatever later features place; over HTTP, so that the node publishes it at once. */
  const place = (title: string, published: boolean, moduleId: string | null = null) => {
    const made = { refId: '', act: async () => undefined as unknown }
    made.act = async () => {
      const { page } = await teacher.request(contentRoutes.createPage, { courseId, moduleId, title, published })
      made.refId = page.id
    }
    return made
  }

  const makeModule = async (title: string): Promise<CourseModule> =>
    (await teacher.request(outlineRoutes.createModule, { courseId, title })).module

  const itemBy = async (client: TestClient, refId: string): Promise<CourseItem | undefined> => {
    const listening = await client.subscribe(courseScope, courseId)
    return listening.state().items.find(item => item.refId === refId)
  }

  it('announces its words, and keeps the faster writer', async () => {
    const { course } = await bySight(
      () => teacher.request(courseRoutes.change, { courseId, version: 0, summary: 'From cells to ecosystems.' }),
      'learner',
    )
    assert.equal(course?.course.summary, 'From cells to ecosystems.')
    await assert.rejects(
      teacher.request(courseRoutes.change, { courseId, version: 0, title: 'Late' }),
      (problem: { code: string; params: { current: { version: number; title: string } } }) =>
        problem.code === 'conflict' &&
        problem.params.current.version === 1 &&
        problem.params.current.title === 'Introduction to Biology',
    )
    await assert.rejects(teacher.request(courseRoutes.change, { courseId, version: 1, timeZone: 'Mars/Olympus' }), {
      code: 'time-zone-unknown',
    })
  })

  it('creates, renames and moves modules', async () => {
    const titles = (state: { modules: readonly CourseModule[] } | undefined) => state?.modules.map(one => one.title)
    let first: CourseModule | undefined
    const created = await bySight(async () => {
      first = await makeModule('Week 1')
    }, 'learner')
    assert.deepEqual(titles(created.course), ['Week 1'])
    const second = await makeModule('Week 2')
    const moved = await bySight(
      () => teacher.request(outlineRoutes.moveModule, { courseId, moduleId: second.id, before: first!.id }),
      'learner',
    )
    assert.deepEqual(titles(moved.course), ['Week 2', 'Week 1'])
    const renamed = await bySight(
      () => teacher.request(outlineRoutes.changeModule, { courseId, moduleId: first!.id, version: 0, title: 'Cells' }),
      'learner',
    )
    assert.deepEqual(titles(renamed.course), ['Week 2', 'Cells'])
    await assert.rejects(
      teacher.request(outlineRoutes.changeModule, { courseId, moduleId: first!.id, version: 0, title: 'Late' }),
      { code: 'conflict' },
    )
  })

  it('shows a published item to all, a draft to staff alone, and releasing moves it', async () => {
    const open = place('Open page', true)
    const shown = await bySight(open.act, 'learner')
    assert.ok(shown.course?.items.some(item => item.title === 'Open page'))

    const hidden = place('CANARY secret page', false)
    const drafted = await bySight(hidden.act, 'staff')
    const draft = drafted.staff?.drafts.find(item => item.refId === hidden.refId)
    assert.ok(draft)
    assert.equal(await itemBy(learner, hidden.refId), undefined)
    assert.ok(!JSON.stringify(learner.frames).includes('CANARY'), 'a draft reached a learner')

    const released = await bySight(
      () => teacher.request(outlineRoutes.publishItem, { courseId, itemId: draft.id }),
      'both',
    )
    assert.ok(released.course?.items.some(item => item.refId === hidden.refId))
    assert.ok(!released.staff?.drafts.some(item => item.refId === hidden.refId))

    const taken = await bySight(() => teacher.request(outlineRoutes.hideItem, { courseId, itemId: draft.id }), 'both')
    assert.ok(!taken.course?.items.some(item => item.refId === hidden.refId))
    assert.ok(taken.staff?.drafts.some(item => item.refId === hidden.refId))
    const events = await testCtx().sql<{ body: unknown }>(
      `select body from events where scope = $1 and body::text like '%CANARY%'`,
      [`course:${courseId}`],
    )
    assert.deepEqual(events, [], "a hidden item stands in the learners' log")
  })

  it('changes, moves, removes and restores an item', async () => {
    const module = await makeModule('Week 3')
    const one = place('One', true, module.id)
    const two = place('Two', true, module.id)
    await one.act()
    await two.act()
    const changed = await bySight(
      () =>
        arrange(ctx =>
          changeItem(ctx, { kind: 'page', refId: one.refId, title: 'First', badge: 'open', detail: { dueAt: 'x' } }),
        ),
      'learner',
    )
    const first = changed.course?.items.find(item => item.refId === one.refId)
    assert.deepEqual([first?.title, first?.badge, first?.detail], ['First', 'open', { dueAt: 'x' }])

    const second = (await itemBy(learner, two.refId))!
    const moved = await bySight(
      () =>
        teacher.request(outlineRoutes.moveItem, {
          courseId,
          itemId: second.id,
          moduleId: module.id,
          before: first!.id,
        }),
      'learner',
    )
    const inModule = (state: typeof moved.course) =>
      state?.items.filter(item => item.moduleId === module.id).map(item => item.title)
    assert.deepEqual(inModule(moved.course), ['Two', 'First'])

    const removed = await bySight(
      () => teacher.request(outlineRoutes.removeItem, { courseId, itemId: second.id }),
      'learner',
    )
    assert.deepEqual(inModule(removed.course), ['First'])
    const restored = await bySight(
      () => teacher.request(outlineRoutes.restoreItem, { courseId, itemId: second.id }),
      'learner',
    )
    assert.deepEqual(inModule(restored.course), ['Two', 'First'])

    const gone = await bySight(() => arrange(ctx => removeItem(ctx, { kind: 'page', refId: one.refId })), 'learner')
    assert.deepEqual(inModule(gone.course), ['Two'])
    assert.equal(await findItem(testCtx(), { kind: 'page', refId: one.refId }), undefined)
  })

  it('removes a module with what it holds, drafts too, and brings all of it back', async () => {
    const module = await makeModule('Week 4')
    const open = place('Open in week 4', true, module.id)
    const draft = place('Draft in week 4', false, module.id)
    await open.act()
    await draft.act()
    const gone = await bySight(
      () => teacher.request(outlineRoutes.removeModule, { courseId, moduleId: module.id }),
      'both',
    )
    assert.ok(!gone.course?.items.some(item => item.refId === open.refId))
    assert.ok(!gone.staff?.drafts.some(item => item.refId === draft.refId))
    assert.equal(await findItem(testCtx(), { kind: 'page', refId: open.refId }), undefined)
    const back = await bySight(
      () => teacher.request(outlineRoutes.restoreModule, { courseId, moduleId: module.id }),
      'both',
    )
    assert.ok(back.course?.items.some(item => item.refId === open.refId))
    assert.ok(back.staff?.drafts.some(item => item.refId === draft.refId))
    await teacher.request(outlineRoutes.removeModule, { courseId, moduleId: module.id })
    const told = await testCtx().sql("select kind from events where body::text ~ '(Open|Draft) in week 4'")
    assert.deepEqual(told, [], 'what is removed stands in the log')
  })

  it('gives two things placed at once different positions', async () => {
    const module = await makeModule('Rush')
    const rush = Array.from({ length: 8 }, (_, index) => place(`Rush ${index}`, true, module.id))
    await Promise.all(rush.map(one => one.act()))
    const listening = await learner.subscribe(courseScope, courseId)
    const positions = listening
      .state()
      .items.filter(item => item.moduleId === module.id)
      .map(item => item.position)
    assert.equal(new Set(positions).size, 8)
  })

  it('refuses learners and strangers every change, and strangers a look', async () => {
    const module = await makeModule('Not yours')
    const stranger = await signedInClient(node)
    const acts: ((who: Person) => Promise<unknown>)[] = [
      who => who.request(courseRoutes.change, { courseId, version: 1, title: 'Mine' }),
      who => who.request(outlineRoutes.createModule, { courseId, title: 'Mine' }),
      who => who.request(outlineRoutes.changeModule, { courseId, moduleId: module.id, version: 0, title: 'Mine' }),
      who => who.request(outlineRoutes.moveModule, { courseId, moduleId: module.id }),
      who => who.request(outlineRoutes.removeModule, { courseId, moduleId: module.id }),
      who => who.request(peopleRoutes.enrol, { courseId, accountId: stranger.accountId, role: 'instructor' }),
      who => who.request(peopleRoutes.changeRole, { courseId, accountId: learner.accountId, role: 'instructor' }),
      who => who.request(peopleRoutes.renewJoinCode, { courseId }),
      who => who.request(peopleRoutes.switchOffJoinCode, { courseId }),
    ]
    for (const act of acts) {
      await assert.rejects(act(learner), { code: 'not-allowed' })
      await assert.rejects(act(stranger), { code: 'not-found' })
    }
    await assert.rejects(learner.subscribe(courseStaffScope, courseId), { code: 'not-allowed' })
    await assert.rejects(stranger.subscribe(courseScope, courseId), { code: 'not-found' })
    await assert.rejects(stranger.request(courseRoutes.get, { courseId }), { code: 'not-found' })
  })

  it('keeps one course out of another', async () => {
    const other = (await teacher.request(courseRoutes.create, { title: 'Other' })).course.id
    const module = await makeModule('Here')
    await assert.rejects(teacher.request(outlineRoutes.removeModule, { courseId: other, moduleId: module.id }), {
      code: 'not-found',
    })
    const item = place('Here', true, module.id)
    await item.act()
    const placed = (await itemBy(learner, item.refId))!
    await assert.rejects(teacher.request(outlineRoutes.hideItem, { courseId: other, itemId: placed.id }), {
      code: 'not-found',
    })
    await assert.rejects(
      teacher.request(outlineRoutes.moveItem, { courseId, itemId: placed.id, moduleId: randomUUID() }),
      { code: 'not-found' },
    )
  })

  it("lists a person's courses by title, a page at a time, and every course to administrators alone", async () => {
    const person = await signedInClient(node)
    const titles = ['alpha', 'Beta', 'gamma 100%', 'Gamma_x', 'Élan']
    for (const title of titles) {
      const made = (await teacher.request(courseRoutes.create, { title })).course
      await arrange(ctx =>
        enrol(ctx, { courseId: made.id, accountId: person.accountId, role: 'learner', how: 'by hand' }),
      )
    }
    const first = await person.request(courseRoutes.list, { limit: 2 })
    assert.equal(first.items.length, 2)
    const second = await person.request(courseRoutes.list, { limit: 2, after: first.next })
    const third = await person.request(courseRoutes.list, { limit: 2, after: second.next })
    assert.equal(third.next, undefined)
    const all = [...first.items, ...second.items, ...third.items].map(one => one.title)
    assert.deepEqual([...all].sort(), [...titles].sort())
    assert.deepEqual(
      (await person.request(courseRoutes.list, { search: '0%' })).items.map(one => one.title),
      ['gamma 100%'],
    )
    assert.deepEqual(
      (await person.request(courseRoutes.list, { search: '_' })).items.map(one => one.title),
      ['Gamma_x'],
    )
    await assert.rejects(person.request(courseRoutes.list, { all: 'true' }), { code: 'not-allowed' })
    await assert.rejects(person.request(courseRoutes.list, { after: 'nonsense' }), { code: 'malformed' })
    const every = await teacher.request(courseRoutes.list, { all: 'true', search: 'biology' })
    assert.deepEqual(
      every.items.map(one => one.title),
      ['Introduction to Biology'],
    )
    assert.deepEqual([every.mayCreate, every.maySeeAll], [true, true])
    assert.equal(first.maySeeAll, false)
  })

  it('opens its outline with five queries, with three hundred items as with a few', async () => {
    const { course } = await teacher.request(courseRoutes.create, { title: 'Long' })
    const fill = (from: number, to: number) =>
      sql(
        `insert into items (id, course_id, kind, ref_id, title, position, published, audience, detail, version)
         select gen_random_uuid(), $1, 'page', gen_random_uuid(), 'Page ' || n, n::text, true, 'everybody', '{}', 0
           from generate_series($2::int, $3::int) n`,
        [course.id, from, to],
      )
    // What was announced before is handed on meanwhile.
    const ofListeners = /\b(events|listened|handled|pgboss)\b/
    const { query } = pg.Client.prototype
    const opened = async () => {
      const asked: string[] = []
      pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
        const [what, values] = given as [string | { text?: string; values?: unknown[] }, unknown[] | undefined]
        const text = typeof what === 'string' ? what : (what.text ?? '')
        const about = JSON.stringify([text, values, typeof what === 'string' ? [] : what.values])
        if (about.includes(course.id) && !ofListeners.test(text)) asked.push(text)
        return Reflect.apply(query, this, given)
      } as typeof query
      try {
        const { state, leave } = await teacher.subscribe(courseScope, course.id)
        // Every few seconds a node looks at the heads of all it hosts.
        const own = asked.filter((text, at) => !text.includes('scope_heads') || asked.indexOf(text) === at)
        const found = { items: state().items.length, asked: own.length }
        await leave()
        return found
      } finally {
        pg.Client.prototype.query = query
      }
    }
    // Nor do those ask meanwhile who hear that it was made.
    await jobsAtRest()
    await fill(1, 3)
    assert.deepEqual(await opened(), { items: 3, asked: 5 })
    await fill(4, 300)
    // A state is kept for those who come within a moment of each other.
    const found: { items: number; asked: number }[] = []
    await waitFor(async () => found.unshift(await opened()) && found[0]?.items === 300, 'the other items')
    assert.deepEqual(found[0], { items: 300, asked: 5 })
  })

  it('refuses hostile input and goes on', async () => {
    const hostile: [string, string, string | undefined][] = [
      ['POST', '/courses', '{"title":""}'],
      ['POST', '/courses', `{"title":"${'x'.repeat(300)}"}`],
      ['POST', '/courses', '{"title":"a","evil":1}'],
      ['POST', `/courses/${courseId}/modules`, '{"title":{"a":1}}'],
      ['POST', '/courses/nonsense/modules', '{"title":"a"}'],
      ['GET', `/courses/${courseId}/people?limit=9999`, undefined],
    ]
    for (const [method, path, body] of hostile) {
      const answer = await teacher.raw(method, path, body, { 'idempotency-key': randomUUID() })
      assert.equal(answer.status, 400, `${method} ${path}`)
      assert.equal(((await answer.json()) as { code: string }).code, 'malformed')
    }
    assert.ok(await makeAccount())
    assert.equal((await teacher.request(courseRoutes.get, { courseId })).course.id, courseId)
  })
})
