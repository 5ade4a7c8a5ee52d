// The dispatcher and its transactions on a real database, with a feature of one table: operations, refusals, retries,
// what leaves the server, and storms.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { defineCalls, read, write } from '#protocol/base/call.ts'
import type { AccountId, OperationId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { defineScope } from '#protocol/base/scope.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import type { Outside } from '#server/platform/db/transact.ts'
import type { EncodedEvent } from '#server/platform/events/event.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { bind, type Handlers, type StormHandler } from '../feature.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import { createStorm } from './storm.ts'

const textInput = z.strictObject({ text: z.string() })
const noted = z.object({ id: z.int() })
const noteCalls = defineCalls('notes', {
  add: write(textInput, noted),
  refuse: write(textInput, noted),
  swap: write(z.strictObject({ first: z.int(), second: z.int() }), z.object({ tries: z.int() })),
  look: read(z.strictObject({}), noted),
  rain: write(textInput, noted),
})
const notesScope = defineScope({
  name: 'notes',
  state: z.object({}),
  feeds: { added: noted },
  fleeting: {},
  apply: state => state,
})

describe('the dispatcher', () => {
  let dispatcher: Dispatcher
  const published: EncodedEvent[] = []
  const outside: Outside = {
    publish: events => void published.push(...events),
    rightsChanged: () => undefined,
    enqueue: async () => undefined,
    enqueued: () => undefined,
  }
  let beforeSecond: (() => Promise<void>) | undefined
  let swaps = 0
  let storms = 0

  const rain: StormHandler<{ text: string }, { id: number }> = {
    storm: async (ctx, items) => {
      storms++
      if (items.some(item => item.input.text === 'poison')) throw new Error('the group fails')
      const good = items.filter(item => item.input.text !== 'bad')
      const rows = await ctx.sql<{ id: number; text: string }>(
        'insert into jottings (text) select unnest($1::text[]) returning id, text',
        [good.map(item => item.input.text)],
      )
      return items.map(item => rows[good.indexOf(item)] ?? new Problem('not-open'))
    },
  }
  const handlers: Handlers<typeof noteCalls> = {
    add: async (ctx, { text }) => {
      const [row] = await ctx.sql<{ id: number; secret: string }>(
        `insert into jottings (text) values ($1) returning id, 'hidden' as secret`,
        [text],
      )
      ctx.announce(notesScope, 'all', { kind: 'added', body: row! })
      return row!
    },
    refuse: async (ctx, { text }) => {
      const [row] = await ctx.sql<{ id: number }>('insert into jottings (text) values ($1) returning id', [text])
      ctx.announce(notesScope, 'all', { kind: 'added', body: row! })
      ctx.rightsChanged('site')
      throw new Problem('not-open', { params: { row } })
    },
    swap: async (ctx, { first, second }) => {
      swaps++
      await ctx.sql('update jottings set text = text || $2 where id = $1', [first, '+'])
      await beforeSecond?.()
      await ctx.sql('update jottings set text = text || $2 where id = $1', [second, '+'])
      return { tries: swaps }
    },
    look: async () => ({ id: 1, secret: 'hidden' }),
    rain,
  } as Handlers<typeof noteCalls>

  before(async () => {
    connectDatabase((await testDatabase()).url)
    atEndOfFile(closeDatabase)
    await sql('create table jottings (id serial primary key, text text)')
    dispatcher = createDispatcher({
      bindings: bind(noteCalls, handlers),
      outside,
      systemCtx: () => testCtx(),
      observe: () => undefined,
    })
  })
  beforeEach(async () => {
    published.length = 0
    storms = 0
    await sql('truncate jottings restart identity')
    await sql('truncate operations, events, scope_heads, rights_versions')
  })

  const as = (accountId = randomUUID() as AccountId) =>
    testCtx({
      who: { kind: 'account', accountId, sessionId: randomUUID() as SessionId, siteRole: 'member', name: 'Ada' },
    })
  const count = async (name: string) =>
    (await sql<{ many: number }>(`select count(*)::int as many from ${name}`))[0]?.many
  const add = (ctx = as(), operation = randomUUID(), text = 'a') =>
    dispatcher.dispatch(noteCalls.add.name, { text }, ctx, operation)

  it('answers an operation that comes again with the stored result and does nothing twice', async () => {
    const [who, operation] = [as(), randomUUID()]
    const first = await add(who, operation)
    assert.deepEqual(await add(who, operation), first)
    const together = await Promise.all([add(who, operation), add(who, operation)])
    assert.deepEqual(together, [first, first])
    const other = randomUUID()
    const [one, two] = await Promise.all([add(who, other), add(who, other)])
    assert.deepEqual(one, two)
    assert.deepEqual([await count('jottings'), await count('operations'), await count('events')], [2, 2, 2])
    assert.equal(published.length, 2)
    // The id is the author's own: somebody else's is another operation.
    await add(as(), operation)
    assert.equal(await count('jottings'), 3)
  })

  it('refuses an operation id that was used for something else', async () => {
    const [who, operation] = [as(), randomUUID()]
    await add(who, operation)
    await assert.rejects(add(who, operation, 'b'), { code: 'operation-reused' })
    await assert.rejects(dispatcher.dispatch(noteCalls.refuse.name, { text: 'a' }, who, operation), {
      code: 'operation-reused',
    })
    await assert.rejects(dispatcher.dispatch(noteCalls.rain.name, { text: 'a' }, who, operation), {
      code: 'operation-reused',
    })
    assert.equal(await count('jottings'), 1)
  })

  it('leaves nothing of a refused write: no row, no operation, no event, no number, no changed right', async () => {
    const [who, operation] = [as(), randomUUID()]
    await assert.rejects(dispatcher.dispatch(noteCalls.refuse.name, { text: 'a' }, who, operation), {
      code: 'not-open',
    })
    for (const name of ['jottings', 'operations', 'events', 'scope_heads', 'rights_versions'])
      assert.equal(await count(name), 0, name)
    assert.deepEqual(published, [])
    // And so the same operation may be tried again.
    await add(who, operation)
  })

  it('tries a deadlocked write again, whole', async () => {
    await add()
    await add()
    swaps = 0
    let waiting = 0
    let go: () => void = () => undefined
    const both = new Promise<void>(resolve => {
      go = resolve
    })
    // Each holds its first row before either asks for its second: PostgreSQL ends one of them.
    beforeSecond = async () => {
      if (++waiting === 2) go()
      await both
    }
    const [operation, other] = [randomUUID(), randomUUID()]
    await Promise.all([
      dispatcher.dispatch(noteCalls.swap.name, { first: 1, second: 2 }, as(), operation),
      dispatcher.dispatch(noteCalls.swap.name, { first: 2, second: 1 }, as(), other),
    ])
    beforeSecond = undefined
    assert.equal(swaps, 3)
    const rows = await sql<{ text: string }>('select text from jottings order by id')
    assert.deepEqual(
      rows.map(row => row.text),
      ['a++', 'a++'],
    )
  })

  it('lets nothing out that the output does not name', async () => {
    assert.deepEqual(await add(), { id: 1 })
    assert.deepEqual(await dispatcher.dispatch(noteCalls.look.name, {}, as()), { id: 1 })
    assert.ok(published[0] && !published[0].text.includes('hidden'))
  })

  it('refuses a write without an operation, with a wrong one, from nobody, and with more than was asked', async () => {
    const tell = (input: unknown, ctx = as(), operation?: string) =>
      dispatcher.dispatch(noteCalls.add.name, input, ctx, operation)
    await assert.rejects(tell({ text: 'a' }), { code: 'malformed' })
    await assert.rejects(tell({ text: 'a' }, as(), 'mine'), { code: 'malformed' })
    await assert.rejects(tell({ text: 'a' }, testCtx(), randomUUID()), { code: 'not-signed-in' })
    await assert.rejects(tell({ text: 'a', more: 1 }, as(), randomUUID()), { code: 'malformed' })
    await assert.rejects(tell({ text: '\u0000' }, as(), randomUUID()), { code: 'malformed' })
    await assert.rejects(dispatcher.dispatch('notes.none', {}, as()), { code: 'unknown-call' })
    assert.equal(await count('operations'), 0)
  })

  describe('in a storm', () => {
    const drop = (text = 'drop', ctx = as(), operation = randomUUID()) =>
      dispatcher.dispatch(noteCalls.rain.name, { text }, ctx, operation)

    it('commits five hundred in a few transactions, and refuses a bad one alone', async () => {
      const people = Array.from({ length: 500 }, () => as())
      const answers = await Promise.allSettled(people.map((who, at) => drop(at === 250 ? 'bad' : `drop ${at}`, who)))
      assert.equal(answers.filter(answer => answer.status === 'fulfilled').length, 499)
      const refused = answers[250]
      assert.ok(refused?.status === 'rejected' && (refused.reason as Problem).code === 'not-open')
      assert.deepEqual([await count('jottings'), await count('operations')], [499, 499])
      assert.ok(storms <= 8, `${storms} transactions`)
    })

    it('does one operation once, also twice in one group, and answers it again from what is stored', async () => {
      const [who, operation] = [as(), randomUUID()]
      const answers = await Promise.all([
        drop('one', who, operation),
        drop('one', who, operation.toUpperCase() as typeof operation),
      ])
      assert.deepEqual(answers, [{ id: 1 }, { id: 1 }])
      assert.deepEqual(await drop('one', who, operation), { id: 1 })
      assert.deepEqual([await count('jottings'), await count('operations')], [1, 1])
    })

    it('that fails as a whole is tried one by one', async () => {
      const answers = await Promise.allSettled(['a', 'poison', 'b'].map(text => drop(text)))
      assert.deepEqual(
        answers.map(answer => answer.status),
        ['fulfilled', 'rejected', 'fulfilled'],
      )
      assert.deepEqual([await count('jottings'), await count('operations')], [2, 2])
    })

    it('too large to hold says when to come back, and takes no more', async () => {
      let release: () => void = () => undefined
      let running = 0
      const gate = new Promise<void>(resolve => {
        release = resolve
      })
      const slow = createStorm<string, string>(
        'notes.slow',
        {
          storm: async (_ctx, items) => {
            running++
            await gate
            return items.map(item => item.input)
          },
        },
        outside,
        () => testCtx(),
        { gatherMs: 1, groupSize: 2, queueLength: 4, width: 1 },
      )
      const push = () =>
        slow.push({ ctx: testCtx(), operationId: randomUUID() as OperationId, input: 'x' }, randomUUID() as AccountId)
      const begun = [push(), push()]
      await waitFor(() => running === 1, 'the first group')
      const queued = [push(), push(), push(), push()]
      await assert.rejects(push(), { code: 'busy', params: { retryAfter: 2 } })
      release()
      assert.equal((await Promise.all([...begun, ...queued])).length, 6)
    })
  })
})
