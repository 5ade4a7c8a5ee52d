// The content origin: where a browser runs what people bring, such as packages. A door of its own beside the app's: it reads
// and sets no cookie, has no API and signs nobody in; whatever runs there may read all of it and speak to nothing else.
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import Koa, { type Context } from 'koa'
import { demand, Problem } from '#protocol/base/problems.ts'
import { app as words } from '#protocol/texts/en/app.ts'
import { refusal } from '../call/refusal.ts'
import type { Config } from '../config.ts'
import type { Ctx } from '../ctx.ts'
import type { ContentAnswer, ContentBinding } from '../feature.ts'
import type { Logger } from '../log/log.ts'
import { answerBytes } from './blob-answer.ts'
import { callerOf } from './caller.ts'

/** Below it stand the scripts of our players, which the build made, and the files of those that were brought. */
export const playersPath = 'players'

export interface ContentParts {
  readonly config: Config
  readonly bindings: readonly ContentBinding[]
  readonly makeCtx: (parts: Pick<Ctx, 'who' | 'requestId' | 'address' | 'local' | 'session'>) => Ctx
  /** Where the scripts of our players are. */
  readonly playersFolder: string
  /** The folders of those that the school brought, each below its name. */
  readonly players: ReadonlyMap<string, string>
  readonly log: Logger
}

// What somebody brings runs inline and makes code of text, as packages do; it asks this origin alone, goes into no frame but
// ours, and gets to no camera. A worker of its own would outlive the right to be there.
const policyFor = ({ framedBy, plain }: Pick<ContentAnswer, 'framedBy' | 'plain'>): string =>
  [
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
    "connect-src 'self' data: blob:",
    "worker-src 'none'",
    ...['object-src', 'base-uri', 'form-action'].map(what => `${what} ${plain ? "'none'" : "'self'"}`),
    `frame-ancestors 'self' ${framedBy}`,
  ].join('; ')

const nothing = "default-src 'none'; frame-ancestors *; sandbox"

const types: Readonly<Record<string, string>> = {
  ...{ '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.woff': 'font/woff' },
  ...{ '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.gif': 'image/gif', '.png': 'image/png' },
}

function setHeaders(ctx: Context): void {
  ctx.set('Content-Security-Policy', nothing)
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.set('Referrer-Policy', 'no-referrer')
  ctx.set('Cross-Origin-Resource-Policy', 'same-origin')
  ctx.set('Permissions-Policy', 'camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), usb=()')
  ctx.set('Cache-Control', 'no-store')
}

/** The parts of a path, decoded. Throws `not-found` for what is none. */
function partsOf(path: string): string[] {
  try {
    return path.split('/').slice(1).map(decodeURIComponent)
  } catch {
    throw new Problem('not-found')
  }
}

/** A file of a player: of ours, or below its name of one that was brought. */
async function answerPlayer(
  ctx: Context,
  { playersFolder, players }: Pick<ContentParts, 'playersFolder' | 'players'>,
  [first = '', ...more]: readonly string[],
): Promise<void> {
  const brought = more.length === 0 ? undefined : players.get(first)
  const path = brought === undefined ? [first, ...more] : more
  const type = types[extname(path.at(-1) ?? '')]
  // No name of a file or folder begins with a dot, so none leads out.
  demand(type !== undefined && path.every(one => /^[a-z0-9_-][a-z0-9._-]*$/i.test(one)), 'not-found')
  const file = join(brought ?? playersFolder, ...path)
  const found = await stat(file).catch(() => undefined)
  demand(found?.isFile() === true, 'not-found')
  ctx.type = type
  await answerBytes(ctx, {
    size: found.size,
    tag: `${found.size}-${Math.round(found.mtimeMs)}`,
    open: async range => createReadStream(file, range ? { start: range.from, end: range.to } : {}),
  })
}

/** Builds the app of the content origin; the caller owns the server it listens on. */
export function createContent(parts: ContentParts): Koa {
  const { config, log } = parts
  const bindings = new Map(parts.bindings.map(one => [one.name, one]))
  const app = new Koa({ proxy: config.trustProxy, maxIpsCount: 1 })
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
      log.error({ err: error }, 'content')
  })
  app.use(async ctx => {
    const requestId = randomUUID()
    setHeaders(ctx)
    try {
      demand(['GET', 'HEAD'].includes(ctx.method), 'not-allowed')
      // A worker would answer for the origin when nobody is asked any more.
      demand(ctx.get('service-worker') === '', 'not-allowed')
      const [name = '', ...path] = partsOf(ctx.path)
      if (name === playersPath) return await answerPlayer(ctx, parts, path)
      const binding = bindings.get(name)
      if (!binding) throw new Problem('not-found')
      const who = { kind: 'nobody' } as const
      const made = parts.makeCtx({ who, requestId, ...callerOf(ctx.req, config), session: null })
      const answer = await binding.answer(made, path)
      ctx.set('Content-Security-Policy', policyFor(answer))
      // As it stands: a set of characters that is not theirs would be put over what their pages say.
      ctx.set('Content-Type', answer.type)
      await answerBytes(ctx, answer)
    } catch (thrown) {
      const { status } = refusal(thrown, requestId, log)
      ctx.status = status
      ctx.type = 'text/plain; charset=utf-8'
      // Whoever sees it has a page inside a page that is open no longer; nothing more is told here.
      ctx.body = words.contentClosed
    }
  })
  return app
}
