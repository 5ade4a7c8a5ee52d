// The HTTP door: one Koa app whose routes are made from the bindings. It gathers input, finds out who asks and hands
// over to the dispatcher; it decides nothing itself.
import { randomUUID, timingSafeEqual } from 'node:crypto'
import Router, { type RouterContext } from '@koa/router'
import coBody from 'co-body'
import Koa from 'koa'
import { probes, publicPages } from '#protocol/base/addresses.ts'
import { apiBase, bytesType } from '#protocol/base/call.ts'
import { Problem } from '#protocol/base/problems.ts'
import { previewHeader } from '#protocol/base/wire.ts'
import { Buckets } from '../call/bucket.ts'
import type { Dispatcher } from '../call/dispatcher.ts'
import { refusal } from '../call/refusal.ts'
import type { Config } from '../config.ts'
import type { Ctx, SessionDoor, Who } from '../ctx.ts'
import { type Binding, BlobAnswer, FileAnswer, type ToldType } from '../feature.ts'
import type { Logger } from '../log/log.ts'
import type { Metrics } from '../log/metrics.ts'
import { callLimits } from '../realtime/connection.ts'
import { askedOrigin, contentOrigin, sharedOrigin } from './addresses.ts'
import { type Allowance, allowanceFields, demandPaid, payFrom } from './allowance.ts'
import { assets } from './assets.ts'
import { answerBlob } from './blob-answer.ts'
import { callerOf } from './caller.ts'
import { cookieOf, readCookie, readSessionCookie, type Transport, transportOf } from './cookies.ts'
import { describeApi } from './openapi.ts'
import { isSameOrigin } from './origin.ts'
import { securityHeaders } from './security-headers.ts'

const bodyLimit = '256kb'

/** What a request with an access token may do. */
export interface Bearer {
  readonly who: Who
  /** Takes one call from what the token may ask. */
  readonly pay: () => Promise<readonly Allowance[]>
  /** Throws `out-of-scope` with the scope that a call asks for and the token has not, `not-by-token` where none opens it. */
  readonly demandOpen: (spec: Binding['spec']) => void
}

export interface HttpParts {
  readonly config: Config
  readonly dispatcher: Dispatcher
  readonly identify: (token: string | undefined) => Promise<Who>
  /** Who an access token speaks for, and which calls it opens; undefined when it is none. */
  readonly identifyToken: (secret: string) => Promise<Bearer | undefined>
  readonly makeCtx: (parts: Pick<Ctx, 'who' | 'seenAs' | 'requestId' | 'address' | 'local' | 'session'>) => Ctx
  /** undefined when ready, else why not. */
  readonly notReady: () => Promise<string | undefined>
  /** True once the node is on its way out: who asks again shall ask another. */
  readonly draining: () => boolean
  readonly log: Logger
  readonly metrics: Metrics
  readonly clientFolder: string
  /** What servers elsewhere are told. */
  readonly told: readonly ToldType[]
  /** The port of the content origin; null where there is none of its own. */
  readonly contentPort: () => number | null
}

async function readBody(ctx: RouterContext, spec: Binding['spec']): Promise<Record<string, unknown>> {
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(ctx.method)) return {}
  if (!ctx.request.length && !ctx.get('transfer-encoding')) return {}
  // Mail programs post a form that says nothing (RFC 8058, 3.2) to what needs no session; nothing is read of it.
  if (spec.who === 'anyone' && ctx.is('urlencoded')) return {}
  if (!ctx.is('json')) throw new Problem('malformed', { errors: [{ path: '', code: 'json_needed' }] })
  const body: unknown = await coBody
    .json(ctx.req, { limit: bodyLimit, strict: true })
    .catch((error: { status?: number }) => {
      if (error.status === 413) throw new Problem('too-large', { params: { limit: bodyLimit } })
      throw new Problem('malformed', { errors: [{ path: '', code: 'invalid_json' }] })
    })
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem('malformed', { errors: [{ path: '', code: 'object_needed' }] })
  return body as Record<string, unknown>
}

function demandBytes(ctx: RouterContext): void {
  if (!ctx.is(bytesType)) throw new Problem('malformed', { errors: [{ path: '', code: 'bytes_needed' }] })
}

function sessionDoor(
  ctx: RouterContext,
  { config, contentPort }: Pick<HttpParts, 'config' | 'contentPort'>,
  transport: Transport,
  spec: Binding['spec'],
): SessionDoor {
  return {
    bytes: spec.takes === 'bytes' ? ctx.req : null,
    origin: sharedOrigin(config, ctx.req),
    asked: askedOrigin(config, ctx.req),
    content: contentOrigin(config, ctx.req, contentPort()),
    token: readSessionCookie(ctx.get('cookie'), transport),
    agent: ctx.get('user-agent'),
    start: (token, maxAgeSeconds) => ctx.append('Set-Cookie', cookieOf('session', token, maxAgeSeconds, transport)),
    end: () => ctx.append('Set-Cookie', cookieOf('session', '', 0, transport)),
    errand: readCookie(ctx.get('cookie'), 'errand', transport),
    carry: (errand, maxAgeSeconds) => ctx.append('Set-Cookie', cookieOf('errand', errand, maxAgeSeconds, transport)),
  }
}

