// What a course tells outward: its classes, what is handed in, and grades, of which none leaves before its learner may read
// it. And that a node that is killed in the middle loses nothing and makes nothing twice.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { activityCalls } from '#protocol/activities.ts'
import { type AssignmentId, assignmentRoutes } from '#protocol/assignments.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { type GradeItemId, gradeRoutes } from '#protocol/grades.ts'
import { liveCalls } from '#protocol/live.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import type { EventType } from '#protocol/webhooks/events.ts'
import { webhookRoutes } from '#protocol/webhooks.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { makePerson, startClass, type TestClass } from '#server/test/classes.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testDatabase, testNode, waitFor } from '#server/test/harness.ts'
import { type HookServer, startHookServer } from '#server/test/hook-server.ts'
import { nodeProcess } from '#server/test/node-process.ts'
import { fromSource } from '#server/test/program.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>
interface Payload {
  readonly type: string
  readonly timestamp: string
  readonly data: Record<string, unknown>
}

const bodies = (there: HookServer): Payload[] => there.got.map(one => JSON.parse(one.body))
const of = (there: HookServer, type: EventType) => bodies(there).filter(one => one.type === type)

describe('a course, told outward', () => {
  let node: TestNode
  let there: HookServer
  let open: TestClass
  let lena: Client

  before(async () => {
    node = await testNode({ config: { webhooksLoopback: true } })
    there = await startHookServer()
    const admin = await signedInClient(node, { role: 'administrator' })
    const types: EventType[] = ['class.started', 'class.ended', 'assignment.handed-in', 'grade.changed']
    await admin.request(webhookRoutes.create, { address: there.address, types })
    open = await startClass(node)
    lena = await signedInClient(node, { accountId: await makePerson(open.course.courseId, 'learner', 'Lena') })
  })

  it('says when a class began and when it ended', async () => {
    const { run, host } = open
    await waitFor(() => of(there, 'class.started').length === 1, 'its beginning')
    assert.deepEqual(of(there, 'class.started')[0]?.data, { runId: run.id, courseId: run.courseId })
    await host.call(liveCalls.end, { runId: run.id })
    await waitFor(() => of(there, 'class.ended').length === 1, 'its end')
    const { startedAt, endedAt, ...ids } = of(there, 'class.ended')[0]?.data ?? {}
    assert.deepEqual(ids, { runId: run.id, courseId: run.courseId })
    assert.ok(String(startedAt) < String(endedAt))
    assert.equal(of(there, 'class.started').length, 1)
  })

  it('says who handed in, and nothing of what', async () => {
    const { courseId } = open.course
    const given = { courseId, title: 'Essay', published: true, points: '10' }
    const { assignment } = await open.host.request(assignmentRoutes.create, given as never)
    const assignmentId: AssignmentId = assignment.id
    const { own } = await lena.request(assignmentRoutes.get, { courseId, assignmentId })
    const text = 'Mitochondria are the powerhouse'
    await lena.request(assignmentRoutes.handIn, { courseId, assignmentId, version: own?.draft.version ?? 0, text })
    await waitFor(() => of(there, 'assignment.handed-in').length === 1, 'it')
    assert.deepEqual(of(there, 'assignment.handed-in')[0]?.data, { assignmentId, courseId, accountId: lena.accountId })
    for (const one of there.got) assert.doesNotMatch(one.body, /Mito|Essay|Lena/)

    // Held back, a mark is nobody's but its staff's; with its release it is told, once, as it is then.
    const table = await open.host.request(gradeRoutes.table, { courseId })
    const column = table.gradeItems.find(one => one.title === 'Essay') ?? assert.fail()
    const held = await open.host.request(gradeRoutes.release, {
      gradeItemId: column.id,
      version: column.version,
      held: true,
    })
    const mark = async (score: string) => {
      const { version } = await open.host.request(assignmentRoutes.submission, {
        ...{ courseId, assignmentId, accountId: lena.accountId },
      })
      await open.host.request(assignmentRoutes.mark, {
        courseId,
        assignmentId,
        accountId: lena.accountId,
        version,
        score,
      })
    }
    await mark('7.5')
    await mark('8')
    await listened(`gradebook:${courseId}`)
    assert.deepEqual(of(there, 'grade.changed'), [])
    const free = await open.host.request(gradeRoutes.release, {
      gradeItemId: column.id,
      version: held.version,
      held: false,
    })
    await waitFor(() => of(there, 'grade.changed').length === 1, 'the grade')
    const data = { gradeItemId: column.id, courseId, accountId: lena.accountId, points: '10' }
    assert.deepEqual(of(there, 'grade.changed')[0]?.data, { ...data, score: '8' })
    // Held back and released again it is no other grade.
    const again = await open.host.request(gradeRoutes.release, {
      gradeItemId: column.id,
      version: free.version,
      held: true,
    })
    await open.host.request(gradeRoutes.release, { gradeItemId: column.id, version: again.version, held: false })
    await mark('9')
    await waitFor(() => of(there, 'grade.changed').length === 2, 'the other grade')
    assert.deepEqual(of(there, 'grade.changed')[1]?.data, { ...data, score: '9' })
  })

  /** Waits until webhooks have heard everything of a scope. */
  const listened = (scope: string) =>
    waitFor(async () => {
      const [row] = await sql<{ behind: number }>(
        `select (h.seq - coalesce(l.seq, 0))::int as behind from scope_heads h
           left join listened l on l.scope = h.scope and l.listener = 'webhooks.grades' where h.scope = $1`,
        [scope],
      )
      const [jobs] = await sql<{ count: number }>(
        `select count(*)::int as count from pgboss.job where name = 'webhooks.grades' and state in ('created', 'active', 'retry')`,
      )
      return row?.behind === 0 && jobs?.count === 0
    }, 'the listener')

  it('tells the grade of homework when that is over for its learner, not when it is handed in', async () => {
    there.got.length = 0
    const { courseId } = open.course
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const given = { activityId: open.quiz.activityId, dueAt, shows: 'after-due' }
    const homework = await open.host.request(quizRoutes.assign, given as never)
    for (const itemId of open.quiz.itemIds)
      await lena.call(activityCalls.answer, { deliveryId: homework.id, itemId, move: { optionIds: ['a'] } })
    await lena.request(quizRoutes.finish, { deliveryId: homework.id })
    const [column] = await sql<{ id: GradeItemId }>(
      'select grade_item_id as id from grade_sources where delivery_id = $1',
      [homework.id],
    )
    await waitFor(
      async () => (await sql('select from webhook_grades where looked_at is not null')).length === 1,
      'it to wait',
    )
    await listened(`gradebook:${courseId}`)
    assert.deepEqual(of(there, 'grade.changed'), [])
    await sql("update deliveries set due_at = now() - interval '10 minutes' where id = $1", [homework.id])
    await sql("update pgboss.job set start_after = now() where name = 'quizzes.close' and state = 'created'")
    await waitFor(() => of(there, 'grade.changed').length === 1, 'the grade', 20_000)
    assert.equal(of(there, 'grade.changed')[0]?.data.gradeItemId, column?.id)
    assert.deepEqual(await sql('select from webhook_grades'), [])
  })
})

