// Posts to an address elsewhere that somebody else named: only where the guard lets it, over the connection to the very
// address that was judged, following no redirect, reading a little of the answer and waiting a set time. Never throws for
// what the other side does.
import { type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Config } from '../config.ts'
import { BarredAddress, type GuardSettings, judged, type Resolve, resolveBySystem } from './guard.ts'

export const postLimits = { patienceMs: 15_000, mostBytes: 4 * 1024 }

/** Why nothing that counts came back. */
export type PostFailure = 'barred' | 'unknown-name' | 'unreachable' | 'not-trusted' | 'silent' | 'ended'

export type PostOutcome =
  | { readonly status: number; readonly answer: string; readonly ms: number }
  | { readonly failure: PostFailure; readonly ms: number }

let settings: GuardSettings = { ranges: [], ports: 'https', loopback: false }

/** Sets what may be called, the same on every node. */
export function connectGuard(config: Pick<Config, 'webhooksPrivate' | 'webhooksPorts' | 'webhooksLoopback'>): void {
  settings = { ranges: config.webhooksPrivate, ports: config.webhooksPorts, loopback: config.webhooksLoopback }
}

/** Looks whether an address may be called now. Throws `BarredAddress`. */
export const mayPostTo = async (address: string): Promise<void> => {
  await judged(address, settings)
}

interface Post {
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Ends it before its time: nobody waits for it any more. */
  readonly signal?: AbortSignal
  readonly resolve?: Resolve
}

const notTrusted = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_|EPROTO)/

function failureOf(error: unknown): PostFailure {
  if (error instanceof BarredAddress) return error.why === 'unknown' ? 'unknown-name' : 'barred'
  const code = (error as { code?: string } | null)?.code ?? ''
  return notTrusted.test(code) ? 'not-trusted' : 'unreachable'
}

/** Posts once. `answer`: the first 4 kB of what came back, as text; `ms`: how long it took. */
export async function postOutside({
  address,
  headers,
  body,
  signal,
  resolve = resolveBySystem,
}: Post): Promise<PostOutcome> {
  const begun = performance.now()
  const ms = () => Math.round(performance.now() - begun)
  const patience = AbortSignal.timeout(postLimits.patienceMs)
  const either = signal ? AbortSignal.any([patience, signal]) : patience
  const ended = (): PostOutcome => ({ failure: signal?.aborted ? 'ended' : 'silent', ms: ms() })
  try {
    const over = new Promise<undefined>(done => {
      either.addEventListener('abort', () => done(undefined), { once: true })
    })
    const found = await Promise.race([judged(address, settings, resolve), over])
    if (!found) return ended()
    const pinned: LookupFunction = (_host, options, callback) => {
      const [first] = found
      if (options.all) callback(null, [...found])
      else callback(null, first?.address ?? '', first?.family ?? 4)
    }
    return { ...(await post(new URL(address), { lookup: pinned, headers, signal: either }, body)), ms: ms() }
  } catch (error) {
    return either.aborted ? ended() : { failure: failureOf(error), ms: ms() }
  }
}

function post(url: URL, options: RequestOptions, body: string): Promise<{ status: number; answer: string }> {
  return new Promise((done, failed) => {
    const open = url.protocol === 'https:' ? requestTls : requestPlain
    const bytes = Buffer.from(body)
    const request = open(url, {
      ...options,
      method: 'POST',
      // One connection a call: nothing is kept open to a server that was judged a while ago.
      agent: false,
      headers: { ...options.headers, 'content-length': bytes.byteLength },
    })
    request.on('error', failed)
    request.on('response', response => {
      const parts: Buffer[] = []
      let length = 0
      const end = () => {
        const read = Buffer.concat(parts).subarray(0, postLimits.mostBytes)
        done({ status: response.statusCode ?? 0, answer: read.toString('utf8') })
        request.destroy()
      }
      response.on('data', (part: Buffer) => {
        parts.push(part)
        length += part.byteLength
        if (length >= postLimits.mostBytes) end()
      })
      response.on('end', end)
      response.on('error', failed)
    })
    request.end(bytes)
  })
}
