// A school's lists read in as one batch: tried without a trace, done as a job, told row by row, and taken back.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { auditRoutes } from '#protocol/audit.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { type ImportedRow, type SiteImport, siteImportRoutes } from '#protocol/imports.ts'
import { site } from '#server/features/access/index.ts'
import { eraseAccount } from '#server/features/accounts/index.ts'
import { enrol } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { arrange, makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { dropUnused } from './actions/prepare.ts'
import { importing } from './imports.fixture.ts'

describe('imports', function () {
  this.timeout(180_000)
  let node: TestNode
  let boss: TestClient
  let { check, get, until, run, reasons } = {} as ReturnType<typeof importing>
  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator', name: 'Boss' })
    ;({ check, get, until, run, reasons } = importing(boss))
  })

  const count = async (what: string) => (await sql<{ n: number }>(`select count(*)::int as n from ${what}`))[0]?.n ?? 0
  const makeNamed = (title: string, shortName: string) => boss.request(courseRoutes.create, { title, shortName })

  it('are tried without a trace, told row by row, done, and undone', async () => {
    await makeNamed('Biology', 'BIO')
    await makeNamed('Same', 'S1')
    await makeNamed('Same', 'S2')
    await makeAccount({ name: 'Known', email: 'known@list.example' })
    const [accounts, enrolments] = [await count('accounts'), await count('enrolments')]
    const checked = await check({
      people: 'name,email\nAda,ada@list.example\nBea,bea@list.example\nOld,known@list.example\nNo,nowhere\n',
      enrolments:
        'email,course,role\nada@list.example,BIO,\nbea@list.example,biology,teacher\nknown@list.example,BIO,student\nada@list.example,Same,\nada@list.example,None,\nno@list.example,BIO,\n',
    })
    assert.deepEqual(checked.people, { rows: 4, made: 2, wasThere: 1, changed: 0, errors: 1, handled: 1, takenBack: 0 })
    assert.deepEqual(checked.enrolments, {
      rows: 6,
      made: 3,
      wasThere: 0,
      changed: 0,
      errors: 3,
      handled: 3,
      takenBack: 0,
    })
    assert.deepEqual([await count('accounts'), await count('enrolments')], [accounts, enrolments])
    const importId = checked.id
    const errors = await boss.request(siteImportRoutes.errors, { importId, limit: 3 })
    const rest = await boss.request(siteImportRoutes.errors, { importId, after: errors.next })
    assert.deepEqual(
      [...errors.items, ...rest.items].map(row => [row.sort, row.line, row.error]),
      [
        ['people', 5, 'bad-email'],
        ['enrolments', 5, 'many-courses'],
        ['enrolments', 6, 'no-course'],
        ['enrolments', 7, 'no-account'],
      ],
    )
    const taken: ImportedRow[] = []
    for (const sort of ['people', 'enrolments'] as const) {
      const some = await boss.request(siteImportRoutes.rows, { importId, sort, limit: 2 })
      taken.push(...some.items)
      taken.push(...(await boss.request(siteImportRoutes.rows, { importId, sort, after: some.next })).items)
    }
    assert.deepEqual(
      taken.map(row => [row.sort, row.line, row.name, row.email, row.role, row.course]),
      [
        ['people', 2, 'Ada', 'ada@list.example', null, ''],
        ['people', 3, 'Bea', 'bea@list.example', null, ''],
        ['people', 4, 'Old', 'known@list.example', null, ''],
        ['enrolments', 2, 'Ada', 'ada@list.example', 'learner', 'Biology'],
        ['enrolments', 3, 'Bea', 'bea@list.example', 'instructor', 'Biology'],
        ['enrolments', 4, 'Known', 'known@list.example', 'learner', 'Biology'],
      ],
    )
    await boss.request(siteImportRoutes.run, { importId })
    await assert.rejects(boss.request(siteImportRoutes.run, { importId }), { code: 'import-begun' })
    const done = await until(importId, 'done')
    assert.deepEqual([done.people.made, done.people.wasThere, done.enrolments.made], [2, 1, 3])
    assert.deepEqual([await count('accounts'), await count('enrolments')], [accounts + 2, enrolments + 3])
    // Whoever came in meanwhile stays.
    const [ada] = (await boss.request(peopleRoutes.people, { search: 'ada@list.example' })).items
    const adaClient = await signedInClient(node, { accountId: ada?.accountId ?? assert.fail() })
    assert.deepEqual(
      (await adaClient.request(courseRoutes.list, {})).items.map(one => one.title),
      ['Biology'],
    )
    await boss.request(siteImportRoutes.undo, { importId })
    const undone = await until(importId, 'undone')
    assert.deepEqual([undone.people.takenBack, undone.enrolments.takenBack], [1, 3])
    // The trail tells what it came to, and of what was taken back why.
    const trail = await sql<{ verb: string; details: string }>(
      `select e.verb, d.details::text from audit_entries e join audit_details d on d.entry_id = e.id
        where (e.verb = 'import.undone' and e.subject_id = $1) or (e.verb <> 'import.undone' and d.details::text like '%' || $1 || '%')
        order by e.verb, e.id`,
      [importId],
    )
    assert.deepEqual(
      trail.map(({ verb, details }) => {
        const { accountIds: _, ...told } = JSON.parse(details)
        return [verb, told]
      }),
      [
        ['account.taken-back', { importId }],
        ['course.enrolments-ended', { ended: 3, importId }],
        ['import.undone', { people: 1, enrolments: 3, accountsStay: 1 }],
      ],
    )
    const ofAccounts = { thing: 'account', limit: 200 }
    const entries = (await boss.request(auditRoutes.list, ofAccounts)).items
    assert.equal(entries.filter(one => one.verb === 'account.erased').length, 0)
    const takenBack = entries.find(one => one.verb === 'account.taken-back')
    assert.match(takenBack?.names?.[importId] ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/)
    assert.deepEqual((await adaClient.request(courseRoutes.list, {})).items, [])
    const left = (await boss.request(peopleRoutes.people, { search: '@list.example' })).items.map(one => one.name)
    assert.deepEqual(left, ['Ada', 'Known'])
    assert.equal(
      await count(
        "enrolments where how = 'by hand' and ended_at is null and course_id in (select id from courses where short_name = 'BIO')",
      ),
      1,
    )
    // The address is free again.
    assert.equal((await check({ people: 'name,email\nBea,bea@list.example\n' })).people.made, 1)
  })

  it('say before they run what comes of whom: names and roles of those who are there stay, and one course is one', async () => {
    const { course } = await makeNamed('Dry run', 'DRY')
    const over = await makeNamed('Over long since', 'LONG')
    await boss.request(lifeRoutes.changeState, { courseId: over.course.id, state: 'published' })
    await boss.request(lifeRoutes.changeState, { courseId: over.course.id, state: 'concluded' })
    await makeNamed('To begin from', 'TPL')
    await sql("update courses set template = true, state = 'draft' where short_name = 'TPL'")
    for (const name of ['Otto', 'Olga']) {
      const accountId = await makeAccount({ name, email: `${name.toLowerCase()}@dry.example` })
      await arrange(ctx => enrol(ctx, { courseId: course.id, accountId, role: 'learner', how: 'by hand' }))
    }
    const checked = await check({
      people:
        'First name,Last name,E-mail address\nOtto,New,otto@dry.example\n,Olga,olga@dry.example\nUma,,uma@dry.example\n',
      enrolments: [
        ...['email,course,role', 'otto@dry.example,DRY,assistant', 'olga@dry.example,dry run,learner'],
        ...['uma@dry.example,Dry run,learner', 'uma@dry.example,DRY,instructor', 'uma@dry.example,LONG,learner'],
        'uma@dry.example,TPL,learner',
      ].join('\n'),
    })
    const importId = checked.id
    const told = [
      { rows: 3, made: 1, wasThere: 2, changed: 0, errors: 0, takenBack: 0 },
      { rows: 6, made: 1, wasThere: 2, changed: 0, errors: 3, takenBack: 0 },
    ]
    const counts = ({ people, enrolments }: SiteImport) => [people, enrolments].map(({ handled: _, ...one }) => one)
    assert.deepEqual(counts(checked), told)
    assert.deepEqual(await reasons(importId), [
      ['enrolments', 5, 'twice'],
      ['enrolments', 6, 'course-ended'],
      ['enrolments', 7, 'course-template'],
    ])
    const theres = async (only?: 'differing') => {
      const rows = []
      for (const sort of ['people', 'enrolments'] as const)
        rows.push(...(await boss.request(siteImportRoutes.rows, { importId, sort, ...(only ? { only } : {}) })).items)
      return rows.map(row => [row.line, row.sort === 'people' ? row.name : row.role, row.there])
    }
    const differing = [
      [2, 'Otto New', 'Otto'],
      [2, 'assistant', 'learner'],
    ]
    assert.deepEqual(await theres(), [
      [2, 'Otto New', 'Otto'],
      [3, 'Olga', 'Olga'],
      [4, 'Uma', null],
      [2, 'assistant', 'learner'],
      [3, 'learner', 'learner'],
      [4, 'learner', null],
    ])
    assert.deepEqual(await theres('differing'), differing)
    assert.deepEqual(counts(await run(importId, 'done')), told, 'it does what it said')
    assert.deepEqual(await theres('differing'), differing)
    await boss.request(siteImportRoutes.undo, { importId })
    const undone = await until(importId, 'undone')
    assert.deepEqual([undone.people.takenBack, undone.enrolments.takenBack], [1, 1])
    assert.equal(await count(`enrolments where course_id = '${course.id}' and ended_at is null`), 3)
  })

  it('know people by the ids of another system, and enrolments with their ends: a later list changes them, undone as they were', async () => {
    const { course } = await boss.request(courseRoutes.create, {
      ...{ title: 'Zoology', shortName: 'ZOO', timeZone: 'Pacific/Auckland' },
    })
    const classes = 'sourcedId,title,classCode\nc1,Zoology,ZOO\n'
    const users = (rows: string) => `sourcedId,status,givenName,familyName,email\n${rows}`
    const enrolments = (rows: string) => `sourcedId,classSourcedId,userSourcedId,role,beginDate,endDate\n${rows}`
    const first = await check({
      classes,
      people: users(
        'u1,active,Ada,Byron,ada@sis.example\nu2,active,Bo,Bee,bo@sis.example\nu2,active,Bo,Bee,x@sis.example\n',
      ),
      enrolments: enrolments(
        'e1,c1,u1,student,2020-01-01,2090-07-01\ne2,c1,u2,student,,\ne3,c1,u9,student,,\ne4,c1,u2,student,,soon\n',
      ),
    })
    assert.deepEqual(await reasons(first.id), [
      ['people', 4, 'twice'],
      ['enrolments', 4, 'no-account'],
      ['enrolments', 5, 'bad-date'],
    ])
    await run(first.id, 'done')
    const found = async () => {
      const rows = await sql<{ name: string; email: string; ends: Date | null }>(
        `select a.name, a.email, e.ends_at as ends from accounts a join enrolments e on e.account_id = a.id and e.ended_at is null
          where e.course_id = $1 and a.email like '%sis.example' order by a.name`,
        [course.id],
      )
      return rows.map(row => [row.name, row.email, row.ends && new Date(row.ends).toISOString()])
    }
    // In OneRoster the day itself is over, by the clocks of the course.
    const before = [
      ['Ada Byron', 'ada@sis.example', '2090-06-30T12:00:00.000Z'],
      ['Bo Bee', 'bo@sis.example', null],
    ]
    assert.deepEqual(await found(), before)

    const again = await check({
      classes,
      people: users(
        'u1,active,Ada,Lovelace,countess@sis.example\nu2,active,Bo,Bee,bo@sis.example\nu3,active,Cy,C,cy@sis.example\nu4,active,Di,D,boss2@sis.example\n',
      ),
      enrolments: enrolments(
        'e1,c1,u1,student,,2090-08-01\ne2,c1,u2,student,,\ne5,c1,u3,student,2089-01-01,\ne6,c1,u4,student,,2001-01-01\n',
      ),
    })
    const counts = ({ people, enrolments }: SiteImport) =>
      [people, enrolments].map(one => [one.made, one.changed, one.wasThere, one.errors])
    const told = [
      [2, 1, 1, 0],
      [0, 1, 1, 2],
    ]
    assert.deepEqual(counts(again), told)
    const changing = async (sort: 'people' | 'enrolments') =>
      (await boss.request(siteImportRoutes.rows, { importId: again.id, sort, only: 'changing' })).items
    assert.deepEqual(
      (await changing('people')).map(row => [row.name, row.email, row.was, row.there]),
      [['Ada Lovelace', 'countess@sis.example', { name: 'Ada Byron', email: 'ada@sis.example' }, null]],
    )
    assert.deepEqual(
      (await changing('enrolments')).map(row => [row.line, row.endsOn, row.was]),
      [[2, '2090-07-31', { endsOn: '2090-06-30' }]],
    )
    assert.deepEqual(await reasons(again.id), [
      ['enrolments', 4, 'begins-later'],
      ['enrolments', 5, 'over'],
    ])
    assert.deepEqual(counts(await run(again.id, 'done')), told, 'it does what it said')
    assert.equal((await changing('people')).length, 1)
    assert.deepEqual(await found(), [['Ada Lovelace', 'countess@sis.example', '2090-07-31T12:00:00.000Z'], before[1]])
    // The people of a course alone, by the ids the school knows.
    const alone = await check({ classes, enrolments: enrolments('e1,c1,u1,student,,\ne3,c1,u3,student,,\n') })
    assert.deepEqual(counts(alone)[1], [1, 0, 1, 0])
    await makeAccount({ name: 'Other', email: 'other@sis.example' })
    const taken = await check({ people: users('u1,active,Ada,Lovelace,other@sis.example\n') })
    assert.deepEqual(await reasons(taken.id), [['people', 2, 'email-taken']])

    await boss.request(siteImportRoutes.undo, { importId: again.id })
    assert.deepEqual((await until(again.id, 'undone')).people.takenBack, 3)
    assert.deepEqual(await found(), before)
    assert.deepEqual(await sql("select source_id from source_ids where source_id like 'u%' order by 1"), [
      { source_id: 'u1' },
      { source_id: 'u2' },
    ])
    const [ada] = await sql<{ id: AccountId }>("select id from accounts where email = 'ada@sis.example'")
    await arrange(ctx => eraseAccount(ctx, ada?.id ?? assert.fail()))
    assert.equal(await count("source_ids where source_id = 'u1'"), 0)
    assert.equal(await count("import_rows where source_id = 'u1' and sort = 'people' and account_id is not null"), 0)
  })

  it('that can not be read are refused with the list, and nothing of them runs', async () => {
    await assert.rejects(check({ people: 'name,email\n"a' }), { code: 'malformed' })
    await assert.rejects(check({ enrolments: 'a,b\n1,2' }), { code: 'malformed' })
    const { id: importId } = (await boss.request(siteImportRoutes.create)).import
    await assert.rejects(boss.request(siteImportRoutes.run, { importId }), { code: 'import-not-checked' })
    await assert.rejects(boss.request(siteImportRoutes.undo, { importId }), { code: 'import-not-done' })
  })

  it('take a text that came after the check only when it was checked too', async () => {
    const { id: importId } = await check({ people: 'name,email\nCid,cid@late.example\n' })
    const text = 'name,email\nDot,dot@late.example\n'
    await boss.request(siteImportRoutes.addPiece, { importId, sort: 'people', place: 0, text })
    assert.equal((await get(importId)).state, 'filling')
    await assert.rejects(boss.request(siteImportRoutes.run, { importId }), { code: 'import-not-checked' })
    await boss.request(siteImportRoutes.check, { importId })
    await run(importId, 'done')
    const came = (await boss.request(peopleRoutes.people, { search: '@late.example' })).items.map(one => one.name)
    assert.deepEqual(came, ['Dot'])
  })

  it('leave out, with the reason, what has ended, gone or been suspended since the check', async () => {
    const [gone, over] = [await makeNamed('Gone by then', 'GONE'), await makeNamed('Over by then', 'OVER')]
    await makeNamed('Goes on', 'GOES')
    const teacher = await makeAccount({ name: 'Taught', email: 'taught@then.example' })
    const checked = await check({
      people: 'name,email\nEve,eve@then.example\n',
      enrolments:
        'email,course,role\neve@then.example,GONE,\neve@then.example,OVER,\neve@then.example,GOES,\ntaught@then.example,GOES,teacher\n',
    })
    assert.equal(checked.enrolments.errors, 0)
    const { id: goneId } = gone.course
    await boss.request(lifeRoutes.remove, { courseId: goneId })
    const { id: courseId } = over.course
    await boss.request(lifeRoutes.changeState, { courseId, state: 'published' })
    await boss.request(lifeRoutes.changeState, { courseId, state: 'concluded' })
    await sql('update accounts set suspended_at = now() where id = $1', [teacher])
    const done = await run(checked.id, 'done')
    assert.deepEqual(done.enrolments, {
      rows: 4,
      made: 1,
      wasThere: 0,
      changed: 0,
      errors: 3,
      handled: 4,
      takenBack: 0,
    })
    assert.deepEqual(await reasons(checked.id), [
      ['enrolments', 2, 'no-course'],
      ['enrolments', 3, 'course-ended'],
      ['enrolments', 5, 'suspended'],
    ])
    assert.equal(
      await count("enrolments e join accounts a on a.id = e.account_id where a.email = 'eve@then.example'"),
      1,
    )
    assert.equal(await count(`enrolments where account_id = '${teacher}'`), 0)
  })

  for (const [how, change] of [
    ['demoted', "site_role = 'member'"],
    ['suspended', 'suspended_at = now()'],
  ] as const)
    it(`stop when whoever began them was ${how}, and can be undone by another`, async () => {
      const { id: importId } = await check({ people: `name,email\nFay,fay@${how}.example\n` })
      const other = await signedInClient(node, { role: 'administrator' })
      // In the very transaction that begins: whatever the job does comes after it.
      await sql(
        `create function demote_${how}() returns trigger language plpgsql as 'begin
           update accounts set ${change.replaceAll("'", "''")} where id = ''${other.accountId}''; return new; end'`,
      )
      await sql(
        `create trigger demote_${how} after update on imports for each row
           when (new.state = 'running') execute function demote_${how}()`,
      )
      await other.request(siteImportRoutes.run, { importId })
      await sql(`drop trigger demote_${how} on imports`)
      await until(importId, 'cancelled')
      assert.equal(await count(`accounts where email = 'fay@${how}.example'`), 0)
      await boss.request(siteImportRoutes.undo, { importId })
      await until(importId, 'undone')
    })

  it('forget names with the account they mean, and all of them after 90 days', async () => {
    const accountId = await makeAccount({ name: 'Zoe', email: 'zoe@forget.example' })
    const { id } = await check({
      people: 'name,email\nZoe,zoe@forget.example\nYan,yan@forget.example\n',
      enrolments: 'email,course,role\nzoe@forget.example,None,\nyan@forget.example,None,\n',
    })
    await boss.request(siteImportRoutes.run, { importId: id })
    await until(id, 'done')
    const named = async () =>
      (
        await sql<{ word: string }>(
          "select sort || ' ' || name || email as word from import_rows where import_id = $1 and name || email <> '' order by 1",
          [id],
        )
      ).map(row => row.word)
    assert.equal((await named()).length, 4)
    await arrange(ctx => eraseAccount(ctx, accountId))
    const yans = ['enrolments yan@forget.example', 'people Yanyan@forget.example']
    assert.deepEqual(await named(), yans)
    await arrange(ctx => dropUnused(ctx), { now: new Date(Date.now() + 89 * 86_400_000) })
    assert.deepEqual(await named(), yans)
    await arrange(ctx => dropUnused(ctx), { now: new Date(Date.now() + 91 * 86_400_000) })
    assert.deepEqual(await named(), [])
    assert.deepEqual((await get(id)).people, {
      rows: 2,
      made: 1,
      wasThere: 1,
      changed: 0,
      errors: 0,
      handled: 2,
      takenBack: 0,
    })
  })

  it('undone leave those who were given a role meanwhile, and nothing of the others', async () => {
    const { id: importId } = await check({ people: 'name,email\nGus,gus@role.example\nHal,hal@role.example\n' })
    await run(importId, 'done')
    const [gus] = await sql<{ id: AccountId }>("select id from accounts where email = 'gus@role.example'")
    const [hal] = await sql<{ id: AccountId }>("select id from accounts where email = 'hal@role.example'")
    const { role } = await boss.request(accessRoutes.createRole, { name: 'Keeper', copyOf: 'assistant' })
    await boss.request(accessRoutes.grantRole, { ...site, role: role.key, email: 'gus@role.example' })
    await sql('insert into notification_states (account_id) values ($1)', [hal?.id])
    await boss.request(siteImportRoutes.undo, { importId })
    await until(importId, 'undone')
    const left = await sql<{ id: AccountId; name: string }>(
      'select id, name from accounts where id = any($1::uuid[]) and erased_at is null',
      [[gus?.id, hal?.id]],
    )
    assert.deepEqual(
      left.map(one => one.name),
      ['Gus'],
    )
    // What the features above keep of somebody goes with them, and what is written about them.
    assert.equal(await count("audit_details where details::text like '%hal@role.example%'"), 0)
    assert.equal(await count(`notification_states where account_id = '${hal?.id}'`), 0)
  })

  it('of 3,200 people and 9,500 enrolments are done within a minute, and can be stopped', async () => {
    const courses = 60
    for (let at = 0; at < courses; at++) await makeNamed(`Course ${at}`, `C${at}`)
    const people = ['name,email']
    for (let at = 0; at < 3_200; at++) people.push(`Person ${at},p${at}@big.example`)
    const enrolments = ['email,course,role']
    for (let at = 0; at < 9_500; at++)
      enrolments.push(`p${at % 3_200}@big.example,C${(at * 7 + Math.floor(at / 3_200)) % courses},student`)
    const from = Date.now()
    const checked = await check({ people: people.join('\n'), enrolments: enrolments.join('\n') })
    const importId = checked.id
    const checkedMs = Date.now() - from
    const expected = checked.enrolments.made
    await boss.request(siteImportRoutes.run, { importId })
    await boss.request(siteImportRoutes.cancel, { importId })
    await until(importId, 'cancelled')
    await boss.request(siteImportRoutes.undo, { importId })
    await until(importId, 'undone')
    const again = await check({ people: people.join('\n'), enrolments: enrolments.join('\n') })
    const begun = Date.now()
    await boss.request(siteImportRoutes.run, { importId: again.id })
    const done = await until(again.id, 'done')
    const ms = Date.now() - begun
    process.stdout.write(`    checked in ${checkedMs} ms, imported in ${ms} ms\n`)
    assert.deepEqual([done.people.made, done.enrolments.made], [3_200, expected])
    assert.ok(ms < 60_000, `${ms} ms`)
  })

  it('say what their files were called, and who of one alone still has no way in; names go in time', async () => {
    const files = { people: 'Klasse 7b.csv', enrolments: 'قائمة.csv' }
    const { id: importId } = (await boss.request(siteImportRoutes.create, { files })).import
    await makeAccount({ name: 'Before', email: 'before@seven.example' })
    await makeAccount({ name: 'Elsewhere', email: 'elsewhere@seven.example' })
    const people = ['Ann', 'Ben', 'Before', 'Cem', 'Dee'].map(name => `${name},${name.toLowerCase()}@seven.example`)
    await boss.request(siteImportRoutes.addPiece, {
      ...{ importId, sort: 'people', place: 0, text: ['name,email', ...people, 'No,nowhere'].join('\n') },
    })
    await boss.request(siteImportRoutes.check, { importId })
    const waiting = (after?: string) =>
      boss.request(siteImportRoutes.waiting, { importId, limit: 3, ...(after ? { after } : {}) })
    assert.deepEqual((await waiting()).items, [], 'nobody is made yet')
    await boss.request(siteImportRoutes.run, { importId })
    assert.deepEqual((await until(importId, 'done')).files, files)
    const [listed] = (await boss.request(siteImportRoutes.list, { limit: 1 })).items
    assert.deepEqual(listed?.files, files)
    const [dee] = (await boss.request(peopleRoutes.people, { search: 'dee@seven.example' })).items
    await signedInClient(node, { accountId: dee?.accountId ?? assert.fail() })
    const first = await waiting()
    const rest = await waiting(first.next)
    const found = [...first.items, ...rest.items]
    assert.deepEqual(
      [found.map(one => one.name), first.items.length, rest.next],
      [['Ann', 'Ben', 'Before', 'Cem'], 3, undefined],
    )
    const { links, refused } = await boss.request(peopleRoutes.makeSignInLinks, {
      accountIds: found.map(one => one.accountId),
    })
    assert.deepEqual([links.length, refused.length], [4, 0])
    for (const strange of ['', ' ', 'x'.repeat(201), 'a\u0000b', 'a\nb'])
      await assert.rejects(boss.request(siteImportRoutes.create, { files: { people: strange } }), { code: 'malformed' })
    await sql("update imports set created_at = now() - interval '400 days' where id = $1", [importId])
    await arrange(dropUnused)
    assert.deepEqual((await get(importId)).files, {})
  })
})
