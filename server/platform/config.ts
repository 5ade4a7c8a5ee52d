// The environment, read once at start and checked by one schema. Nothing else in the server may read
// process.env. A bad value must stop the start with the whole list of what is wrong, never one at a time.

import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { installedH5p, lacksForH5p } from './players.ts'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Everything a node needs to know before it starts. */
export interface Config {
  /** TCP port; 0 asks the system for a free one. */
  port: number
  /** Address to listen on. */
  host: string
  /** Origin under which browsers reach us, without a path or trailing slash; null when it is not fixed. */
  publicUrl: string | null
  /** Origin of what people bring to be run in the browser, of another host than `publicUrl`; null: none beside a `publicUrl`, a port of our own without one. */
  contentUrl: string | null
  /** Absolute path of the folder of the player for H5P; null where there is none: packages of that kind are not played. */
  h5pPlayer: string | null
  /** PostgreSQL address. Empty only in the embedded mode, before the embedded database has started. */
  databaseUrl: string
  redisUrl: string | null
  /** `file:` URL of the folder that holds uploaded files. */
  storageUrl: string
  /** Where outgoing mail is handed in; null when mail is not set up. Never without `mailFrom` and `publicUrl`. */
  smtpUrl: string | null
  /** Whom mails come from. */
  mailFrom: Sender | null
  /** At least 32 characters. Empty only in the embedded mode, before the kept key has been read. */
  secretKey: string
  /** True when a proxy in front of us sets X-Forwarded-For and X-Forwarded-Proto. */
  trustProxy: boolean
  metricsToken: string | null
  /** Private ranges that webhooks may go to, such as 10.20.0.0/16; everything else that is private is refused. */
  webhooksPrivate: readonly string[]
  /** The ports that webhooks may go to: that of https alone, or any. */
  webhooksPorts: 'https' | 'any'
  /** True where webhooks may go to this machine itself, without TLS: only in the embedded mode. */
  webhooksLoopback: boolean
  logLevel: LogLevel
  /** True when no DATABASE_URL was given: the database is ours and lives in `dataDir`. */
  embedded: boolean
  /** Absolute path of the folder for what a single machine keeps: `.lectern` below the working folder. */
  dataDir: string
}

/** The sender of mails. `name` may be empty. */
export interface Sender {
  readonly name: string
  readonly address: string
}

/** Thrown by readConfig: `problems` has one plain sentence for each bad value. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The settings are wrong:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const textThat = (error: string, accept: (value: string) => boolean) => z.string().check(z.refine(accept, { error }))

const urlOf = (protocols: readonly string[], error: string) =>
  textThat(error, value => protocols.some(protocol => value.startsWith(`${protocol}//`)) && URL.canParse(value))

const isOrigin = (value: string): boolean => {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return (
    ['http:', 'https:'].includes(url.protocol) &&
    url.pathname === '/' &&
    url.search + url.hash === '' &&
    url.username + url.password === ''
  )
}

// One line: what stands in a header must not begin another.
const senderForm = /^(?:([^<>"\p{Cc}]*?)\s*<([^\s<>,;:"()@]+@[^\s<>,;:"()@]+)>|([^\s<>,;:"()@]+@[^\s<>,;:"()@]+))$/u

function senderOf(value: string | undefined): Sender | null {
  const found = value === undefined ? null : senderForm.exec(value)
  return found ? { name: found[1] ?? '', address: found[2] ?? found[3] ?? '' } : null
}

/** `address/bits`, of either family. */
export function isRange(value: string): boolean {
  const [address = '', bits = '', ...rest] = value.split('/')
  const family = isIP(address)
  return rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

const rangesOf = (value: string): string[] =>
  value
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '')

const yes = ['1', 'true', 'yes', 'on']
const no = ['0', 'false', 'no', 'off']

// Every field is optional text here; defaults that depend on the mode are given below.
const environment = z.object({
  PORT: z.optional(
    textThat('PORT must be a whole number from 0 to 65535', value => /^\d{1,5}$/.test(value) && Number(value) <= 65535),
  ),
  HOST: z.optional(
    textThat('HOST must be an address or a host name, without a port', value =>
      /^([\w.-]+|[0-9a-fA-F:]+(%\w+)?)$/.test(value),
    ),
  ),
  PUBLIC_URL: z.optional(
    textThat('PUBLIC_URL must be an address such as https://learn.example.org, without a path', isOrigin),
  ),
  CONTENT_URL: z.optional(
    textThat('CONTENT_URL must be an address such as https://lectern-content.example.org, without a path', isOrigin),
  ),
  H5P_PLAYER: z.optional(
    textThat(
      'H5P_PLAYER must be the folder `dist` of the npm package h5p-standalone, with main.bundle.js, frame.bundle.js and styles/h5p.css',
      value => lacksForH5p(resolve(value)) === undefined,
    ),
  ),
  DATABASE_URL: z.optional(
    urlOf(
      ['postgres:', 'postgresql:'],
      'DATABASE_URL must be an address such as postgres://user:password@host:5432/lectern',
    ),
  ),
  REDIS_URL: z.optional(
    urlOf(['redis:', 'rediss:'], 'REDIS_URL must be an address such as redis://host:6379 (rediss:// for TLS)'),
  ),
  STORAGE_URL: z.optional(
    urlOf(['file:'], 'STORAGE_URL must be the address of a folder, such as file:///var/lib/lectern/files'),
  ),
  SMTP_URL: z.optional(
    urlOf(['smtp:', 'smtps:'], 'SMTP_URL must be an address such as smtp://user:password@mail.example.org:587'),
  ),
  MAIL_FROM: z.optional(
    textThat('MAIL_FROM must be an address such as Lectern <lectern@example.org>', value => senderOf(value) !== null),
  ),
  SECRET_KEY: z.optional(
    textThat(
      'SECRET_KEY must have at least 32 characters; `openssl rand -hex 32` makes one',
      value => value.length >= 32,
    ),
  ),
  TRUST_PROXY: z.optional(
    textThat('TRUST_PROXY must be true or false', value => [...yes, ...no].includes(value.toLowerCase())),
  ),
  METRICS_TOKEN: z.optional(textThat('METRICS_TOKEN must have at least 16 characters', value => value.length >= 16)),
  WEBHOOKS_PRIVATE: z.optional(
    textThat('WEBHOOKS_PRIVATE must be ranges such as 10.20.0.0/16, fd00:1::/48, with commas between', value =>
      rangesOf(value).every(isRange),
    ),
  ),
  WEBHOOKS_PORTS: z.optional(z.enum(['https', 'any'], { error: 'WEBHOOKS_PORTS must be https (443 alone) or any' })),
  LOG_LEVEL: z.optional(z.enum(logLevels, { error: `LOG_LEVEL must be one of ${logLevels.join(', ')}` })),
})

