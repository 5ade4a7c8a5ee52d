// A real class on a node under test, arranged as its people would: an administrator made by the command, everything
// else over HTTP and sockets. Knows nothing of the server's inside.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { accountRoutes } from '#protocol/accounts.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address } from '#protocol/base/scope.ts'
import { channelScope } from '#protocol/channels.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { liveCalls, liveRoutes, type Run, runScope } from '#protocol/live.ts'
import { openClient, type TestClient } from '#server/test/test-client.ts'
import { joinByCode, type Learner, learnerOn, many, openSocket } from './learner.ts'
import { type Core, type ServerProcess, startServer } from './server-process.ts'

const bundle = resolve('dist', 'lectern.js')
const password = randomBytes(18).toString('base64url')

export interface NodeEnvironment {
  readonly databaseUrl: string
  readonly redisUrl?: string
  readonly secretKey?: string
  /** Where files go, in a case that has any. */
  readonly storageUrl?: string
  /** 0 asks for a free one. */
  readonly port?: number
  /** Words for Node itself. */
  readonly node?: readonly string[]
}

export interface Node extends ServerProcess {
  readonly url: string
}

/** Starts the built program on a database that is there. */
export async function startLectern(given: NodeEnvironment, core: Core = 'first'): Promise<Node> {
  const env = {
    PORT: String(given.port ?? 0),
    HOST: '127.0.0.1',
    DATABASE_URL: given.databaseUrl,
    SECRET_KEY: given.secretKey ?? randomBytes(32).toString('hex'),
    REDIS_URL: given.redisUrl ?? '',
    ...(given.storageUrl && { STORAGE_URL: given.storageUrl }),
    LOG_LEVEL: 'warn',
  }
  const server = await startServer([...(given.node ?? []), bundle, 'serve'], env, /Lectern is ready: (\S+)/, { core })
  return { ...server, url: (server.said[1] ?? '').replace('localhost', '127.0.0.1') }
}

export interface Classroom {
  readonly run: Run
  readonly code: string
  readonly host: TestClient
  /** Signs the host in on another node. */
  hostOn(url: string): Promise<TestClient>
  /** Puts a question with four options on stage and opens it without a limit. */
  ask(prompt: string, host?: TestClient): Promise<{ deliveryId: string; itemId: string }>
}

/** Makes the first administrator, a course and an open class on `node`. */
export async function openClassroom(node: Node, databaseUrl: string): Promise<Classroom> {
  const email = 'host@example.org'
  const made = spawnSync(process.execPath, [bundle, 'create-admin', '--email', email, '--name', 'Host'], {
    env: { ...process.env, DATABASE_URL: databaseUrl, SECRET_KEY: 'not used by this command, yet asked for' },
    input: `${password}\n`,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`create-admin: ${made.stderr}`)
  const hostOn = async (url: string) => {
    const stranger = await openClient(url)
    await stranger.request(accountRoutes.signIn, { email, password })
    stranger.close()
    return openClient(url, stranger.cookie().split('=')[1])
  }
  const host = await hostOn(node.url)
  const { course } = await host.request(courseRoutes.create, { title: 'Measured' })
  const run = await host.request(liveRoutes.start, { courseId: course.id, activityIds: [] })
  return {
    run,
    code: run.code ?? '',
    host,
    hostOn,
    ask: (prompt, by = host) =>
      by.call(liveCalls.ask, {
        runId: run.id,
        kind: 'quiz',
        limitSeconds: null,
        question: {
          type: 'single',
          body: { prompt, options: ['a', 'b', 'c', 'd'].map(id => ({ id, text: `Option ${id}` })) },
          key: { optionIds: ['b'] },
        },
      }),
  }
}

/** Guests who came in by code and hear the class and its channel. */
export async function fillClassroom(node: Node, { run, code }: Classroom, count: number): Promise<Learner[]> {
  const cookies = await many(count, 16, index => joinByCode(node.url, code, `Guest ${index + 1}`))
  return many(count, 16, async index => {
    const learner = learnerOn(await openSocket(node.url, cookies[index]))
    for (const scope of [address(runScope, run.id), address(channelScope, run.channelId)])
      await learner.call(realtimeCalls.subscribe, { scope })
    return learner
  })
}