/** Builds the app; the caller owns the server it listens on. */
export function createHttp(parts: HttpParts): Koa {
  const { config, dispatcher, log } = parts
  const transport = transportOf(config)
  // One proxy is trusted, the nearest: its entry is the last.
  const app = new Koa({ proxy: config.trustProxy, maxIpsCount: 1 })
  app.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that went away in the middle of a file is no fault of ours.
    if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
      log.error({ err: error }, 'http')
  })
  app.use(securityHeaders(transport, request => contentOrigin(config, request, parts.contentPort())))
  app.use(async (ctx, next) => {
    ctx.state.requestId = randomUUID()
    ctx.set('X-Request-Id', ctx.state.requestId)
    if (parts.draining()) ctx.set('Connection', 'close')
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) throw new Problem('not-found')
    } catch (thrown) {
      const body = refusal(thrown, ctx.state.requestId, log)
      ctx.status = body.status
      const retryAfter = body.params.retryAfter
      if (typeof retryAfter === 'number') ctx.set('Retry-After', String(Math.ceil(retryAfter)))
      ctx.body = JSON.stringify(body)
      ctx.type = 'application/problem+json'
    }
  })

  const budgets = new Buckets(callLimits)
  function pay(ctx: RouterContext, allowances: readonly Allowance[]): void {
    ctx.set(allowanceFields(allowances))
    demandPaid(allowances)
  }

  // A token in the header is meant: a wrong one is refused, whatever cookie came along.
  async function whoAsks(ctx: RouterContext, spec: Binding['spec']): Promise<Who> {
    const header = ctx.get('authorization')
    if (header === '') {
      const who = await parts.identify(readSessionCookie(ctx.get('cookie'), transport))
      // Without an account nobody is asked to pay: a school is one address, and what is open to all is guarded there.
      if (who.kind === 'account') pay(ctx, [payFrom('browser', budgets.of(who.accountId))])
      return who
    }
    const [, secret] = /^Bearer +(\S+)$/i.exec(header) ?? []
    const bearer = secret === undefined ? undefined : await parts.identifyToken(secret)
    if (!bearer) throw new Problem('not-signed-in')
    pay(ctx, await bearer.pay())
    bearer.demandOpen(spec)
    return bearer.who
  }

  const router = new Router()
  for (const { spec } of dispatcher.bindings) {
    if (!spec.method || !spec.path) continue
    router.register(`${apiBase}${spec.path}`, [spec.method], async ctx => {
      if (!isSameOrigin(config, ctx.get('origin') || undefined, ctx.get('host') || undefined))
        throw new Problem('wrong-origin')
      ctx.set('Cache-Control', 'no-store')
      if (spec.takes === 'bytes') demandBytes(ctx)
      const body = spec.takes === 'bytes' ? {} : await readBody(ctx, spec)
      const input = { ...ctx.query, ...body, ...ctx.params }
      const who = await whoAsks(ctx, spec)
      const call = parts.makeCtx({
        who,
        requestId: ctx.state.requestId,
        ...callerOf(ctx.req, config),
        seenAs: ctx.get(previewHeader) || undefined,
        session: sessionDoor(ctx, parts, transport, spec),
      })
      const answer = await dispatcher.dispatch(spec.name, input, call, ctx.get('idempotency-key') || undefined)
      if (answer instanceof FileAnswer) {
        const { shown, keptSeconds } = answer.options
        if (!shown) ctx.attachment(answer.name)
        if (keptSeconds !== undefined) ctx.set('Cache-Control', `private, max-age=${keptSeconds}, immutable`)
        ctx.type = answer.type
        ctx.body = answer.body
      } else if (answer instanceof BlobAnswer) await answerBlob(ctx, answer.blob)
      else ctx.body = answer
    })
  }

  // Described for whoever asks first: to walk through every schema is a good part of a node's start.
  let api: string | undefined
  router.get(`${apiBase}/openapi.json`, ctx => {
    api ??= JSON.stringify(describeApi(dispatcher.bindings, parts.told))
    ctx.type = 'application/json'
    ctx.body = api
  })
  router.get(probes.alive, ctx => {
    ctx.body = { status: 'ok' }
  })
  router.get(probes.ready, async ctx => {
    const reason = await parts.notReady()
    ctx.status = reason ? 503 : 200
    ctx.body = reason ? { status: 'not ready', reason } : { status: 'ready' }
  })
  router.get(probes.metrics, async ctx => {
    const given = Buffer.from(ctx.get('authorization').replace(/^Bearer /, ''))
    const wanted = Buffer.from(config.metricsToken ?? '')
    const tokenFits = wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted)
    if (!tokenFits && !callerOf(ctx.req, config).local) throw new Problem('not-allowed')
    ctx.type = parts.metrics.registry.contentType
    ctx.body = await parts.metrics.registry.metrics()
  })
  app.use(router.routes())
  app.use(async (ctx, next) => {
    // The description for people is a page of the client.
    if (!/^\/api(\/|$)/.test(ctx.path) || ctx.path === publicPages.apiDocs) return next()
    const methods = ((ctx as unknown as RouterContext).matched ?? []).flatMap(layer => layer.methods)
    if (methods.length > 0) ctx.set('Allow', [...new Set(methods)].join(', '))
    throw new Problem('unknown-call')
  })
  app.use(assets(parts.clientFolder))
  return app
}
