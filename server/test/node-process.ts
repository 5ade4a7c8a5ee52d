// A node in a process of its own, for tests with several nodes: features keep memory a process, and only a process can
// be killed without a word.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { atEndOfFile } from './endings.ts'
import { testRedisUrl, waitFor } from './harness.ts'
import { program } from './program.ts'

export interface NodeProcess {
  readonly url: string
  readonly process: ChildProcess
  /** kill -9: nothing is drained, nobody is told. */
  kill(): Promise<void>
  /** Asks it to drain and waits until it has gone. */
  stop(): Promise<void>
}

/** Starts a node on a free port. Nodes of one system share database and key; `redis` false leaves it alone. */
export async function nodeProcess(options: {
  databaseUrl: string
  secretKey: string
  redis?: boolean
  /** What Node is started with instead of the command. */
  words?: readonly string[]
}): Promise<NodeProcess> {
  const child = spawn(process.execPath, options.words ?? [...program, 'serve'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: options.databaseUrl,
      SECRET_KEY: options.secretKey,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      ...(options.redis === false ? {} : { REDIS_URL: testRedisUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (text: string) => {
      said += text
    })
  }
  const gone = once(child, 'exit')
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await gone
  }
  atEndOfFile(end('SIGKILL'))
  const url = await waitFor(
    () => {
      if (child.exitCode !== null) throw new Error(`The node ended:\n${said}`)
      const found = /Lectern is ready: (\S+)/.exec(said)?.[1]
      return found?.replace('localhost', '127.0.0.1')
    },
    'a node to be ready',
    40_000,
  )
  return { url, process: child, kill: end('SIGKILL'), stop: end('SIGTERM') }
}
