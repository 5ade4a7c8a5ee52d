// Announcements: staff write them, everybody in the course reads them, and they stand on Today until they are read.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import { Problem } from '#protocol/base/problems.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { todayRoutes } from '#protocol/today.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('announcements', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('lets staff announce, with a title, and readers answer only where they may', async () => {
    const { courseId, instructorId } = await makeCourse()
    const staff = await signedInClient(node, { accountId: instructorId })
    const ada = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Ada Lovelace') })
    const ben = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Ben Okri') })
    const channels = (await ada.request(inboxRoutes.list, { courseId })).items
    const channelId = channels.find(one => one.channel.form === 'announcements')?.channel.id ?? assert.fail()
    await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Mine' }), refusedAs('staff-begins'))
    const user = await ben.subscribe(userScope, ben.accountId)
    const before = user.state().changed.courses
    const state = await assertConverges(ada, channelScope, channelId, () =>
      staff.call(channelCalls.send, { channelId, title: 'Lab moved', text: 'Room 4 from Monday.' }),
    )
    const message = state.messages[0] ?? assert.fail()
    assert.equal(message.title, 'Lab moved')
    await user.until(now => now.changed.courses > before, 'word of an announcement')
    const { items } = await ben.request(todayRoutes.list, {})
    assert.deepEqual(
      items.map(one => [one.kind, one.item.kind, one.title, one.courseId, one.detail.count]),
      [['unread', 'announcements', 'Lab moved', courseId, 1]],
    )
    // Another of their devices takes it off Today as well.
    await assertConverges(ben, userScope, ben.accountId, () =>
      ben.call(channelCalls.markRead, { channelId, number: 1 }),
    )
    assert.deepEqual((await ben.request(todayRoutes.list, {})).items, [])
    const answer = { channelId, text: 'Thank you', replyTo: message.id }
    await assert.rejects(ada.call(channelCalls.send, answer), refusedAs('answers-off'))
    await assert.rejects(
      ada.request(inboxRoutes.change, { channelId, version: 0, replies: true }),
      refusedAs('not-allowed'),
    )
    await assertConverges(ada, channelScope, channelId, () =>
      staff.request(inboxRoutes.change, { channelId, version: 0, replies: true }),
    )
    await ada.call(channelCalls.send, answer)
    await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Mine' }), refusedAs('staff-begins'))
    await assert.rejects(ada.call(channelCalls.send, { ...answer, title: 'No' }), refusedAs('malformed'))
    const edited = { messageId: message.id, version: 0, text: 'Room 5.' }
    await assert.rejects(ada.call(channelCalls.edit, edited), refusedAs('not-yours'))
    await staff.call(channelCalls.edit, edited)
  })
})
