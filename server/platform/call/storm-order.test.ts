// Storms commit in several groups and on several nodes at once: what one person sends must not be overtaken by what they
// sent after it, and what two nodes have of one operation is done once.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import type { Ctx } from '../ctx.ts'
import type { StormHandler } from '../feature.ts'
import { createStorm } from './storm.ts'

const outside = {
  publish: () => undefined,
  rightsChanged: () => undefined,
  enqueue: async () => undefined,
  enqueued: () => undefined,
}

describe('a storm', () => {
  before(async () => {
    connectDatabase((await testDatabase()).url)
    atEndOfFile(closeDatabase)
    await sql('create table drops (text text)')
  })

  it('keeps the order of one person while others go on beside them', async () => {
    const done: string[] = []
    const gates: (() => void)[] = []
    const storm = createStorm<string, string>(
      'test.storm',
      {
        storm: async (_ctx, items) => {
          // The first group is held until the test lets it go.
          if (items.some(item => item.input === 'ann 1')) await new Promise<void>(resolve => gates.push(resolve))
          for (const item of items) done.push(item.input)
          return items.map(item => item.input)
        },
      },
      outside,
      () => testCtx(),
    )
    const [ann, ben] = [randomUUID() as AccountId, randomUUID() as AccountId]
    const push = (author: AccountId, input: string) =>
      storm.push({ ctx: testCtx(), operationId: randomUUID() as OperationId, input }, author)
    const first = push(ann, 'ann 1')
    await waitFor(() => gates.length === 1, 'the first group to run')
    const second = push(ann, 'ann 2')
    await push(ben, 'ben')
    assert.deepEqual(done, ['ben'])
    gates[0]?.()
    await Promise.all([first, second])
    assert.deepEqual(done, ['ben', 'ann 1', 'ann 2'])
  })

  it('tells the log why a group failed although each of it succeeds alone, and of one it decided nothing about', async () => {
    const told: unknown[] = []
    const log = { error: (entry: object) => told.push(entry) } as unknown as Ctx['log']
    const storm = createStorm<string, string>(
      'test.alone',
      {
        storm: async (_ctx, items) => {
          if (items.length > 1) throw new Error('not together')
          return items.flatMap(item => (item.input === 'forgotten' ? [] : [item.input]))
        },
      },
      outside,
      () => testCtx({ log }),
    )
    const push = (input: string) =>
      storm.push({ ctx: testCtx(), operationId: randomUUID() as OperationId, input }, randomUUID() as AccountId)
    assert.deepEqual(await Promise.all([push('one'), push('two')]), ['one', 'two'])
    const [entry] = told as { err: Error; call: string; items: number }[]
    assert.deepEqual([told.length, entry?.err.message, entry?.call, entry?.items], [1, 'not together', 'test.alone', 2])
    // A fault, which its door logs; never a Problem.
    const fault = await push('forgotten').catch((error: unknown) => error)
    assert.ok(fault instanceof Error && !(fault instanceof Problem))
  })

  it('says that an answer is gone, and repeats nothing, when it was taken out of what is kept', async () => {
    const turns: string[] = []
    const storm = createStorm<string, object>(
      'test.gone',
      {
        storm: async (_ctx, items) => {
          turns.push(...items.map(item => item.input))
          return items.map(item => ({ said: item.input }))
        },
      },
      outside,
      () => testCtx(),
    )
    const [author, operationId] = [randomUUID() as AccountId, randomUUID() as OperationId]
    const push = () => storm.push({ ctx: testCtx(), operationId, input: 'x' }, author)
    assert.deepEqual(await push(), { said: 'x' })
    assert.deepEqual(await push(), { said: 'x' })
    await sql('update operations set result = null where author = $1', [author])
    await assert.rejects(push(), (error: unknown) => error instanceof Problem && error.code === 'answer-gone')
    assert.deepEqual(turns, ['x'])
  })

  // Two storms of one name are two nodes: they know of each other by the database alone.
  async function race(late: StormHandler<string, string>['storm'], input = 'x') {
    const [author, operationId] = [randomUUID() as AccountId, randomUUID() as OperationId]
    const item = (text: string) => ({ ctx: testCtx(), operationId, input: text })
    const write: StormHandler<string, string>['storm'] = async (ctx, items) => {
      await ctx.sql('insert into drops (text) select unnest($1::text[])', [items.map(one => one.input)])
      return items.map(one => `first ${one.input}`)
    }
    const first = createStorm<string, string>('test.twins', { storm: write }, outside, () => testCtx())
    let turns = 0
    const second = createStorm<string, string>(
      'test.twins',
      {
        storm: async (ctx, items) => {
          turns++
          // It was not there when this group asked; it is when the group writes.
          const known = await sql<{ one: number }>('select 1 as one from operations where operation = $1', [
            operationId,
          ])
          if (known.length === 0) await first.push(item('x'), author)
          return late(ctx, items)
        },
      },
      outside,
      () => testCtx(),
    )
    const told = await second.push(item(input), author).catch((error: Problem) => error.code)
    return { told, turns }
  }

  it('gives the stored result when another node committed the operation first, and undoes its own', async () => {
    const writes: StormHandler<string, string>['storm'] = async (ctx, items) => {
      await ctx.sql('insert into drops (text) select unnest($1::text[])', [items.map(one => one.input)])
      return items.map(one => `second ${one.input}`)
    }
    assert.deepEqual(await race(writes), { told: 'first x', turns: 1 })
    const rows = await sql<{ text: string }>('select text from drops')
    assert.deepEqual(rows, [{ text: 'x' }])
    await sql('truncate drops')
    assert.equal((await race(writes, 'another input')).told, 'operation-reused')
  })

  it('takes no refusal for an answer that only echoes what the other node has written', async () => {
    const refuses: StormHandler<string, string>['storm'] = async (_ctx, items) =>
      items.map(() => new Problem('already-answered'))
    assert.deepEqual(await race(refuses), { told: 'first x', turns: 1 })
  })
})
