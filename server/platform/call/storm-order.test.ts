// Storms commit in several groups at once; what one person sends must not be overtaken by what they sent after it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { closeDatabase, connectDatabase } from '#server/platform/db/sequelize.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { createStorm } from './storm.ts'

describe('a storm', () => {
  before(async () => {
    connectDatabase((await testDatabase()).url)
    atEndOfFile(closeDatabase)
  })

  it('keeps the order of one person while others go on beside them', async () => {
    const done: string[] = []
    const gates: (() => void)[] = []
    const outside = { publish: () => undefined, rightsChanged: () => undefined, enqueue: async () => undefined }
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
})
