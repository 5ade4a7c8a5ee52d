// The one way in: HTTP and sockets alike are parsed, signed and answered here. A door hands over a name, an input and
// who asks; the dispatcher finds the binding, parses strictly, opens the transaction for writes and parses the answer.

import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { CallSpec, Named } from '#protocol/base/call.ts'
import type { OperationId } from '#protocol/base/ids.ts'
import { type FieldError, Problem } from '#protocol/base/problems.ts'
import { actorOf, type Ctx, type WriteCtx } from '../ctx.ts'
import { type Outside, transact } from '../db/transact.ts'
import { type Binding, BlobAnswer, FileAnswer, type PreparedHandler, type StormHandler } from '../feature.ts'
import { createStorm } from './storm.ts'

export interface Dispatcher {
  /** Runs one call to its end; throws a Problem or a fault. For a write, returning means committed. */
  dispatch(name: string, input: unknown, ctx: Ctx, operationId?: string): Promise<unknown>
  /**
   * The same for the socket door: a route is `unknown-call` there before anything of it runs, for it may need cookies or
   * answer with a file.
   */
  dispatchCall(name: string, input: unknown, ctx: Ctx, operationId?: string): Promise<unknown>
  readonly bindings: readonly Binding[]
}

/** Answers reads as whom `ctx.seenAs` names. Writes are refused here, whoever that is. */
export interface Preview {
  /** Calls that are made as oneself in a preview too. */
  readonly asOneself: (name: string) => boolean
  readonly asSeen: <T>(ctx: Ctx, name: string, read: (ctx: Ctx) => Promise<T>) => Promise<T>
}

export interface DispatcherParts {
  readonly bindings: readonly Binding[]
  readonly outside: Outside
  /** A context of the system itself, for groups of a storm. */
  readonly systemCtx: () => Ctx
  /** Without it nobody is shown anything as somebody else. */
  readonly preview?: Preview
  /** Calls that stand open to whoever has to agree to something first; without it none does. */
  readonly openWhileOwing?: (name: string) => boolean
  readonly observe: (name: string, seconds: number, outcome: 'ok' | 'refused' | 'fault') => void
}

const operationIdSchema = z.uuid()

/** What a schema refused, as fields: the path and the rule that failed; words are made from `code` by the reader. */
export function fieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.slice(0, 20).map(issue => {
    const { code, path, input: _input, message: _message, ...params } = issue as z.core.$ZodIssue & { input?: unknown }
    const plain = Object.fromEntries(
      Object.entries(params).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
    )
    return { path: path.map(String).join('.'), code, params: plain }
  })
}

// What PostgreSQL can keep neither in text nor in JSON: NUL and lone surrogates. JSON.stringify writes exactly these as
// such escapes; a doubled backslash is matched first, so that an escaped one is left alone.
const unkeepable = /\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/g

// A text of a few kilobytes can nest deeper than any stack.
function writeOut(input: unknown): string {
  try {
    return JSON.stringify(input) ?? ''
  } catch (error) {
    if (error instanceof RangeError) throw new Problem('malformed', { errors: [{ path: '', code: 'too_deep' }] })
    throw error
  }
}

/** Throws `malformed` for text that PostgreSQL can not keep. */
export function demandKeepable(input: unknown): void {
  const text = writeOut(input)
  if (!text.includes('\\u')) return
  if (text.match(unkeepable)?.some(found => found !== '\\\\'))
    throw new Problem('malformed', { errors: [{ path: '', code: 'invalid_text' }] })
}

/** Parses strictly or throws `malformed` with every field that was wrong. */
export function parseInput<S extends CallSpec>(spec: S, input: unknown): z.output<S['input']> {
  demandKeepable(input)
  const parsed = z.safeParse(spec.input, input ?? {})
  if (!parsed.success) throw new Problem('malformed', { errors: fieldErrors(parsed.error) })
  return parsed.data as z.output<S['input']>
}

const isStorm = (handler: unknown): handler is StormHandler<unknown, unknown> =>
  typeof handler === 'object' && handler !== null && 'storm' in handler

const isPrepared = (handler: unknown): handler is PreparedHandler<unknown, unknown> =>
  typeof handler === 'object' && handler !== null && 'prepare' in handler

type Write = (ctx: WriteCtx) => Promise<unknown>

// What runs inside the transaction, and what the caller said in all; slow work is done before, while no connection is held.
async function writeOf(handler: unknown, ctx: Ctx, input: unknown): Promise<{ write: Write; said: unknown }> {
  if (!isPrepared(handler))
    return {
      write: tx => (handler as (ctx: WriteCtx, input: unknown) => Promise<unknown>)(tx, input),
      said: input,
    }
  const prepared = await handler.prepare(ctx, input)
  if (typeof prepared === 'function') return { write: prepared, said: input }
  return { write: prepared.run, said: { input, bytes: prepared.said } }
}

