// Webhooks from what happens to a server that takes them: who is told what, once and signed; what becomes of it when the
// server is slow, gone or elsewhere; sent again; and what never leaves.
import assert from 'node:assert/strict'
import { Webhook } from 'standardwebhooks'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { auditRoutes } from '#protocol/audit.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes as coursePeople } from '#protocol/courses/people.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { departmentRoutes } from '#protocol/organisation.ts'
import { type EventType, eventTypes, exampleOf, payloadOf } from '#protocol/webhooks/events.ts'
import { type EndpointId, webhookRoutes, webhooksId, webhooksScope } from '#protocol/webhooks.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { postLimits } from '#server/platform/http/post-outside.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { type HookServer, startHookServer } from '#server/test/hook-server.ts'
import { dropMessages } from './actions/replay.ts'
import { sendingLimits } from './actions/sending.ts'

interface Payload {
  readonly type: string
  readonly timestamp: string
  readonly data: Record<string, unknown>
}

describe('webhooks', () => {
  let node: TestNode
  let there: HookServer
  let admin: Awaited<ReturnType<typeof signedInClient>>
  let teacher: typeof admin
  const made: EndpointId[] = []

  before(async () => {
    node = await testNode({ config: { webhooksLoopback: true } })
    admin = await signedInClient(node, { role: 'administrator', name: 'Ada' })
    teacher = await signedInClient(node, { name: 'Tessa' })
  })
  beforeEach(async () => {
    there = await startHookServer()
  })
  afterEach(async () => {
    for (const endpointId of made.splice(0))
      await admin.request(webhookRoutes.remove, { endpointId }).catch(() => undefined)
  })

  async function newEndpoint(types: readonly EventType[], given: object = {}) {
    const answer = await admin.request(webhookRoutes.create, { address: there.address, types: [...types], ...given })
    made.push(answer.endpoint.id)
    return { id: answer.endpoint.id, secret: answer.secret }
  }
  const newCourse = async (title = 'Biology', given: object = {}) =>
    (await admin.request(courseRoutes.create, { title, ...given })).course.id
  /** A course that is published: made as one, or led there. */
  const publish = newCourse
  const conclude = (courseId: Awaited<ReturnType<typeof newCourse>>) =>
    admin.request(lifeRoutes.changeState, { courseId, state: 'concluded' })
  const came = (count: number, of = there) =>
    waitFor(() => of.got.length >= count, `${count} messages, of which ${of.got.length} came`)
  const bodies = (of = there): Payload[] => of.got.map(one => JSON.parse(one.body))
  const verified = (secret: string, { headers, body } = there.got[0] ?? assert.fail()) =>
    new Webhook(secret).verify(body, headers as Record<string, string>) as Payload
  const messagesOf = async (endpointId: EndpointId, given: object = {}) =>
    (await admin.request(webhookRoutes.messages, { endpointId, ...given })).items
  const due = async (endpointId: EndpointId) => {
    await sql('update webhook_messages set next_at = now() where endpoint_id = $1 and next_at is not null', [
      endpointId,
    ])
  }

  it('tell what happened, signed so that the library of the specification takes it', async () => {
    const { id, secret } = await newEndpoint(['course.published'])
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
    const courseId = await newCourse()
    await came(1)
    const { type, timestamp, data } = verified(secret)
    assert.deepEqual([type, data], ['course.published', { courseId, departmentId: null }])
    assert.ok(Math.abs(Date.now() - Date.parse(timestamp)) < 60_000)
    assert.match(String(there.got[0]?.headers['webhook-id']), /^msg_[0-9a-f]{32}$/)
    assert.equal(there.got[0]?.headers['content-type'], 'application/json')
    await waitFor(async () => (await messagesOf(id))[0]?.state === 'sent', 'the row')
    const [row] = await messagesOf(id)
    const { message } = await admin.request(webhookRoutes.message, {
      endpointId: id,
      messageId: row?.id ?? assert.fail(),
    })
    assert.equal(message.body, there.got[0]?.body)
    const [tried] = message.tries
    for (const [name, value] of Object.entries(tried?.headers ?? {})) assert.equal(there.got[0]?.headers[name], value)
    assert.deepEqual([tried?.status, tried?.word, tried?.answer], [200, null, 'ok'])
    // The same body under another secret, or another body under this one, is nobody's.
    assert.throws(() => verified(`whsec_${Buffer.alloc(32).toString('base64')}`))
    assert.throws(() => verified(secret, { ...there.got[0]!, body: `${there.got[0]?.body} ` }))
  })

  it('say each type as its schema and its example do, and the description of the API shows them', async () => {
    for (const type of eventTypes) payloadOf(type).parse(exampleOf(type))
    const { webhooks } = (await (await admin.raw('GET', '/openapi.json')).json()) as {
      webhooks: Record<string, unknown>
    }
    assert.deepEqual(Object.keys(webhooks), eventTypes)
    assert.ok(!JSON.stringify(webhooks['grade.changed']).includes('name'))
  })

  it('tell who came into a course and who went, by whatever way', async () => {
    const { secret } = await newEndpoint(['enrolment.created', 'enrolment.ended'])
    const courseId = await newCourse()
    const { accountId } = teacher
    await came(1)
    there.got.length = 0
    await admin.request(coursePeople.enrol, { courseId, accountId, role: 'learner' })
    await came(1)
    const first = verified(secret)
    assert.deepEqual([first.type, first.data.accountId, first.data.role], ['enrolment.created', accountId, 'learner'])
    await admin.request(coursePeople.endEnrolment, { courseId, accountId })
    await came(2)
    const gone = bodies()[1]
    assert.deepEqual(
      [gone?.type, gone?.data],
      ['enrolment.ended', { enrolmentId: first.data.enrolmentId, courseId, accountId }],
    )
    for (const one of there.got) assert.doesNotMatch(one.body, /Tessa|example\.org/)
  })

  it('tell of accounts of members by their ids alone', async () => {
    await newEndpoint(['account.created', 'account.suspended', 'account.reactivated'])
    const { accountId } = await admin.request(peopleRoutes.addPerson, {
      ...{ name: 'Nora Noname', email: 'nora@example.org', siteRole: 'member' },
    })
    await admin.request(accountRoutes.suspend, { accountId, reason: '' })
    await admin.request(accountRoutes.reactivate, { accountId })
    const about = () => bodies().filter(one => one.data.accountId === accountId)
    await waitFor(() => about().length === 3, 'all of it')
    assert.deepEqual(
      about()
        .map(one => one.type)
        .sort(),
      ['account.created', 'account.reactivated', 'account.suspended'],
    )
    for (const one of there.got) assert.doesNotMatch(one.body, /nora/i)
  })

  it('reach a department and those below it, and not what lies beside', async () => {
    const faculty = await admin.request(departmentRoutes.create, { name: 'Faculty' })
    const below = await admin.request(departmentRoutes.create, { name: 'Below', parentId: faculty.id })
    await newEndpoint(['course.concluded', 'account.created'], { departmentId: faculty.id })
    const [inside, deeper, beside] = [
      await newCourse('Inside', { departmentId: faculty.id }),
      await newCourse('Deeper', { departmentId: below.id }),
      await newCourse('Beside'),
    ]
    await signedInClient(node)
    for (const one of [beside, inside, deeper]) await conclude(one)
    await came(2)
    assert.deepEqual(
      bodies()
        .map(one => one.data.courseId)
        .sort(),
      [inside, deeper].sort(),
    )
    assert.deepEqual(new Set(bodies().map(one => one.type)), new Set(['course.concluded']))
  })

  it('are tried again under the same id, and say why they did not arrive', async () => {
    const { id } = await newEndpoint(['course.published'])
    there.mode = 503
    there.answer = 'Closed\0for lunch'
    await publish()
    const row = async () => (await messagesOf(id))[0]
    await waitFor(async () => (await row())?.attempts === 1, 'the first try')
    const failed = await row()
    assert.deepEqual([failed?.state, failed?.lastStatus, failed?.lastWord], ['waiting', 503, 'status'])
    const wait = Date.parse(failed?.nextAt ?? '') - Date.parse(failed?.lastAt ?? '')
    // From the end of the try on, which began a while before.
    assert.ok(wait >= 5_000 && wait < 20_000, String(wait))
    there.mode = 'elsewhere'
    await due(id)
    await waitFor(async () => (await row())?.attempts === 2, 'the second')
    assert.equal((await row())?.lastWord, 'redirect')
    there.mode = 204
    await due(id)
    await waitFor(async () => (await row())?.state === 'sent', 'the third')
    assert.equal(new Set(there.got.map(one => one.headers['webhook-id'])).size, 1)
    assert.deepEqual(
      there.got.map(one => one.path),
      ['/hooks', '/hooks', '/hooks'],
    )
    const { message } = await admin.request(webhookRoutes.message, {
      endpointId: id,
      messageId: failed?.id ?? assert.fail(),
    })
    assert.deepEqual(
      message.tries.map(one => [one.number, one.status, one.word]),
      [
        [3, 204, null],
        [2, 302, 'redirect'],
        [1, 503, 'status'],
      ],
    )
    assert.equal(message.tries[2]?.answer, 'Closed\ufffdfor lunch')
  })

  it('give up after the last try of the schedule', async () => {
    const { id } = await newEndpoint(['course.published'])
    there.mode = 500
    await publish()
    for (let tries = 1; tries <= 8; tries++) {
      await waitFor(async () => (await messagesOf(id))[0]?.attempts === tries, `try ${tries}`)
      await due(id)
    }
    const [row] = await messagesOf(id, { state: 'failed' })
    assert.deepEqual([row?.state, row?.nextAt], ['failed', null])
    assert.equal(there.got.length, 8)
    assert.equal((await admin.request(webhookRoutes.get, { endpointId: id })).endpoint.failures, 8)
  })

  it('read four kilobytes of an answer, and wait no longer than they may', async () => {
    const { id } = await newEndpoint(['course.published'])
    there.mode = 'endless'
    const { message } = await admin.request(webhookRoutes.test, { endpointId: id })
    assert.deepEqual([message.state, message.tries[0]?.answer.length], ['sent', 4_096])
    await waitFor(() => there.open === 0, 'the connection to be let go')
    there.mode = 'silent'
    const patience = postLimits.patienceMs
    postLimits.patienceMs = 200
    const silent = await admin.request(webhookRoutes.test, { endpointId: id }).finally(() => {
      postLimits.patienceMs = patience
    })
    assert.deepEqual([silent.message.state, silent.message.lastWord], ['failed', 'silent'])
  })

  it('keep nobody waiting for an endpoint that does not answer', async () => {
    const slow = await newEndpoint(['course.published'])
    const deaf = there
    deaf.mode = 'silent'
    there = await startHookServer()
    await newEndpoint(['course.published'])
    for (let count = 0; count < 6; count++) await publish()
    await came(6)
    await waitFor(() => deaf.open >= sendingLimits.atOnce, 'as many as may be on their way')
    assert.equal(deaf.open, sendingLimits.atOnce)
    await admin.request(webhookRoutes.pause, { endpointId: slow.id })
  })

  it('sign with both secrets for a day after one was changed', async () => {
    const { id, secret } = await newEndpoint(['course.published'])
    const { secret: next, endpoint } = await admin.request(webhookRoutes.rotate, { endpointId: id })
    const wait = Date.parse(endpoint.oldSecretUntil ?? '') - Date.now()
    // By the clock of the database, which is not quite that of this machine.
    assert.ok(wait > 86_300_000 && wait <= 86_401_000)
    await publish()
    await came(1)
    assert.equal(String(there.got[0]?.headers['webhook-signature']).split(' ').length, 2)
    verified(secret)
    verified(next)
    await sql("update webhook_endpoints set old_secret_until = now() - interval '1 second' where id = $1", [id])
    await publish()
    await came(2)
    verified(next, there.got[1])
    assert.throws(() => verified(secret, there.got[1]))
  })

  it('stop at 410 and after three days without success, and keep what comes', async () => {
    const { id } = await newEndpoint(['course.published'])
    there.mode = 410
    await publish()
    const paused = async () => (await admin.request(webhookRoutes.get, { endpointId: id })).endpoint.paused
    await waitFor(async () => (await paused()) === 'gone', 'it to be paused')
    await publish()
    await waitFor(async () => (await messagesOf(id, { state: 'kept' })).length === 2, 'both to be kept')
    const since = new Date(Date.now() - 86_400_000).toISOString()
    await assert.rejects(admin.request(webhookRoutes.replay, { endpointId: id, what: 'missed', since }), {
      code: 'endpoint-paused',
    })
    await admin.request(webhookRoutes.resume, { endpointId: id })
    there.mode = 500
    await sql("update webhook_endpoints set failing_since = now() - interval '73 hours' where id = $1", [id])
    await publish()
    await waitFor(async () => (await paused()) === 'failing', 'it to be paused again')
    there.mode = 200
    there.got.length = 0
    await admin.request(webhookRoutes.resume, { endpointId: id })
    assert.deepEqual(await admin.request(webhookRoutes.replay, { endpointId: id, what: 'missed', since }), { count: 3 })
    await waitFor(async () => (await messagesOf(id, { state: 'sent' })).length === 3, 'all to be sent')
    assert.deepEqual(await admin.request(webhookRoutes.replay, { endpointId: id, what: 'everything', since }), {
      count: 3,
    })
    await came(6)
    assert.equal(new Set(there.got.map(one => one.headers['webhook-id'])).size, 3)
  })

  it('send one again, and a test that says at once what came back', async () => {
    const { id, secret } = await newEndpoint(['course.published'])
    there.answer = 'hello'
    const { message } = await admin.request(webhookRoutes.test, { endpointId: id })
    assert.deepEqual([message.type, message.state, message.tries[0]?.answer], ['webhook.test', 'sent', 'hello'])
    assert.deepEqual(verified(secret).data, { endpointId: id })
    await admin.request(webhookRoutes.send, { endpointId: id, messageId: message.id })
    await came(2)
    assert.equal(there.got[1]?.headers['webhook-id'], there.got[0]?.headers['webhook-id'])
  })

  it('refuse addresses of networks that are not the web, and say which', async () => {
    const codes: Record<string, string> = {
      'https://10.0.0.1/': 'private',
      'https://2852039166/latest/meta-data/': 'private',
      'https://[::ffff:192.168.0.1]/': 'private',
      'http://hooks.example.org/': 'scheme',
      'https://a:b@hooks.example.org/': 'credentials',
      'https://hooks.example.org:22/': 'port',
      'https://there-is-no-such-name.invalid/': 'unknown',
    }
    for (const [address, code] of Object.entries(codes))
      await assert.rejects(
        admin.request(webhookRoutes.create, { address, types: ['course.published'] }),
        (error: { code: string; errors?: { path: string; code: string }[] }) => {
          assert.deepEqual([error.code, error.errors?.[0]], ['malformed', { path: 'address', code }], address)
          return true
        },
      )
  })

  it('are changed under their version, removed and brought back, and tell whoever looks', async () => {
    const { id } = await newEndpoint(['course.published'])
    await assertConverges(admin, webhooksScope, webhooksId, () =>
      admin.request(webhookRoutes.change, {
        endpointId: id,
        version: 0,
        types: ['course.concluded'],
        description: 'Ours',
      }),
    )
    await assert.rejects(admin.request(webhookRoutes.change, { endpointId: id, version: 0, description: 'Late' }), {
      code: 'conflict',
    })
    await admin.request(webhookRoutes.remove, { endpointId: id })
    await assert.rejects(admin.request(webhookRoutes.get, { endpointId: id }), { code: 'not-found' })
    await admin.request(webhookRoutes.restore, { endpointId: id })
    const { endpoint } = await admin.request(webhookRoutes.get, { endpointId: id })
    assert.deepEqual([endpoint.types, endpoint.description, endpoint.version], [['course.concluded'], 'Ours', 1])
    const told = await admin.request(auditRoutes.list, { thing: 'webhook' })
    const verbs = told.items.map(one => one.verb)
    for (const verb of ['webhook.created', 'webhook.changed', 'webhook.removed', 'webhook.restored'])
      assert.ok(verbs.includes(verb), verb)
    assert.doesNotMatch(JSON.stringify(told), /whsec_/)
    const kept = await sql<{ text: string }>("select encode(sealed_secret, 'escape') as text from webhook_endpoints")
    assert.ok(kept.every(one => !one.text.includes('whsec_')))
  })

  it('go with their age', async () => {
    const { id } = await newEndpoint(['course.published'])
    const { message } = await admin.request(webhookRoutes.test, { endpointId: id })
    await arrange(ctx => dropMessages(ctx, [message.id]))
    assert.deepEqual(await messagesOf(id), [])
  })
})