describe('webhooks over a node that is killed', () => {
  const words = fromSource(fileURLToPath(new URL('../../test/programs/hook-node.ts', import.meta.url)))

  it('arrive all the same, each under one id, and nothing is told twice', async function () {
    this.timeout(150_000)
    const { url: databaseUrl } = await testDatabase()
    connectDatabase(databaseUrl)
    atEndOfFile(closeDatabase)
    const parts = { databaseUrl, secretKey: randomBytes(32).toString('hex'), redis: false, words }
    const there = await startHookServer()
    there.mode = 'silent'
    const first = await nodeProcess(parts)
    const admin = await signedInClient(first, { role: 'administrator' })
    const { secret, endpoint } = await admin.request(webhookRoutes.create, {
      ...{ address: there.address, types: ['course.published'] },
    })
    for (let count = 0; count < 10; count++) await admin.request(courseRoutes.create, { title: `Course ${count}` })
    // A listener that is killed goes on as the queue says; here it is the sending that is.
    await waitFor(async () => (await sql('select from webhook_messages')).length === 10, 'all to be written')
    await waitFor(() => there.open === 4, 'some to be on their way')
    await first.kill()
    there.mode = 200
    await nodeProcess(parts)
    // As if the time of the lease were over.
    await waitFor(
      async () => (await sql("select from webhook_messages where state = 'sent'")).length === 6,
      'the rest',
      30_000,
    )
    await sql("update webhook_messages set next_at = now() where state = 'waiting'")
    await waitFor(
      async () => (await sql("select from webhook_messages where state = 'sent'")).length === 10,
      'all of them',
      30_000,
    )
    assert.equal((await sql('select from webhook_messages where endpoint_id = $1', [endpoint.id])).length, 10)
    const times = new Map<string, Set<string>>()
    for (const { headers, body } of there.got) {
      const { data } = new Webhook(secret).verify(body, headers as Record<string, string>) as Payload
      const id = String(headers['webhook-id'])
      times.set(id, (times.get(id) ?? new Set()).add(String(data.courseId)))
    }
    assert.equal(times.size, 10)
    assert.ok([...times.values()].every(one => one.size === 1))
    assert.equal(there.got.length, 14, 'the four that nobody answered, and each of the ten once')
  })
})
