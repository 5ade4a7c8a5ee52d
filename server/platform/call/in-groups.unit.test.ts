// What many ask at once is asked together, nobody's failure is another's, and nothing is read before it was asked.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { inGroups } from './in-groups.ts'

/** A question that is answered when the test says so. */
function held(
  answer: (key: number) => number = key => key * 2,
  failed?: (error: unknown, keys: readonly number[]) => void,
) {
  const groups: { keys: readonly number[]; release: () => void }[] = []
  const ask = inGroups<number, number>(
    keys =>
      new Promise((resolve, reject) => {
        const release = () => {
          try {
            resolve(keys.map(answer))
          } catch (error) {
            reject(error)
          }
        }
        groups.push({ keys, release })
      }),
    { most: 3, width: 1 },
    failed,
  )
  return { ask, groups }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

describe('questions in groups', () => {
  it('go at once when nothing is under way, and together while something is', async () => {
    const { ask, groups } = held()
    const asked = [1, 2, 3, 4, 5].map(ask)
    for (let group = 0; group < 3; group++) {
      groups[group]?.release()
      await turn()
    }
    assert.deepEqual(await Promise.all(asked), [2, 4, 6, 8, 10])
    assert.deepEqual(
      groups.map(group => group.keys),
      [[1], [2, 3, 4], [5]],
    )
  })

  it('are asked one by one when their group fails, so that one does not fail its neighbours; it is told why', async () => {
    const told: unknown[] = []
    const { ask, groups } = held(
      key => {
        if (key === 3) throw new Error('not this one')
        return key
      },
      (error, keys) => told.push([(error as Error).message, keys]),
    )
    const asked = [1, 2, 3, 4].map(key => ask(key).catch((error: Error) => error.message))
    for (let group = 0; group < 5; group++) {
      groups[group]?.release()
      await turn()
    }
    assert.deepEqual(await Promise.all(asked), [1, 2, 'not this one', 4])
    assert.deepEqual(told, [['not this one', [2, 3, 4]]])
  })

  it('fail together when the database is lost, and are not taken without end', async () => {
    let asked = 0
    const ask = inGroups<number, number>(
      async () => {
        asked++
        throw Object.assign(new Error('no connection'), { code: 'ECONNREFUSED' })
      },
      { most: 10, width: 1, waiting: 3 },
    )
    const told = await Promise.all([1, 2, 3, 4, 5].map(key => ask(key).catch((error: { code: string }) => error.code)))
    assert.deepEqual(told, ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED', 'busy'])
    assert.equal(asked, 2)
  })

  it('carry nothing of the call of whoever came first', async () => {
    const call = new AsyncLocalStorage<string>()
    const seen: (string | undefined)[] = []
    const ask = inGroups<number, number>(async keys => {
      seen.push(call.getStore())
      return keys
    })
    await Promise.all(['first', 'second', 'third'].map((who, index) => call.run(who, () => ask(index))))
    assert.deepEqual(new Set(seen), new Set([undefined]))
  })
})
