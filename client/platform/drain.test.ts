// A node that is told to stop, in a process of its own, while fifty people write: nothing acknowledged is lost, nothing
// is written twice, and everybody goes on at the other node.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { userScope } from '#protocol/accounts.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { liveRoutes } from '#protocol/live.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { makePerson, startClass } from '#server/test/classes.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { nodeProcess } from '#server/test/node-process.ts'
import { ClientProblem } from './problem.ts'
import { createRealtimeClient } from './realtime.ts'

const many = 50

/** When it is time to ask again: as the server says, or on a connection. */
async function again({ state }: { state: { value: string } }, problem: unknown): Promise<void> {
  const from = performance.now() + (problem instanceof ClientProblem ? problem.retryAfter * 1_000 : 0)
  await new Promise(setImmediate)
  await waitFor(() => state.value === 'online' && performance.now() >= from, 'the time to ask again', 30_000)
}

describe('a node that is told to stop', () => {
  it('R17: loses no acknowledged write of fifty people, who all go on at the other', async function () {
    this.timeout(150_000)
    const { url: databaseUrl } = await testDatabase()
    connectDatabase(databaseUrl)
    atEndOfFile(closeDatabase)
    const secretKey = randomBytes(32).toString('hex')
    const [here, there] = await Promise.all([1, 2].map(() => nodeProcess({ databaseUrl, secretKey })))
    assert.ok(here && there)
    const { run, course, host } = await startClass(here)
    host.close()

    // A balancer in a few lines: whoever comes goes to the node it points at.
    let target = here
    const balancer = createServer(socket => {
      const onward = connect(Number(new URL(target.url).port), '127.0.0.1')
      socket.pipe(onward).pipe(socket)
      for (const end of [socket, onward]) {
        end.on('error', () => undefined)
        end.on('close', () => [socket, onward].map(one => one.destroy()))
      }
    })
    await new Promise<void>(resolve => balancer.listen(0, '127.0.0.1', resolve))
    const { port } = balancer.address() as { port: number }
    const people = await Promise.all(
      Array.from({ length: many }, async (_, at) => {
        const accountId = await makePerson(course.courseId, 'learner', `Learner ${at}`)
        const { cookie, close, request } = await signedInClient(here, { accountId })
        await request(liveRoutes.join, { runId: run.id })
        close()
        const client = createRealtimeClient({ url: `http://127.0.0.1:${port}`, cookie: cookie() })
        client.scopeStore(userScope, accountId).open()
        const chat = client.scopeStore(channelScope, run.channelId)
        chat.open()
        return { client, chat }
      }),
    )
    atEndOfFile(async () => {
      for (const { client } of people) client.close()
      balancer.close()
    })
    await waitFor(() => people.every(one => one.chat.status.value === 'live'), 'fifty people in the room', 30_000)

    const acknowledged = new Set<string>()
    let writing = true
    const streams = people.map(async ({ client }, at) => {
      for (let turn = 0; writing; turn++) {
        const text = `${at}/${turn}`
        const operation = randomUUID()
        // What is not answered is asked again under the same operation, as the outbox does.
        for (let done = false; !done; ) {
          await client.send(channelCalls.send.name, { channelId: run.channelId, text }, { operation }).then(
            () => {
              acknowledged.add(text)
              done = true
            },
            problem => again(client, problem),
          )
        }
      }
    })
    await waitFor(() => acknowledged.size >= many, 'a stream of writes', 20_000)
    target = there
    await here.stop()
    assert.equal(here.process.exitCode, 0, 'it went by itself')
    await waitFor(() => people.every(one => one.client.state.value === 'online'), 'everybody at the other node', 20_000)
    const before = acknowledged.size
    await waitFor(() => acknowledged.size > before + many, 'writes that go on', 20_000)
    writing = false
    await Promise.all(streams)

    const kept = await sql<{ text: string }>('select text from messages where channel_id = $1', [run.channelId])
    const texts = kept.map(row => row.text)
    assert.deepEqual(
      [...acknowledged].filter(text => !texts.includes(text)),
      [],
      'nothing acknowledged is lost',
    )
    assert.equal(new Set(texts).size, texts.length, 'nothing stands there twice')
    const last = texts.length
    await waitFor(
      () => people.every(one => one.chat.state.value?.channel.lastNumber === last),
      'everybody to have heard everything',
      20_000,
    )
  })
})
