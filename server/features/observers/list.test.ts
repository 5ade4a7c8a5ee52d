// Who observes whom as a list: taken away as a spreadsheet reads it, brought in row by row, and ended together.
import assert from 'node:assert/strict'
import type { Problem } from '#protocol/base/problems.ts'
import { observerListRoutes } from '#protocol/observers/list.ts'
import { mostObservers, observerRoutes } from '#protocol/observers.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

describe('observers as a list', () => {
  let node: TestNode
  let boss: TestClient
  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator', name: 'Boss', email: 'boss@obs.example' })
    for (const name of ['Lena', 'Ben', 'Omar', 'Pia', '=Eve'])
      await makeAccount({ name, email: `${name.toLowerCase().replace('=', '')}@obs.example` })
  })
  const count = async () => (await sql<{ n: number }>('select count(*)::int as n from observations'))[0]?.n
  const bring = (list: string, how: 'try' | 'good ones' = 'good ones') =>
    boss.request(observerListRoutes.bringIn, { list, how })
  const file = async () => (await boss.raw('GET', '/observers.csv')).text()

  it('are tried without a trace, brought in row by row, told, and ended together', async () => {
    const list = [
      'learner;observer;kind;until;shoe size',
      'LENA@obs.example;omar@obs.example;;;41',
      'ben@obs.example;omar@obs.example;Guardian;2099-07-31;',
      'lena@obs.example;eve@obs.example;ولي أمر;;',
      ';omar@obs.example;;;',
      'lena@obs.example;;;;',
      'lena;omar@obs.example;;;',
      'lena@obs.example;pia@obs.example;aunt;;',
      'lena@obs.example;pia@obs.example;;31.7.2099;',
      'lena@obs.example;pia@obs.example;;2001-01-01;',
      'lena@obs.example;omar@obs.example;guardian;;',
      'nobody@obs.example;omar@obs.example;;;',
      'lena@obs.example;nobody@obs.example;;;',
      'lena@obs.example;lena@obs.example;;;',
      'boss@obs.example;omar@obs.example;;;',
    ].join('\n')
    const expected = [
      ...[null, null, null, 'no-learner', 'no-observer', 'bad-email', 'bad-kind', 'bad-until', 'past', 'twice'],
      ...['learner-unknown', 'observer-unknown', 'not-observable', 'not-observable'],
    ]
    const tried = await bring(list, 'try')
    assert.deepEqual(
      tried.rows.map(row => row.error),
      expected,
    )
    assert.deepEqual([tried.made, tried.unused, await count()], [[], ['shoe size'], 0])
    const done = await bring(list)
    assert.deepEqual(done.rows, tried.rows)
    const rows = await sql<{ until: Date | null; kind: string }>('select kind, until from observations order by id')
    assert.deepEqual(
      rows.map(row => row.kind),
      ['observer', 'guardian', 'guardian'],
    )
    assert.equal(new Date(rows[1]?.until ?? 0).toISOString(), '2099-07-31T23:59:59.999Z')
    const audited = await sql("select from audit_entries where verb = 'observers.linked'")
    assert.equal(audited.length, done.made.length)
    // Again: they observe already, whatever the row says, and nothing is made.
    const again = await bring(list)
    assert.deepEqual(again.made, [])
    assert.deepEqual(
      again.rows.slice(0, 2).map(row => row.outcome),
      ['was there', 'was there'],
    )
    assert.deepEqual(await boss.request(observerListRoutes.endMany, { observationIds: done.made }), {
      ended: done.made.length,
    })
    assert.deepEqual(await boss.request(observerListRoutes.endMany, { observationIds: done.made }), { ended: 0 })
    assert.equal((await sql('select from observations where ended_at is null')).length, 0)
  })

  it('leave as a file that comes in again as it was, with no formula in it', async () => {
    const { made } = await bring(
      'observer,learner,kind,until\neve@obs.example,lena@obs.example,guardian,2098-02-28\nomar@obs.example,ben@obs.example,,\n',
    )
    assert.equal(made.length, 2)
    const text = await file()
    assert.match(text, /"Lena","lena@obs\.example","'=Eve","eve@obs\.example","Guardian","2098-02-28"/)
    await boss.request(observerListRoutes.endMany, { observationIds: made })
    const { rows, made: anew } = await bring(text)
    assert.deepEqual(
      rows.map(row => [row.outcome, row.observer]),
      [
        ['add', '=Eve'],
        ['add', 'Omar'],
      ],
    )
    assert.equal(await file(), text)
    await boss.request(observerListRoutes.endMany, { observationIds: anew })
  })

  it('keep how many may observe one, also within one list; what is no such list is refused', async () => {
    const lines = ['learner,observer']
    for (let n = 0; n <= mostObservers; n++) {
      await makeAccount({ name: `O${n}`, email: `o${n}@obs.example` })
      lines.push(`ben@obs.example,o${n}@obs.example`)
    }
    const { rows, made } = await bring(lines.join('\n'))
    assert.deepEqual([made.length, rows.at(-1)?.error], [mostObservers, 'too-many'])
    const refused = (list: string) =>
      bring(list, 'try').then(
        () => assert.fail(),
        ({ code, errors }: Problem) => [code, errors[0]?.code, errors[0]?.params],
      )
    assert.deepEqual(await refused('name,email\na,b'), ['malformed', 'no_column', { column: 'learner' }])
    assert.deepEqual(await refused(''), ['malformed', 'no_column', { column: 'learner' }])
    assert.deepEqual(await refused('learner,observer\n"a,b'), ['malformed', 'not_csv', { line: 2 }])
    const many = `learner,observer\n${'a@b.example,c@d.example\n'.repeat(2_001)}`
    assert.equal((await refused(many))[0], 'too-large')
    const lena = await signedInClient(node, { name: 'Nobody special' })
    await assert.rejects(lena.request(observerListRoutes.bringIn, { list: 'learner,observer', how: 'try' }), {
      code: 'not-allowed',
    })
    assert.equal((await lena.raw('GET', '/observers.csv')).status, 403)
    const [ben] = await sql<{ id: never }>("select id from accounts where email = 'ben@obs.example'")
    const { items } = await boss.request(observerRoutes.list, { accountId: ben?.id ?? assert.fail(), limit: 50 })
    assert.equal(items.length, mostObservers)
  })
})
