// Asking the server: calls over the socket, routes over HTTP. Both throw ClientProblem and nothing else. What must
// survive a closed tab is not sent from here but from the outbox.
import {
  apiBase,
  bytesType,
  type CallSpec,
  type InputBefore,
  type Named,
  type Output,
  type RouteSpec,
} from '#protocol/base/call.ts'
import type { ProblemCode } from '#protocol/base/problems.ts'
import { previewHeader } from '#protocol/base/wire.ts'
import { newOperationId } from './operation-id.ts'
import { previewSaid } from './preview.ts'
import { ClientProblem, fromBody } from './problem.ts'
import { realtime } from './realtime.ts'

const patienceMs = 30_000

export interface AskOptions {
  /** The id of a write that was tried before; without it a new one is made. */
  operation?: string
  signal?: AbortSignal
  /** Origin of the server; the page's own when absent. */
  origin?: string
  /** For a route that takes bytes: its body. */
  bytes?: Blob
}

/**
 * Makes a call over the socket and answers with its value. A write is committed when this answers; after a dropped
 * connection it is made again under the same operation id.
 */
export async function call<S extends Named<CallSpec>>(
  spec: S,
  input: InputBefore<S>,
  options: Pick<AskOptions, 'operation'> = {},
): Promise<Output<S>> {
  const operation = spec.kind === 'write' ? (options.operation ?? newOperationId()) : undefined
  return (await realtime().send(spec.name, input, operation === undefined ? undefined : { operation })) as Output<S>
}

/** The address and body of a route's request: parameters of the path are taken out of the input. */
export function requestOf(
  spec: Pick<RouteSpec, 'method' | 'path'>,
  input: Readonly<Record<string, unknown>>,
): { url: string; body: string | undefined } {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const path = spec.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = rest.get(key)
    rest.delete(key)
    if (value === undefined || value === '') throw new Error(`${spec.path} needs ${key}`)
    return encodeURIComponent(String(value))
  })
  if (spec.method !== 'GET') return { url: apiBase + path, body: JSON.stringify(Object.fromEntries(rest)) }
  const query = new URLSearchParams([...rest].map(([key, value]) => [key, String(value)])).toString()
  return { url: apiBase + path + (query ? `?${query}` : ''), body: undefined }
}

async function problemOf(response: Response): Promise<ClientProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && 'code' in body)
    return fromBody(body as Parameters<typeof fromBody>[0])
  // A proxy answered in the server's place.
  const code: ProblemCode = [502, 503, 504].includes(response.status) ? 'busy' : 'internal'
  return new ClientProblem(response.status === 413 ? 'too-large' : code)
}

/** Makes a request of a route and answers with its value. Throws ClientProblem; `offline` when nothing answered. */
export async function request<S extends Named<RouteSpec>>(
  spec: S,
  input: InputBefore<S>,
  options: AskOptions = {},
): Promise<Output<S>> {
  const asked = requestOf(spec, (input ?? {}) as Record<string, unknown>)
  const { url } = asked
  const body = options.bytes ?? asked.body
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = options.bytes ? bytesType : 'application/json'
  if (previewSaid !== undefined) headers[previewHeader] = previewSaid
  if (spec.kind === 'write') headers['idempotency-key'] = options.operation ?? newOperationId()
  const patience = AbortSignal.timeout(patienceMs)
  let response: Response
  try {
    response = await fetch((options.origin ?? '') + url, {
      method: spec.method,
      headers,
      credentials: 'same-origin',
      signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience,
      ...(body === undefined ? {} : { body }),
    })
  } catch {
    throw new ClientProblem('offline')
  }
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return undefined as Output<S>
  return (await response.json().catch(() => {
    throw new ClientProblem('offline')
  })) as Output<S>
}
