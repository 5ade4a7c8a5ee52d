// Votes from two processes at once: everybody counts once, the figure is exact on every screen.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumScope, topicScope } from '#protocol/channels/topics.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { liveRoutes } from '#protocol/live.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { makePerson, startClass } from '#server/test/classes.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testDatabase } from '#server/test/harness.ts'
import { type NodeProcess, nodeProcess } from '#server/test/node-process.ts'

describe('votes on two nodes', () => {
  let one: NodeProcess
  let two: NodeProcess
  before(async () => {
    const { url: databaseUrl } = await testDatabase()
    connectDatabase(databaseUrl)
    atEndOfFile(closeDatabase)
    const secretKey = randomBytes(32).toString('hex')
    ;[one, two] = await Promise.all([nodeProcess({ databaseUrl, secretKey }), nodeProcess({ databaseUrl, secretKey })])
  })

  it('counts 50 people who vote, take it back and vote again as 50', async () => {
    const { run, host, course } = await startClass(one, [])
    const channelId = run.qaId as ChannelId
    const { topicId } = await host.call(topicCalls.post, { channelId, title: 'Who else', body: '', anonymous: false })
    const voters = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const accountId = await makePerson(course.courseId, 'learner', `Voter ${n}`)
        const client = await signedInClient(n % 2 === 0 ? one : two, { accountId })
        await client.request(liveRoutes.join, { runId: run.id })
        return client
      }),
    )
    const [near, far] = await Promise.all([
      voters[0]!.subscribe(forumScope, channelId),
      voters[1]!.subscribe(topicScope, topicId),
    ])
    // Each twice at the same moment, every third with a change of mind between.
    await Promise.all(
      voters.map(async (voter, n) => {
        await Promise.all([1, 2].map(() => voter.call(topicCalls.vote, { topicId, on: true })))
        if (n % 3 > 0) return
        await voter.call(topicCalls.vote, { topicId, on: false })
        await voter.call(topicCalls.vote, { topicId, on: true })
      }),
    )
    await near.until(state => state.topics[0]?.votes === 50)
    await far.until(state => state.topic.votes === 50)
    const [row] = await sql<{ votes: number; rows: number }>(
      'select votes, (select count(*)::int from topic_votes where topic_id = $1) as rows from topics where id = $1',
      [topicId],
    )
    assert.deepEqual(row, { votes: 50, rows: 50 })
  })
})
