// What the store of one scope owes, told without a server: frames and answers are handed to it by the test.
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { defineScope } from '#protocol/base/scope.ts'
import { waitFor } from '#server/test/wait-for.ts'
import { openScopeStore } from './scope-store.ts'

const tally = defineScope({
  name: 'tally',
  state: z.object({ sum: z.int() }),
  feeds: { added: z.object({ by: z.int() }) },
  fleeting: {},
  apply: (state, event) => ({ sum: state.sum + event.body.by }),
})

const settled = () => new Promise(resolve => setImmediate(resolve))

describe('whoever holds more of a scope than its state', () => {
  it('hears each event once it is folded in, in order, and of a state that came anew', async () => {
    const states = [
      { mode: 'snapshot', head: 3, state: { sum: 6 }, fleeting: [] },
      { mode: 'snapshot', head: 9, state: { sum: 20 }, fleeting: [] },
    ]
    const store = openScopeStore(tally, {
      online: () => true,
      subscribe: async () => states.shift(),
      unsubscribe: () => undefined,
      later: (_ms, run) => setTimeout(run, 0),
      cancel: timer => clearTimeout(timer),
      lingerMs: 1_000,
    })
    const heard: unknown[] = []
    const end = store.hear({ told: ({ seq, body }) => heard.push([seq, body.by]), anew: () => heard.push('anew') })
    store.open()
    await settled()
    const added = (n: number, by: number) => ({ s: 'tally:1', n, k: 'added', b: { by } })
    store.take([added(4, 1), added(3, 5), added(5, 2)])
    assert.deepEqual([heard, store.state.value], [['anew', [4, 1], [5, 2]], { sum: 9 }])
    // What cannot be folded has the state read anew: nobody was told of it.
    store.take([{ s: 'tally:1', n: 6, k: 'unheard of', b: {} }])
    await waitFor(() => store.head.value === 9, 'the state anew')
    assert.deepEqual(heard.slice(3), ['anew'])
    end()
    store.take([added(10, 1)])
    assert.equal(heard.length, 4)
  })
})

describe('a value of the moment', () => {
  const counted = defineScope({ ...tally, name: 'counted', fleeting: { answered: z.object({ count: z.int() }) } })

  it('that came while the state was asked for is newer than the one the answer brings', async () => {
    let answer: (value: unknown) => void = () => undefined
    const store = openScopeStore(counted, {
      online: () => true,
      subscribe: () => new Promise(resolve => (answer = resolve)),
      unsubscribe: () => undefined,
      later: (_ms, run) => setTimeout(run, 0),
      cancel: timer => clearTimeout(timer),
      lingerMs: 1_000,
    })
    store.open()
    const value = (count: number) => ({ s: 'counted:1', k: 'answered', b: { count } })
    store.take([value(5)])
    answer({ mode: 'snapshot', head: 3, state: { sum: 6 }, fleeting: [value(4)] })
    await settled()
    assert.deepEqual([store.state.value, store.fleeting.value.answered], [{ sum: 6 }, { count: 5 }])
    store.take([value(6)])
    assert.deepEqual(store.fleeting.value.answered, { count: 6 })
  })
})

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
