// How a feature writes its calls (sockets) and routes (HTTP) down once for both ends. No behaviour lives here: the
// server's dispatcher parses with these schemas, the client infers its types from them, OpenAPI is made from them.
import type * as z from 'zod/mini'
import type { CallArea } from './reach.ts'

type Schema = z.core.$ZodType

/** Below it every route stands. */
export const apiBase = '/api/v1'

/** Who may knock: `anyone` includes people without a session. What they may do is asked of `rules` afterwards. */
export type Knock = 'anyone' | 'account'

/** How long a write waits in the client for a connection, in milliseconds; the client then drops it and says so. */
export const writesWaitMs = 60 * 24 * 60 * 60 * 1000

/** Reads change nothing; writes carry an operation id, run in one transaction and are remembered for 90 days. */
export type CallKind = 'read' | 'write'

export interface CallSpec<I extends Schema = Schema, O extends Schema = Schema, K extends CallKind = CallKind> {
  readonly kind: K
  readonly who: Knock
  readonly input: I
  readonly output: O
  /** The answer holds a secret and is not kept: a repeated write is refused as `answered-once`. */
  readonly once?: true
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface RouteSpec<I extends Schema = Schema, O extends Schema = Schema, K extends CallKind = CallKind>
  extends CallSpec<I, O, K> {
  readonly method: Method
  /** Below `apiBase`, with :parameters; path, query and body are merged into one input object. */
  readonly path: string
  /** The body is bytes (`bytesType`) and no JSON: the input is path and query alone. */
  readonly takes?: 'bytes'
}

/** The media type of a body that a route takes as bytes. */
export const bytesType = 'application/octet-stream'

/** A call with the name that travels: `<feature>.<verb>`. */
export type Named<S> = S & { readonly name: string }

export type Calls = Record<string, Named<CallSpec>>
export type Routes = Record<string, Named<RouteSpec>>

export type Input<S extends CallSpec> = z.output<S['input']>
/** What a caller hands in, before the schema trims and fills in defaults. */
export type InputBefore<S extends CallSpec> = z.input<S['input']>
export type Output<S extends CallSpec> = z.output<S['output']>

/** A call that changes nothing. */
export const read = <I extends Schema, O extends Schema>(
  input: I,
  output: O,
  who: Knock = 'account',
): CallSpec<I, O, 'read'> => ({ kind: 'read', who, input, output })

/** A call that writes: one operation id, one transaction. */
export const write = <I extends Schema, O extends Schema>(
  input: I,
  output: O,
  who: Knock = 'account',
): CallSpec<I, O, 'write'> => ({ kind: 'write', who, input, output })

/** A write whose answer holds a secret: it is given once and kept nowhere. */
export const once = <S extends CallSpec>(spec: S): S => ({ ...spec, once: true })

/** Puts a call behind an HTTP method and path: `route('POST', '/courses', write(...))`. */
export const route = <S extends CallSpec>(
  method: Method,
  path: string,
  spec: S,
): S & { method: Method; path: string } => ({
  ...spec,
  method,
  path,
})

/** The route takes its body as bytes; the handler finds them in `ctx.session`. */
export const takesBytes = <S extends RouteSpec>(spec: S): S & { readonly takes: 'bytes' } => ({
  ...spec,
  takes: 'bytes',
})

/** Names every call of a feature `<feature>.<verb>`. Calls are made over the socket. What tokens may do there says `reach.ts`. */
export function defineCalls<T extends Record<string, CallSpec>>(
  feature: CallArea,
  calls: T,
): { [K in keyof T]: Named<T[K]> } {
  const named = Object.entries(calls).map(([verb, spec]) => [verb, { ...spec, name: `${feature}.${verb}` }])
  return Object.fromEntries(named) as { [K in keyof T]: Named<T[K]> }
}

/** Names every route of a feature `<feature>.<verb>`. Routes are asked over HTTP. What tokens may do there says `reach.ts`. */
export function defineRoutes<T extends Record<string, RouteSpec>>(
  feature: CallArea,
  routes: T,
): { [K in keyof T]: Named<T[K]> } {
  const named = Object.entries(routes).map(([verb, spec]) => [verb, { ...spec, name: `${feature}.${verb}` }])
  return Object.fromEntries(named) as { [K in keyof T]: Named<T[K]> }
}
