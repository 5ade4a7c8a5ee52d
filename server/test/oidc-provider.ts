// A provider of OpenID Connect for tests: a small HTTP server of the loopback address with people of its own, which signs
// for real. What it answers can be falsified, so that a test sees what a client makes of it.
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEndOfFile } from './endings.ts'

interface Key {
  readonly kid: string
  readonly secret: KeyObject
  readonly jwk: Record<string, unknown>
}

function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomUUID()
  return { kid, secret: privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } }
}

const part = (value: object | Buffer): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url')

/** A person of the provider: claims by their subject. */
export type OidcPeople = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export interface OidcProvider {
  readonly issuer: string
  readonly client: { readonly clientId: string; readonly secret: string }
  /** Lies for the next ID token: laid over its claims; `key` signs it with a key nobody knows. */
  falsify(claims: Record<string, unknown>, by?: 'its own key' | 'another key'): void
  /** Takes its time over the next token: tells it when this is done. */
  delay(until: () => Promise<unknown>): void
  /** Another key from now on; the old one is told no more. */
  rotate(): void
  /** What a browser does at `location`: as this person, or saying no. Answers what it comes back with. */
  visit(location: string, as: string | 'no'): Promise<Record<string, string>>
  stop(): Promise<void>
}

interface Grant {
  readonly subject: string
  readonly query: URLSearchParams
}

/** Starts one with these people; stopped when the file's tests are over. Its page asks a browser who it is. */
export async function oidcProvider(people: OidcPeople): Promise<OidcProvider> {
  const client = { clientId: 'lectern', secret: 'what only the two know' }
  const grants = new Map<string, Grant>()
  let key = newKey()
  let lie: { claims: Record<string, unknown>; by: Key | undefined } | undefined
  let delayed: (() => Promise<unknown>) | undefined
  let issuer = ''

  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}token`,
    jwks_uri: `${issuer}keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'email', 'profile'],
    authorization_response_iss_parameter_supported: true,
  })

  const back = (query: URLSearchParams, answer: Record<string, string>): string => {
    const url = new URL(query.get('redirect_uri') ?? '')
    for (const [name, value] of Object.entries({ ...answer, iss: issuer, state: query.get('state') ?? '' }))
      url.searchParams.set(name, value)
    return url.href
  }

  /** Where a browser is sent that chose one of the people, or none. */
  function chosen(query: URLSearchParams, as: string): string {
    if (as === 'no') return back(query, { error: 'access_denied' })
    const code = randomUUID()
    grants.set(code, { subject: as, query })
    return back(query, { code })
  }

  function idToken({ subject, query }: Grant): string {
    const at = Math.floor(Date.now() / 1_000)
    const claims = {
      ...{ iss: issuer, aud: client.clientId, sub: subject, nonce: query.get('nonce') },
      ...{ iat: at, exp: at + 300 },
      ...people[subject],
      ...lie?.claims,
    }
    const by = lie?.by ?? key
    lie = undefined
    const signed = `${part({ alg: 'ES256', kid: by.kid, typ: 'JWT' })}.${part(claims)}`
    return `${signed}.${part(sign('sha256', Buffer.from(signed), { key: by.secret, dsaEncoding: 'ieee-p1363' }))}`
  }

  function token(form: URLSearchParams): [status: number, body: object] {
    if (form.get('client_id') !== client.clientId || form.get('client_secret') !== client.secret)
      return [400, { error: 'invalid_client' }]
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const fits =
      grant &&
      grant.query.get('redirect_uri') === form.get('redirect_uri') &&
      grant.query.get('code_challenge') === challenge
    if (!fits) return [400, { error: 'invalid_grant' }]
    return [200, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken(grant) }]
  }

  const server = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    const json = (body: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (url.pathname === '/.well-known/openid-configuration') return json(metadata())
    if (url.pathname === '/keys') return json({ keys: [key.jwk] })
    if (url.pathname === '/token') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const until = delayed
      delayed = undefined
      await until?.()
      const [status, body] = token(new URLSearchParams(Buffer.concat(chunks).toString()))
      return json(body, status)
    }
    const as = url.searchParams.get('as')
    if (url.pathname !== '/authorize') return json({}, 404)
    if (as !== null) {
      response.writeHead(302, { location: chosen(url.searchParams, as) }).end()
      return
    }
    const link = (who: string, words: string) => {
      url.searchParams.set('as', who)
      return `<p><a href="${url.href.replaceAll('&', '&amp;')}">${words}</a></p>`
    }
    const choices = [...Object.keys(people).map(one => link(one, `I am ${one}`)), link('no', 'Refuse')]
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(
        `<!doctype html><html lang="en"><title>Who are you?</title><link rel="icon" href="data:,">${choices.join('')}`,
      )
  }

  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const stop = async () => {
    server.closeAllConnections()
    await new Promise<void>(resolve => {
      server.close(() => resolve())
    })
  }
  atEndOfFile(stop)
  return {
    issuer,
    client,
    falsify: (claims, by = 'its own key') => {
      lie = { claims, by: by === 'another key' ? newKey() : undefined }
    },
    delay: until => {
      delayed = until
    },
    rotate: () => {
      key = newKey()
    },
    visit: async (location, as) => Object.fromEntries(new URL(chosen(new URL(location).searchParams, as)).searchParams),
    stop,
  }
}
