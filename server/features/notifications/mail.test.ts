// Notifications by mail: gathered into one for who wants them, never what was read or may no longer be seen, ended and
// brought back by the link in it, also in the one click that mail programs make.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId } from '#protocol/base/ids.ts'
import { type Notification, notificationRoutes } from '#protocol/notifications.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { createTranslate } from '#protocol/texts/text.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { type MailServer, mailServer } from '#server/test/mail-server.ts'
import { mailJob } from './actions/mail.ts'
import { tellOne } from './actions/tell.ts'
import { happenedIn, mailTime, pageOf } from './rules.ts'
import { notificationStates } from './tables.ts'

describe('notifications by mail', () => {
  let node: TestNode
  let post: MailServer
  let course: TestCourse
  before(async () => {
    post = await mailServer()
    node = await testNode({ config: await post.config() })
    course = await makeCourse('Cells & <leaves>')
  })

  const reader = async () => {
    const accountId = await makePerson(course.courseId, 'learner', 'Reader')
    const [row] = await sql<{ email: string }>('select email from accounts where id = $1', [accountId])
    // That they were enrolled is told by the node some seconds after: no mail of a test is to meet it half-way.
    await waitFor(
      async () => (await sql('select from notifications where account_id = $1', [accountId])).length > 0,
      'the word that they were enrolled',
      20_000,
    )
    return { ...(await signedInClient(node, { accountId })), accountId, email: row?.email ?? assert.fail() }
  }
  const tell = (accountId: AccountId, kind: 'enrolled' | 'result' = 'enrolled', refId: string = course.courseId) =>
    node
      .as({ kind: 'nobody' })
      .act(ctx =>
        tellOne(ctx, accountId, { kind, source: randomUUID(), refId, courseId: course.courseId, messageId: null }),
      )
  /** Does what is planned for later now. */
  const hasten = async (accountId: AccountId) => {
    const state = await notificationStates.findByPk(accountId, { raw: true, rejectOnEmpty: true })
    const at = state.mailAt?.toISOString() ?? assert.fail('no mail is planned')
    await node.as({ kind: 'nobody' }).act(ctx => ctx.enqueue(mailJob, { accountId, at }))
    await waitFor(
      async () => (await notificationStates.findByPk(accountId, { raw: true }))?.mailAt === null,
      'the mail to be written',
    )
  }
  const mailsTo = (email: string) => post.taken.filter(mail => mail.to.includes(email))

  it('come as one, of what is unread, in the reader’s language, and once', async () => {
    const one = await reader()
    await tell(one.accountId)
    assert.equal((await notificationStates.findByPk(one.accountId))?.mailAt, null)
    await one.request(notificationRoutes.markAllRead, {})
    await one.request(notificationRoutes.changeMail, { rhythm: 'soon' })
    await tell(one.accountId)
    await tell(one.accountId)
    // Gone from the list: what one may not see is no more told by mail.
    await tell(one.accountId, 'result', randomUUID())
    await hasten(one.accountId)
    const mail = await waitFor(() => mailsTo(one.email)[0], 'the mail')
    assert.equal(mail.headers.subject, '1 notification you have not read')
    assert.match(mail.text, /You were added to a course\r\nCells & <leaves>\r\n/)
    assert.match(mail.html, /Cells &amp; &lt;leaves&gt;/)
    assert.doesNotMatch(mail.text, /New result/)

    await one.request(notificationRoutes.markAllRead, {})
    await tell(one.accountId)
    await one.request(notificationRoutes.markAllRead, {})
    await hasten(one.accountId)
    assert.equal(mailsTo(one.email).length, 1)
  })

  it('end by one click of a mail program, and by the page, and come again', async () => {
    const one = await reader()
    await one.request(notificationRoutes.changeMail, { rhythm: 'daily' })
    await tell(one.accountId)
    await hasten(one.accountId)
    const mail = await waitFor(() => mailsTo(one.email)[0], 'the mail')
    assert.equal(mail.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')
    const address = /^<(.*)>$/.exec(mail.headers['list-unsubscribe'] ?? '')?.[1] ?? assert.fail()
    const form = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }
    assert.equal((await fetch(address, form)).status, 200)
    assert.equal((await one.request(notificationRoutes.getMail)).rhythm, 'off')
    const token = address.split('/').at(-1) ?? ''
    const stranger = await strangerClient(node)
    await stranger.request(notificationRoutes.leaveMail, { token, rhythm: 'daily' })
    assert.deepEqual(await stranger.request(notificationRoutes.leaveMail, { token }), { before: 'daily' })
    const forged = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
    await assert.rejects(stranger.request(notificationRoutes.leaveMail, { token: forged }), { code: 'link-unknown' })
    // A form of another page opens nothing that needs a session, nor may it come from elsewhere.
    assert.equal((await fetch(address, { ...form, headers: { origin: 'https://elsewhere.example' } })).status, 403)
  })

  it('lead to the place itself, as the tray does', () => {
    const [refId, courseId] = [randomUUID(), randomUUID()]
    const at = (place: Notification['place'], course: Notification['course'] = { id: courseId, title: 'Cells' }) =>
      pageOf({ place, course } as Notification, 'me')
    const channel = { at: 'channel', channelId: refId, runId: null, number: 7 } as const
    assert.equal(at({ ...channel, form: 'announcements' }), `/courses/${courseId}/announcements?at=7`)
    assert.equal(at({ ...channel, form: 'direct' }, null), `/inbox/${refId}?at=7`)
    assert.equal(
      at({ at: 'topic', topicId: refId, messageId: refId, number: 2 }),
      `/courses/${courseId}/forum/${refId}?at=2`,
    )
    assert.equal(at({ at: 'grade', gradeItemId: refId }), `/courses/${courseId}/grades/${refId}/me`)
    assert.equal(at({ at: 'homework', deliveryId: refId }), `/quizzes/${refId}`)
    assert.equal(at({ at: 'assignment', assignmentId: refId }), `/courses/${courseId}/assignments/${refId}`)
  })

  it('call an assignment an assignment', () => {
    const t = createTranslate(textsIn('en'), 'en')
    const said = (kind: 'homework' | 'due', place: Notification['place']) =>
      happenedIn(t, { kind, place, count: 1, name: null } as Notification)
    const work = { at: 'assignment', assignmentId: randomUUID() } as const
    assert.deepEqual([said('homework', work), said('due', work)], ['New assignment', 'Assignment due within a day'])
    assert.equal(said('homework', { at: 'homework', deliveryId: randomUUID() }), 'New homework')
  })

  it('leave in the morning of the reader’s place, and never at night', () => {
    const at = (rhythm: 'daily' | 'soon', now: string) => mailTime(rhythm, 'Europe/Berlin', new Date(now)).toISOString()
    assert.equal(at('daily', '2026-11-30T05:00:00Z'), '2026-11-30T06:00:00.000Z')
    assert.equal(at('daily', '2026-11-30T10:00:00Z'), '2026-12-01T06:00:00.000Z')
    assert.equal(at('soon', '2026-11-30T10:00:00Z'), '2026-11-30T10:10:00.000Z')
    assert.equal(at('soon', '2026-11-30T20:55:00Z'), '2026-12-01T06:00:00.000Z')
    assert.equal(at('soon', '2026-11-30T23:30:00Z'), '2026-12-01T06:00:00.000Z')
    // The clocks go back in that night.
    assert.equal(at('daily', '2026-10-24T12:00:00Z'), '2026-10-25T06:00:00.000Z')
  })
})