/** What is wrong with an address for content beside the one that people use: cookies know hosts and no ports. */
function contentProblems(contentUrl: string, publicUrl: string | undefined): string[] {
  if (publicUrl === undefined)
    return ['PUBLIC_URL is needed when CONTENT_URL is set: without it there is a port for content']
  const [content, own] = [new URL(contentUrl), new URL(publicUrl)]
  return [
    ...(content.hostname === own.hostname ? ['CONTENT_URL must have another host than PUBLIC_URL'] : []),
    ...(content.protocol === own.protocol
      ? []
      : ['CONTENT_URL must be https where PUBLIC_URL is, and http where it is not']),
  ]
}

const secrets = new Set(['SECRET_KEY', 'METRICS_TOKEN', 'DATABASE_URL', 'REDIS_URL', 'SMTP_URL'])

/**
 * Reads the environment. `root` is the folder below which `.lectern` lives (default: the working folder).
 * An empty value counts as absent. Without DATABASE_URL the mode is embedded, and `databaseUrl` and
 * `secretKey` may be empty: whoever starts the embedded database fills them in.
 * Throws ConfigError with everything that is wrong; secrets are never repeated in it.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string = process.cwd()): Config {
  const given: Record<string, string> = {}
  for (const name of Object.keys(environment.shape)) {
    const value = env[name]?.trim()
    if (value !== undefined && value !== '') given[name] = value
  }
  const problems: string[] = []
  const read = z.safeParse(environment, given)
  if (!read.success) {
    for (const issue of read.error.issues) {
      const name = String(issue.path[0])
      problems.push(secrets.has(name) ? issue.message : `${issue.message} (it is "${given[name]}")`)
    }
  }
  const embedded = given.DATABASE_URL === undefined
  if (!embedded && given.SECRET_KEY === undefined) {
    problems.push('SECRET_KEY is needed when DATABASE_URL is set; `openssl rand -hex 32` makes one')
  }
  if (given.SMTP_URL !== undefined) {
    if (given.MAIL_FROM === undefined)
      problems.push('MAIL_FROM is needed when SMTP_URL is set: the address mails come from')
    if (given.PUBLIC_URL === undefined)
      problems.push('PUBLIC_URL is needed when SMTP_URL is set: the links in mails begin with it')
  }
  if (read.success && given.CONTENT_URL !== undefined)
    problems.push(...contentProblems(given.CONTENT_URL, given.PUBLIC_URL))
  if (problems.length > 0 || !read.success) throw new ConfigError(problems)
  const values = read.data
  const dataDir = resolve(root, '.lectern')
  return {
    port: Number(values.PORT ?? '8080'),
    // Phones in the room must reach the embedded server; a node behind a balancer is told its address.
    host: values.HOST ?? (embedded ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: values.PUBLIC_URL === undefined ? null : new URL(values.PUBLIC_URL).origin,
    contentUrl: values.CONTENT_URL === undefined ? null : new URL(values.CONTENT_URL).origin,
    h5pPlayer: values.H5P_PLAYER === undefined ? installedH5p() : resolve(values.H5P_PLAYER),
    databaseUrl: values.DATABASE_URL ?? '',
    redisUrl: values.REDIS_URL ?? null,
    storageUrl: values.STORAGE_URL ?? pathToFileURL(resolve(dataDir, 'files')).href,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: senderOf(values.MAIL_FROM),
    secretKey: values.SECRET_KEY ?? '',
    trustProxy: values.TRUST_PROXY !== undefined && yes.includes(values.TRUST_PROXY.toLowerCase()),
    metricsToken: values.METRICS_TOKEN ?? null,
    webhooksPrivate: rangesOf(values.WEBHOOKS_PRIVATE ?? ''),
    webhooksPorts: values.WEBHOOKS_PORTS ?? 'https',
    webhooksLoopback: embedded,
    // On one's own machine the terminal is read by a person, who wants the addresses and what goes wrong.
    logLevel: values.LOG_LEVEL ?? (embedded ? 'warn' : 'info'),
    embedded,
    dataDir,
  }
}
