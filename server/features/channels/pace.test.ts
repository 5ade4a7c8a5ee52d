// Votes have a pace: whoever taps on and on is told to wait, changes nothing by it, and keeps nobody else waiting.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { liveRoutes } from '#protocol/live.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { transactPlain } from '#server/platform/db/transact.ts'
import { makePerson, startClass } from '#server/test/classes.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { nowhere, whoIs } from '#server/test/record.ts'
import { voteAll } from './actions/topics/vote.ts'
import { voteBudget } from './rules/messages.ts'

describe('the pace of votes', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('is one person’s own', async () => {
    const { run, host, course } = await startClass(node, [])
    const channelId = run.qaId as ChannelId
    const { topicId } = await host.call(topicCalls.post, { channelId, title: 'Who else', body: '', anonymous: false })
    const [quick, calm] = await Promise.all(
      ['Quick', 'Calm'].map(async name => {
        const accountId = await makePerson(course.courseId, 'learner', name)
        await (await signedInClient(node, { accountId })).request(liveRoutes.join, { runId: run.id })
        return accountId
      }),
    )
    const now = new Date()
    const vote = (accountId: AccountId, on: boolean) => ({
      ctx: testCtx({ who: whoIs(accountId), now }),
      operationId: randomUUID() as OperationId,
      input: { topicId, on },
    })
    // All in one moment: the last that counts is an "on", and what is refused takes nothing back.
    const many = Array.from({ length: voteBudget.burst + 5 }, (_, n) => vote(quick ?? assert.fail(), n % 2 === 1))
    const items = [...many, vote(calm ?? assert.fail(), true)]
    const results = await transactPlain(testCtx(), nowhere, ctx => voteAll(ctx, items))
    assert.deepEqual(
      results.map(one => (one instanceof Problem ? one.code : 'taken')),
      [...many.map((_, n) => (n < voteBudget.burst ? 'taken' : 'slow-down')), 'taken'],
    )
    const [row] = await sql<{ votes: number }>('select votes from topics where id = $1', [topicId])
    assert.equal(row?.votes, 2)
  })
})
