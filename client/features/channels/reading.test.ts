// How far somebody has read reaches the server, also where it failed at first.
import assert from 'node:assert/strict'
import { ClientProblem } from '#client/platform/problem.ts'
import { waitFor } from '#server/test/wait-for.ts'
import { readTeller } from './reading.ts'

const quick = { every: 1, again: 1, longest: 4 }

/** A server that fails with these first. */
function telling(...failures: ConstructorParameters<typeof ClientProblem>[0][]) {
  const said: number[] = []
  const teller = readTeller(async number => {
    said.push(number)
    const code = failures.shift()
    if (code) throw new ClientProblem(code)
  }, quick)
  return { said, teller }
}

describe('telling how far somebody has read', () => {
  it('says the last of what was read at once, and nothing that is known', async () => {
    const { said, teller } = telling()
    teller.knows(2)
    for (const number of [1, 2, 3, 4, 4, 3]) teller.read(number)
    await waitFor(() => said.length > 0, 'it to be told')
    teller.read(5)
    await waitFor(() => said.length > 1, 'the next to be told')
    assert.deepEqual(said, [4, 5])
  })

  it('says it again after a failure, with nothing more to read', async () => {
    const { said, teller } = telling('offline', 'busy', 'internal')
    teller.read(7)
    await waitFor(() => said.length === 4, 'it to be told')
    assert.deepEqual(said, [7, 7, 7, 7])
  })

  it('takes a refusal for an answer, until more is read', async () => {
    const { said, teller } = telling('not-found')
    teller.read(7)
    await waitFor(() => said.length > 0, 'it to be told')
    teller.read(7)
    teller.read(8)
    await waitFor(() => said.length > 1, 'more to be told')
    assert.deepEqual(said, [7, 8])
  })
})
