// Who somebody is, as a channel tells it: after another name, another account, or none any more, whoever followed sees
// what a newcomer reads. The log keeps nothing of an account that is over, nor of words that were said otherwise since.
import assert from 'node:assert/strict'
import { accountRoutes } from '#protocol/accounts.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { channelCalls, channelRoutes, channelScope } from '#protocol/channels.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { jobsDone } from './crossing.fixture.ts'

describe('who somebody is, in a channel', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  /** A class's chat in which somebody spoke, was answered by name, reacted to that, and took something back. */
  async function talk(name: string) {
    const { run, host, code, course } = await startClass(node)
    const { channelId } = run
    const one = await guestClient(node, code, name)
    const accountId = one.hellos.at(-1)?.accountId as never
    const watching = await host.subscribe(channelScope, channelId)
    const { messageId } = await one.call(channelCalls.send, { channelId, text: 'First' })
    const answer = await host.call(channelCalls.send, {
      channelId,
      text: 'Well said',
      replyTo: messageId,
      mentions: [accountId],
    })
    await one.call(channelCalls.react, { messageId: answer.messageId, emoji: '👍', set: 'on' })
    const back = await one.call(channelCalls.send, { channelId, text: 'Taken back' })
    await one.call(channelCalls.remove, { messageId: back.messageId })
    const same = async () => {
      const newcomer = await signedInClient(node, { accountId: course.instructorId })
      // What was told last may still be on its way.
      await waitFor(async () => {
        const fresh = await newcomer.subscribe(channelScope, channelId)
        assert.equal(watching.head(), fresh.head())
        assert.deepEqual(watching.state(), fresh.state())
        return true
      }, 'the same for who followed and who comes')
    }
    return { channelId, one, host, course, code, accountId, watching, messageId, same }
  }

  const told = async (channelId: string, words: string) =>
    (
      await sql<{ kind: string }>(`select kind from events where scope = $1 and body::text like $2`, [
        `channel:${channelId}`,
        `%${words}%`,
      ])
    ).map(row => row.kind)

  it('is told anew under another name', async () => {
    const { one, watching, same } = await talk('Old Name')
    const { account } = await one.request(accountRoutes.me)
    await one.request(accountRoutes.changeProfile, { version: account?.version ?? 0, name: 'New Name' })
    await watching.until(now => {
      const [first, answer, back] = now.messages
      return (
        first?.authorName === 'New Name' &&
        answer?.replyTo?.authorName === 'New Name' &&
        answer.mentions[0]?.name === 'New Name' &&
        back?.authorName === 'New Name'
      )
    }, 'the new name')
    await same()
  })

  it('keeps what was said before an edit from whoever comes after it', async () => {
    const { channelId, one, code, watching, messageId, same } = await talk('Edda')
    await one.call(channelCalls.edit, { messageId, version: 0, text: 'Second thoughts' })
    await watching.until(now => now.messages[0]?.text === 'Second thoughts', 'the edit')
    await same()
    const late = await guestClient(node, code, 'Late Larry')
    await assert.rejects(late.request(channelRoutes.versions, { messageId }), { code: 'not-allowed' })
    const { mode } = await late.call(realtimeCalls.subscribe, { scope: `channel:${channelId}`, since: 0 })
    assert.equal(mode, 'snapshot')
    assert.deepEqual(await told(channelId, 'First'), [])
  })

  it('is told anew as the account it became, and the log knows the other no more', async () => {
    const { channelId, accountId, course, watching, same } = await talk('A guest')
    const member = await makePerson(course.courseId, 'learner', 'The Member')
    await node.as({ kind: 'nobody' }).act(ctx => mergeAccounts(ctx, accountId, member))
    await jobsDone()
    await watching.until(now => {
      const [first, answer, back] = now.messages
      return (
        first?.authorId === member &&
        answer?.replyTo?.authorId === member &&
        answer.reactions[0]?.by[0] === member &&
        back?.authorId === member
      )
    }, 'the member')
    await same()
    assert.deepEqual(await told(channelId, accountId), [])
  })

  it('is forgotten with all that was removed before, by whoever removed everything they said', async () => {
    const name = 'Unmistakable Ulla'
    const { channelId, one, accountId, watching, messageId, same } = await talk(name)
    await one.call(channelCalls.remove, { messageId })
    assert.ok((await told(channelId, name)).includes('messageRemoved'))
    await node.as({ kind: 'nobody' }).act(ctx => eraseAccount(ctx, accountId))
    await jobsDone()
    await watching.until(now => now.messages.every(one => !JSON.stringify(one).includes(name)), 'the name to go')
    await same()
    assert.deepEqual(await told(channelId, name), [])
  })
})