/** Unknown keys are refused inward: every input is a strict object, seen at boot rather than in an attack. */
function assertStrict(spec: Named<CallSpec>): void {
  const definition = (
    spec.input as unknown as { _zod: { def: { type: string; catchall?: { _zod: { def: { type: string } } } } } }
  )._zod.def
  if (definition.type === 'object' && definition.catchall?._zod.def.type !== 'never')
    throw new Error(`${spec.name}: the input must be a strictObject`)
}

/**
 * Builds the dispatcher over every feature's bindings. Two bindings of one name stop the start. What it makes throws
 * `unknown-call`, `malformed`, `not-signed-in`, what somebody owes (`consent-due`, `guardian-due`), `previewing`,
 * `not-in-preview`, of writes `busy`, `operation-reused`, `answered-once` and `answer-gone`, and what the handler throws.
 */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const table = new Map<string, Binding>()
  const storms = new Map<string, ReturnType<typeof createStorm>>()
  for (const binding of parts.bindings) {
    if (table.has(binding.spec.name)) throw new Error(`Two handlers for ${binding.spec.name}`)
    assertStrict(binding.spec)
    table.set(binding.spec.name, binding)
    if (isStorm(binding.handler))
      storms.set(binding.spec.name, createStorm(binding.spec.name, binding.handler, parts.outside, parts.systemCtx))
  }

  async function pushTo(
    storm: ReturnType<typeof createStorm>,
    handler: unknown,
    input: unknown,
    ctx: Ctx,
    operationId: string,
  ): Promise<unknown> {
    const { ready } = handler as StormHandler<unknown, unknown, unknown>
    const item = { ctx, input: ready ? await ready(ctx, input) : input, operationId: operationId as OperationId }
    return storm.push(item, actorOf(ctx.who), input)
  }

  async function perform(binding: Binding, raw: unknown, ctx: Ctx, operationId?: string): Promise<unknown> {
    const { spec, handler } = binding
    if (spec.who === 'account' && ctx.who.kind === 'nobody') throw new Problem('not-signed-in')
    if (ctx.who.kind === 'account' && ctx.who.owes !== undefined && parts.openWhileOwing?.(spec.name) !== true)
      throw new Problem(ctx.who.owes === 'guardian' ? 'guardian-due' : 'consent-due')
    const input = parseInput(spec, raw)
    if (ctx.seenAs !== undefined && parts.preview?.asOneself(spec.name) !== true) {
      if (spec.kind !== 'read') throw new Problem('previewing')
      if (!parts.preview) throw new Problem('not-in-preview')
      return parts.preview.asSeen(ctx, spec.name, seen =>
        (handler as (ctx: Ctx, input: unknown) => Promise<unknown>)(seen, input),
      )
    }
    if (spec.kind === 'read') return (handler as (ctx: Ctx, input: unknown) => Promise<unknown>)(ctx, input)
    if (operationId !== undefined && !z.safeParse(operationIdSchema, operationId).success)
      throw new Problem('malformed', { errors: [{ path: 'operation', code: 'invalid_format' }] })
    const storm = storms.get(spec.name)
    if (ctx.who.kind === 'nobody') {
      if (storm) return pushTo(storm, handler, input, ctx, operationId ?? randomUUID())
      const known = operationId === undefined ? ctx : { ...ctx, operationId: operationId as OperationId }
      return transact(known, parts.outside, (await writeOf(handler, known, input)).write)
    }
    if (operationId === undefined)
      throw new Problem('malformed', { errors: [{ path: 'operation', code: 'missing_operation' }] })
    const author = ctx.who.accountId
    if (storm) return pushTo(storm, handler, input, ctx, operationId)
    const { write, said } = await writeOf(handler, ctx, input)
    return transact(ctx, parts.outside, write, {
      author,
      id: operationId as OperationId,
      call: spec.name,
      input: said,
      once: spec.once ?? false,
    })
  }

  async function dispatch(name: string, input: unknown, ctx: Ctx, operationId?: string): Promise<unknown> {
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1000
    const binding = table.get(name)
    if (!binding) throw new Problem('unknown-call')
    try {
      const answer = await perform(binding, input, ctx, operationId)
      // The answer is parsed too: what its schema does not name never leaves the server.
      const bytes = answer instanceof FileAnswer || answer instanceof BlobAnswer
      const value = bytes ? answer : z.parse(binding.spec.output, answer)
      parts.observe(name, seconds(), 'ok')
      return value
    } catch (error) {
      parts.observe(name, seconds(), error instanceof Problem ? 'refused' : 'fault')
      throw error
    }
  }

  return {
    bindings: parts.bindings,
    dispatch,
    async dispatchCall(name, input, ctx, operationId) {
      if (table.get(name)?.spec.path !== undefined) throw new Problem('unknown-call')
      return dispatch(name, input, ctx, operationId)
    },
  }
}
