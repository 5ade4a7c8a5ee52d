// `lectern doctor`: looks at everything a node needs and says in one line each what is well and what is not.
// It changes nothing and starts nothing.

import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { MailReason } from '#protocol/mail.ts'
import { migrations } from '#server/migrations/index.ts'
import { type Config, ConfigError, readConfig } from '#server/platform/config.ts'
import { makeMailer } from '#server/platform/mail/mailer.ts'
import { findPackage } from '#server/platform/postgres/binaries.ts'
import { findEmbedded } from '#server/platform/postgres/embedded.ts'
import type { Command } from './command.ts'

interface Finding {
  well: boolean
  text: string
}

const well = (text: string): Finding => ({ well: true, text })
const wrong = (text: string): Finding => ({ well: false, text })

const said = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(said).join(', ')
    : error instanceof Error
      ? error.message
      : String(error)

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  return enough
    ? well(`Node ${process.versions.node}`)
    : wrong(`Node ${process.versions.node}: 20.19 or newer is needed`)
}

async function database(url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number; name: string; connections: number }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
              current_setting('max_connections')::int as connections`,
    )
    const server = rows[0]
    const findings = [
      (server?.version ?? 0) >= 150_000
        ? well(`PostgreSQL ${server?.name}, up to ${server?.connections} connections`)
        : wrong(`PostgreSQL ${server?.name}: 15 or newer is needed`),
    ]
    const there = await client.query<{ there: boolean }>("select to_regclass('migrations') is not null as there")
    const ran = there.rows[0]?.there
      ? await client.query<{ name: string }>('select name from migrations')
      : { rows: [] }
    const names = new Set(ran.rows.map(row => row.name))
    const waiting = migrations.filter(migration => !names.has(migration.name))
    findings.push(
      waiting.length === 0
        ? well(`The schema is up to date (${names.size} migrations)`)
        : wrong(`${waiting.length} migrations have not run: \`lectern migrate\` runs them`),
    )
    return findings
  } catch (error) {
    return [wrong(`PostgreSQL cannot be used: ${said(error)}`)]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function embedded(config: Config): Promise<Finding[]> {
  const running = await findEmbedded(config.dataDir)
  if (running !== null) return [well(`The embedded database is running: ${running}`), ...(await database(running))]
  const named = join(config.dataDir, 'data-folder')
  const data = existsSync(named) ? readFileSync(named, 'utf8').trim() : join(config.dataDir, 'postgres')
  try {
    const { version } = findPackage()
    return [well(`The embedded PostgreSQL ${version} is installed and not running; \`npm start\` starts it on ${data}`)]
  } catch (error) {
    return [wrong(said(error))]
  }
}

async function redis(url: string | null): Promise<Finding> {
  if (url === null) return well('No Redis: right for one node')
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 5_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const version = /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? 'of an unknown version'
    return Number.parseInt(version, 10) >= 7
      ? well(`Redis ${version}`)
      : wrong(`Redis ${version}: 7 or newer is needed`)
  } catch (error) {
    return wrong(`Redis cannot be used: ${said(error)}`)
  } finally {
    client.disconnect()
  }
}

function storage(url: string): Finding {
  const folder = fileURLToPath(url)
  let there = folder
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  try {
    accessSync(there, constants.W_OK)
    return well(`Files go to ${folder}`)
  } catch {
    return wrong(`Files cannot be written to ${folder}`)
  }
}

function content({ publicUrl, contentUrl, port }: Config): Finding {
  if (publicUrl === null)
    return well(`Packages are played from the port next to ours, ${port === 0 ? 'whichever it is' : port + 1}`)
  return well(
    contentUrl === null
      ? 'No CONTENT_URL: packages (SCORM, H5P) cannot be played, and pages say so'
      : `Packages are played from ${contentUrl}, which must lead to this node with its own name in Host`,
  )
}

const h5p = ({ h5pPlayer }: Config): Finding =>
  well(
    h5pPlayer === null
      ? 'No H5P_PLAYER: packages of H5P are not taken, and pages say so'
      : `Packages of H5P are played by what is in ${h5pPlayer}`,
  )

const troubleWords: Record<MailReason, string> = {
  unreachable: 'cannot be reached',
  silent: 'does not answer',
  'not-trusted': 'has a certificate that does not fit',
  'sign-in': 'does not take this user and password',
  later: 'asks to come again later',
  address: 'takes no address',
  refused: 'refuses mails',
  over: 'takes too long',
}

async function mail(config: Config): Promise<Finding> {
  const out = makeMailer(config)
  if (!out) return well('No mail: links and notices are not sent')
  try {
    const kept = await out.verify()
    return kept
      ? wrong(`The mail server ${out.server} ${troubleWords[kept.reason]}${kept.answer && `: ${kept.answer}`}`)
      : well(`Mails leave through ${out.server} and come from ${out.from.address}`)
  } finally {
    out.close()
  }
}

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check what this machine and the settings give',
  help: `Usage: lectern doctor

Checks Node, the settings, the database and its schema, Redis, the folder for files, where packages
and by what they are played, and the mail server. Prints a line for each and exits with 1 when something is wrong. It changes nothing.`,
  async run() {
    const findings = [node()]
    try {
      const config = readConfig(process.env)
      findings.push(well('The settings can be read'))
      findings.push(...(config.embedded ? await embedded(config) : await database(config.databaseUrl)))
      findings.push(await redis(config.redisUrl), storage(config.storageUrl))
      findings.push(content(config), h5p(config), await mail(config))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      findings.push(...error.problems.map(wrong))
    }
    for (const finding of findings) console.log(`${finding.well ? 'well ' : 'WRONG'}  ${finding.text}`)
    return findings.every(finding => finding.well) ? 0 : 1
  },
}
