// What the whole test run needs beside the code: a PostgreSQL and a Redis of its own and a browser. What the
// machine cannot give is one Missing with the command that brings it, never a test left out.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { startEmbedded } from '#server/platform/postgres/embedded.ts'
import { findChromium } from '#server/test/chromium.ts'
import { waitFor } from '#server/test/wait-for.ts'

/** Something that only the person at the machine can bring; the message holds the command. */
export class Missing extends Error {}

export interface Service {
  /** What the tests find in their environment. */
  env: Record<string, string>
  stop(): Promise<void>
}

const temporary = (): { folder: string; remove(): void } => {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-tests-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A PostgreSQL that is thrown away, without the cost of surviving a power cut. */
export async function bringPostgres(): Promise<Service> {
  const { folder, remove } = temporary()
  // Another account may run it: see the embedded module.
  const dataDir = join(folder, 'data')
  spawnSync('chmod', ['711', folder])
  const embedded = await startEmbedded({ dataDir, durable: false, say: line => console.log(line) })
  return {
    env: { TEST_DATABASE_URL: embedded.url },
    stop: async () => {
      await embedded.stop()
      remove()
    },
  }
}

const install = (name: string): string =>
  ({
    linux: `sudo apt-get install -y ${name} (Debian, Ubuntu) or sudo dnf install ${name} (Fedora)`,
    darwin: `brew install ${name === 'redis-server' ? 'redis' : '--cask google-chrome'}`,
  })[process.platform as string] ?? `install ${name} by hand`

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail()))
    })
  })

const answers = async (url: string): Promise<string | null> => {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? null
  } catch {
    return null
  } finally {
    client.disconnect()
  }
}

const serverOnPath = (): string | null => {
  for (const name of ['redis-server', 'valkey-server']) {
    const asked = spawnSync(name, ['--version'], { encoding: 'utf8' })
    const version = /v=(\d+)/.exec(asked.stdout ?? '')?.[1]
    if (asked.status === 0 && Number(version) >= 7) return name
  }
  return null
}

/** A Redis of its own when a server of version 7 or newer is on the PATH, else the one REDIS_URL names. */
export async function bringRedis(): Promise<Service> {
  const program = serverOnPath()
  if (program === null) {
    const given = process.env.REDIS_URL
    const version = given === undefined ? null : await answers(given)
    if (given !== undefined && Number.parseInt(version ?? '0', 10) >= 7) {
      return { env: { TEST_REDIS_URL: given }, stop: async () => undefined }
    }
    throw new Missing(
      `Redis 7 or Valkey is needed for the tests of several nodes: ${install('redis-server')}; ` +
        'or set REDIS_URL to one that may be written to',
    )
  }
  const { folder, remove } = temporary()
  const port = await freePort()
  const child: ChildProcess = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  )
  const url = `redis://127.0.0.1:${port}`
  await waitFor(() => answers(url), `${program} on port ${port}`)
  return {
    env: { TEST_REDIS_URL: url },
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await new Promise(resolve => child.once('exit', resolve))
      }
      remove()
    },
  }
}

/** A Chromium: see findChromium. */
export async function bringBrowser(): Promise<Service> {
  const found = findChromium()
  if (found !== null) return { env: { ...found.env, CHROMIUM_PATH: found.path }, stop: async () => undefined }
  throw new Missing(`A Chromium is needed for the stories: ${install('chromium')}; or set CHROMIUM_PATH to one`)
}
