// Meetings on servers of the school: Jitsi by signed tokens, BigBlueButton by its API, against a small server that answers as
// one does. Who may name a server, what never leaves, what a server that is away comes to, and how long people stayed.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { type ServerKind, serverRoutes } from '#protocol/meetings/servers.ts'
import { type MeetingId, meetingRoutes } from '#protocol/meetings.ts'
import { enrol } from '#server/features/courses/index.ts'
import { outgoingLimits } from '#server/platform/http/outgoing.ts'
import { type BigBlueButton, startBigBlueButton } from '#server/test/bigbluebutton.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { lookAtMeetings, lookJob } from './actions/watching.ts'
import { meetings, servers } from './tables.ts'

describe('meetings on servers of the school', () => {
  let node: TestNode
  let there: BigBlueButton
  let admin: Awaited<ReturnType<typeof signedInClient>>
  let teacher: typeof admin
  let learner: typeof admin
  let courseId: Awaited<ReturnType<typeof newCourse>>

  async function newCourse() {
    const { course } = await admin.request(courseRoutes.create, { title: 'Biology' })
    await admin.request(lifeRoutes.changeState, { courseId: course.id, state: 'published' })
    return course.id
  }
  before(async () => {
    node = await testNode()
    there = await startBigBlueButton()
    admin = await signedInClient(node, { role: 'administrator' })
    teacher = await signedInClient(node, { name: 'Tessa Brandt' })
    learner = await signedInClient(node, { name: 'Lena & "Li" <b>' })
    courseId = await newCourse()
    const enrolled = (accountId: typeof admin.accountId, role: 'instructor' | 'learner') =>
      arrange(ctx => enrol(ctx, { courseId, accountId, role, how: 'by hand' }))
    await enrolled(teacher.accountId, 'instructor')
    await enrolled(learner.accountId, 'learner')
  })

  const newServer = async (kind: ServerKind, given: object = {}) =>
    (
      await admin.request(serverRoutes.create, {
        ...{ name: `Our ${kind}`, kind, address: there.address, secret: there.secret },
        ...(kind === 'jitsi' ? { appId: 'school', address: 'https://meet.school.example/' } : {}),
        ...given,
      })
    ).id
  const newMeeting = async (serverId: Awaited<ReturnType<typeof newServer>>) =>
    (await teacher.request(meetingRoutes.create, { courseId, title: 'Q', serverId, published: true })).meeting
  const join = (who: typeof admin, meetingId: MeetingId) => who.request(meetingRoutes.join, { courseId, meetingId })

  it('are set up by administrators, whose secrets are written and never read', async () => {
    const id = await newServer('jitsi', { secret: 'never told' })
    for (const route of [serverRoutes.list, serverRoutes.check])
      await assert.rejects(teacher.request(route, { serverId: id } as never), { code: /not-allowed|malformed/ })
    const list = await admin.raw('GET', '/meeting-servers')
    const words = await list.text()
    assert.match(words, /meet\.school\.example/)
    assert.doesNotMatch(words, /never told|secret/i)
    const [row] = await servers.findAll({ where: { id }, raw: true })
    assert.doesNotMatch(row?.sealedSecret.toString('latin1') ?? '', /never told/)
    // To those who teach it is a name.
    const choices = await teacher.request(meetingRoutes.servers, { courseId })
    assert.deepEqual(choices, { items: [{ id, name: 'Our jitsi', kind: 'jitsi' }] })
    await assert.rejects(learner.request(meetingRoutes.servers, { courseId }), { code: 'not-allowed' })

    const change = { serverId: id, version: 0 }
    await assert.rejects(admin.request(serverRoutes.change, { ...change, appId: '' }), { code: 'malformed' })
    // Nobody sends a secret to another address who does not know it.
    const elsewhere = { ...change, address: 'https://other.example' }
    await assert.rejects(admin.request(serverRoutes.change, elsewhere), { code: 'malformed' })
    await admin.request(serverRoutes.change, { ...change, name: 'Renamed' })
    await assert.rejects(admin.request(serverRoutes.change, { ...change, name: 'Late' }), { code: 'conflict' })
    await admin.request(serverRoutes.remove, { serverId: id })
    assert.deepEqual((await admin.request(serverRoutes.list, {})).items, [])
    const gone = { courseId, title: 'Q', serverId: id }
    await assert.rejects(teacher.request(meetingRoutes.create, gone), { code: 'malformed' })
    const both = { ...gone, address: 'https://meet.example' }
    await assert.rejects(teacher.request(meetingRoutes.create, both), { code: 'malformed' })
    await admin.request(serverRoutes.restore, { serverId: id })
    assert.deepEqual((await admin.request(serverRoutes.list, {})).items[0]?.name, 'Renamed')
    await admin.request(serverRoutes.remove, { serverId: id })
  })

  it('let each into one room of a Jitsi, by a token of their own that is good for minutes', async () => {
    const id = await newServer('jitsi', { secret: 'signed with this' })
    const meeting = await newMeeting(id)
    assert.deepEqual([meeting.address, meeting.host, meeting.server?.kind], [null, 'meet.school.example', 'jitsi'])
    const wayOf = async (who: typeof admin) => {
      const { origin, pathname, searchParams } = new URL((await join(who, meeting.id)).address)
      const [head = '', body = '', sum] = (searchParams.get('jwt') ?? '').split('.')
      assert.equal(sum, createHmac('sha256', 'signed with this').update(`${head}.${body}`).digest('base64url'))
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
      assert.deepEqual([origin, read(head)], ['https://meet.school.example', { alg: 'HS256', typ: 'JWT' }])
      return { room: pathname.slice(1), ...read(body) }
    }
    const [host, guest] = [await wayOf(teacher), await wayOf(learner)]
    assert.match(guest.room, /^[0-9a-f]{32}$/)
    const { nbf, exp, ...claims } = guest
    const user = { name: 'Lena & "Li" <b>', moderator: 'false', affiliation: 'member' }
    assert.deepEqual(claims, {
      ...{ room: host.room, aud: 'jitsi', iss: 'school', sub: 'meet.school.example', context: { user } },
    })
    assert.ok(exp - Date.now() / 1_000 < 601 && nbf < Date.now() / 1_000)
    assert.deepEqual(host.context.user, { name: 'Tessa Brandt', moderator: 'true', affiliation: 'owner' })
    await assert.rejects(admin.request(serverRoutes.remove, { serverId: id }), { code: 'server-in-use' })

    // A copy is another room, and so is a meeting that moved to another server.
    const { course } = await admin.request(copyRoutes.copy, {
      ...{ courseId, how: 'make', title: 'Again', shift: { days: 7 } },
    })
    const [copied] = (await admin.subscribe(courseScope, course?.id ?? '')).state().items
    const rooms = await meetings.findAll({ where: { serverId: id }, raw: true })
    assert.deepEqual([copied?.title, new Set(rooms.map(one => one.room)).size], ['Q', 2])
    const to = await newServer('jitsi', { name: 'Another' })
    await teacher.request(meetingRoutes.change, { courseId, meetingId: meeting.id, version: 0, serverId: to })
    assert.notEqual(new URL((await join(learner, meeting.id)).address).pathname, `/${host.room}`)
  })

  it('are made on a BigBlueButton once for all who come, and say how long they stayed', async () => {
    const id = await newServer('bigbluebutton')
    await admin.request(serverRoutes.check, { serverId: id })
    const meeting = await newMeeting(id)
    there.calls.length = 0
    const ways = await Promise.all([join(teacher, meeting.id), join(learner, meeting.id), join(learner, meeting.id)])
    assert.deepEqual(there.calls, ['create'])
    for (const { address } of ways.slice(0, 2)) assert.equal((await fetch(address)).status, 200)
    const [room = '', people] = [...there.rooms][0] ?? []
    assert.deepEqual(people, [
      { userID: teacher.accountId, fullName: 'Tessa Brandt', role: 'MODERATOR' },
      { userID: learner.accountId, fullName: 'Lena & "Li" <b>', role: 'VIEWER' },
    ])

    const enqueued: object[] = []
    const lookedAt = (now: Date) =>
      arrange(ctx => lookAtMeetings({ ...ctx, enqueue: async (_job, data) => void enqueued.push(data) }), { now })
    const begun = Date.now()
    const later = (seconds: number) => new Date(begun + seconds * 1_000)
    const look = async (now: Date) => {
      const write = await lookJob.prepare(testCtx({ now }), { meetingId: meeting.id })
      await arrange(write, { now })
    }
    const stayed = async () =>
      (await teacher.request(meetingRoutes.attendance, { courseId, meetingId: meeting.id })).items.map(
        one => one.visit?.seconds,
      )
    await lookedAt(later(0))
    await lookedAt(later(1))
    assert.deepEqual(enqueued, [{ meetingId: meeting.id }])
    await look(later(0))
    assert.deepEqual(await stayed(), [0, 0])
    await look(later(30))
    people?.splice(0, 1)
    await look(later(60))
    // The same look twice, by two nodes, counts once.
    await look(later(60))
    assert.deepEqual(await stayed(), [60, 30])
    const csv = await teacher.raw('GET', `/courses/${courseId}/meetings/${meeting.id}/attendance.csv`)
    assert.match(await csv.text(), /"Lena & ""Li"" <b>","yes",.*,"2","1"\r\n/)
    // A server that is away for a while says nothing about that time.
    there.mode = 'broken'
    await look(later(90))
    there.mode = 'answers'
    await look(later(600))
    assert.deepEqual(await stayed(), [60, 30])
    // Over: nobody is in it, and nobody came lately.
    there.rooms.delete(room)
    await look(later(630))
    assert.ok((await meetings.findByPk(meeting.id, { raw: true }))?.watchedUntil)
    await look(later(1_200))
    assert.equal((await meetings.findByPk(meeting.id, { raw: true }))?.watchedUntil, null)
  })

  it('say plainly that a server is away or does not know us, and note nobody then', async () => {
    const id = await newServer('bigbluebutton', { name: 'Away' })
    const meeting = await newMeeting(id)
    const visit = async () => (await learner.request(meetingRoutes.get, { courseId, meetingId: meeting.id })).visit
    for (const mode of ['elsewhere', 'endless', 'entities', 'broken'] as const) {
      there.mode = mode
      there.calls.length = 0
      await assert.rejects(join(learner, meeting.id), { code: 'meeting-away' }, mode)
      assert.deepEqual(there.calls, ['create'], mode)
    }
    there.mode = 'silent'
    const patience = outgoingLimits.patienceMs
    outgoingLimits.patienceMs = 200
    await assert.rejects(join(learner, meeting.id), { code: 'meeting-away' })
    await assert.rejects(admin.request(serverRoutes.check, { serverId: id }), { code: 'meeting-away' })
    outgoingLimits.patienceMs = patience
    there.mode = 'answers'
    await admin.request(serverRoutes.change, { serverId: id, version: 0, secret: 'another one' })
    await assert.rejects(join(learner, meeting.id), { code: 'meeting-refused' })
    await assert.rejects(admin.request(serverRoutes.check, { serverId: id }), { code: 'meeting-refused' })
    assert.equal(await visit(), null)
    await admin.request(serverRoutes.change, { serverId: id, version: 1, secret: there.secret })
    assert.equal((await join(learner, meeting.id)).visit.presses, 1)
    assert.equal((await visit())?.seconds, null)
  })
})
