// Words and transactions that cross: what is told is what stands, and what was taken away is told to nobody afterwards,
// whichever of two acts commits first.
import assert from 'node:assert/strict'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumScope, forumStaffScope, topicScope } from '#protocol/channels/topics.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { crossed } from '#server/test/crossing.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { editMessage, removeMessage } from './actions/change.ts'
import { acceptAnswer } from './actions/topics/answer.ts'
import { hideTopic } from './actions/topics/moderate.ts'
import { retellTopic } from './actions/topics/retell.ts'
import { acting, forumOf, loggedWith } from './crossing.fixture.ts'
import { findCourseChannel } from './queries/channel.ts'

const secret = 'words-that-were-taken'

describe('acts of talk that cross', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function school() {
    const { courseId, instructorId } = await makeCourse()
    const inside = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(courseId, 'learner', name) })
    const [ada, ben] = [await inside('Ada'), await inside('Ben')]
    const staff = await signedInClient(node, { accountId: instructorId })
    const chat = (await findCourseChannel(testCtx(), courseId, 'chat'))?.id ?? assert.fail()
    return { courseId, staff, ada, ben, chat, forum: await forumOf(courseId) }
  }
  type School = Awaited<ReturnType<typeof school>>
  type Person = School['ada']

  /** Ada's words, answered by Ben. */
  async function answered({ ada, ben, chat: channelId }: School) {
    const { messageId } = await ada.call(channelCalls.send, { channelId, text: secret })
    const answer = await ben.call(channelCalls.send, { channelId, text: 'I see', replyTo: messageId })
    return { messageId, answerId: answer.messageId }
  }

  /** A topic of Ada's, answered by Ben. */
  async function discussed({ ada, ben, forum: channelId }: School) {
    const { topicId, messageId } = await ada.call(topicCalls.post, {
      ...{ channelId, title: 'Why', body: 'Tell me', anonymous: false },
    })
    const reply = await ben.call(topicCalls.reply, { topicId, text: secret, anonymous: false })
    return { topicId, messageId, replyId: reply.messageId }
  }

  const by = (who: Person) => acting(node, who.accountId)
  const thumb = (who: Person, messageId: Awaited<ReturnType<typeof answered>>['messageId']) =>
    who.call(channelCalls.react, { messageId, emoji: '👍', set: 'on' })

  for (const first of ['the edit', 'the removal'])
    it(`tells no words of a removed message in an answer that is edited meanwhile: ${first} is written first`, async () => {
      const all = await school()
      const { staff, ada, ben, chat } = all
      const { messageId, answerId } = await answered(all)
      const words = { messageId: answerId, version: 0, text: 'I see now' }
      const state = await assertConverges(staff, channelScope, chat, () =>
        first === 'the edit'
          ? crossed(
              by(ben),
              ctx => editMessage(ctx, words),
              () => ada.call(channelCalls.remove, { messageId }),
            )
          : crossed(
              by(ada),
              ctx => removeMessage(ctx, messageId),
              () => ben.call(channelCalls.edit, words),
            ),
      )
      assert.deepEqual([state.messages[1]?.text, state.messages[1]?.replyTo?.text], ['I see now', null])
      assert.deepEqual(await loggedWith('channel', chat, secret), [])
    })

  it('tells no words of a removed message in the removal of its answer', async () => {
    const all = await school()
    const { staff, ada, ben, chat } = all
    const { messageId, answerId } = await answered(all)
    await assertConverges(staff, channelScope, chat, () =>
      crossed(
        by(ben),
        ctx => removeMessage(ctx, answerId),
        () => ada.call(channelCalls.remove, { messageId }),
      ),
    )
    assert.deepEqual(await loggedWith('channel', chat, secret), [])
  })

  it('keeps no words of an answer in the log that was accepted while it was removed', async () => {
    const all = await school()
    const { staff, ada, ben, forum } = all
    const { topicId, replyId } = await discussed(all)
    const state = await assertConverges(staff, forumScope, forum, () =>
      assertConverges(staff, topicScope, topicId, () =>
        crossed(
          by(ada),
          ctx => acceptAnswer(ctx, { topicId, messageId: replyId }),
          () => ben.call(channelCalls.remove, { messageId: replyId }),
        ),
      ),
    )
    assert.equal(state.topics[0]?.outcome, 'open')
    assert.deepEqual(await loggedWith('topic', topicId, secret), [])
  })

  it('tells an accepted answer with the reactions it has', async () => {
    const all = await school()
    const { topicId, replyId } = await discussed(all)
    const state = await assertConverges(all.staff, topicScope, topicId, () =>
      crossed(
        by(all.ada),
        ctx => acceptAnswer(ctx, { topicId, messageId: replyId }),
        () => thumb(all.ben, replyId),
      ),
    )
    assert.equal(state.accepted?.reactions[0]?.count, 1)
  })

  for (const first of ['the edit', 'the hiding'])
    it(`tells nothing of a hidden topic that is edited meanwhile: ${first} is written first`, async () => {
      const all = await school()
      const { staff, ben } = all
      const { topicId, replyId } = await discussed(all)
      const words = { messageId: replyId, version: 0, text: 'other-words-of-it' }
      const edit = () => ben.call(channelCalls.edit, words).catch(() => undefined)
      await assertConverges(ben, topicScope, topicId, () =>
        first === 'the edit'
          ? crossed(
              by(ben),
              ctx => editMessage(ctx, words),
              () => staff.call(topicCalls.hide, { topicId, on: true }),
            )
          : crossed(by(staff), ctx => hideTopic(ctx, { topicId, on: true }), edit),
      )
      assert.deepEqual(await loggedWith('topic', topicId, words.text), [])
      assert.equal((await loggedWith('topic', topicId, '')).at(-1), 'topicHidden')
    })

  it('tells no reaction in a topic that is hidden meanwhile', async () => {
    const all = await school()
    const { topicId, replyId } = await discussed(all)
    await crossed(
      by(all.staff),
      ctx => hideTopic(ctx, { topicId, on: true }),
      () => thumb(all.ben, replyId).catch(() => undefined),
    )
    assert.deepEqual(await loggedWith('topic', topicId, ''), ['topicHidden'])
  })

  it('tells a topic anew with the reactions it has, shown again or told again', async () => {
    const all = await school()
    const { topicId, replyId } = await discussed(all)
    const again = await assertConverges(all.ben, topicScope, topicId, () =>
      crossed(
        by(all.staff),
        ctx => retellTopic(ctx, topicId, 'keep'),
        () => thumb(all.ada, replyId),
      ),
    )
    assert.equal(again.posts[0]?.reactions[0]?.count, 1)
  })

  it('names everybody behind what has no name to staff, who was told anew meanwhile', async () => {
    const all = await school()
    const { staff, ada, forum: channelId } = all
    await staff.call(topicCalls.changePolicy, {
      ...{ channelId, version: 0, anonymous: true, approval: false, openers: 'everybody' },
    })
    const { topicId } = await discussed(all)
    const state = await assertConverges(staff, forumStaffScope, channelId, () =>
      crossed(
        by(staff),
        ctx => retellTopic(ctx, topicId, 'keep'),
        () => ada.call(topicCalls.post, { channelId, title: 'Shyly', body: '', anonymous: true }),
      ),
    )
    assert.deepEqual(
      state.authors.map(one => one.name),
      ['Ada'],
    )
  })
})
