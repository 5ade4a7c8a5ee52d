// What the store of one scope owes, told without a server: frames and answers are handed to it by the test.
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { defineScope } from '#protocol/base/scope.ts'
import { openScopeStore } from './scope-store.ts'

const tally = defineScope({
  name: 'tally',
  state: z.object({ sum: z.int() }),
  feeds: { added: z.object({ by: z.int() }) },
  fleeting: {},
  apply: (state, event) => ({ sum: state.sum + event.body.by }),
})

const settled = () => new Promise(resolve => setImmediate(resolve))

describe('a scope nobody looks at for a moment', () => {
  it('asks for what it was told to ask for, once somebody looks again', async () => {
    const asked: (number | undefined)[] = []
    const store = openScopeStore(tally, {
      online: () => true,
      subscribe: async since => {
        asked.push(since)
        return since === undefined
          ? { mode: 'snapshot', head: 3, state: { sum: 6 }, fleeting: [] }
          : { mode: 'events', head: 4, events: [{ s: 'tally:1', n: 4, k: 'added', b: { by: 4 } }], fleeting: [] }
      },
      unsubscribe: () => undefined,
      later: () => setTimeout(() => undefined, 0),
      cancel: () => undefined,
      lingerMs: 1_000,
    })
    const release = store.open()
    await settled()
    assert.deepEqual([asked, store.status.value], [[undefined], 'live'])
    release()
    store.take([{ s: 'tally:1', k: 'resume', b: {} }])
    await settled()
    assert.deepEqual(asked, [undefined])
    store.open()
    await settled()
    assert.deepEqual([asked, store.state.value], [[undefined, 3], { sum: 10 }])
  })
})
