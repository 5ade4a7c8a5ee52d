// What is said to a provider and what it answers, by the library; nothing of it is kept here but what discovery told, for
// an hour. Only outside transactions: a provider may take its time.
import * as oidc from 'openid-client'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { secretOf } from '../queries.ts'
import { type Claims, claimsOf, secretTravels } from '../rules.ts'
import type { ProviderRow } from '../tables.ts'

/** Seconds a provider may take to answer, and its clock may differ from ours. */
export const patience = 8
const tolerance = 60
const keptMs = 3_600_000

/** How a client is known to its provider. */
export interface Client {
  readonly issuer: string
  readonly clientId: string
  readonly secret: string | undefined
}

/** Reads what a provider says of itself, under the very name it is known by here. Throws what the library throws. */
export async function discover({ issuer, clientId, secret }: Client): Promise<oidc.Configuration> {
  const url = new URL(issuer)
  // Http is for this machine alone: `issuer` of the protocol lets no other through.
  const execute = [oidc.enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])]
  const auth: oidc.ClientAuth = (as, ...request) => {
    const inBody = secretTravels(as.token_endpoint_auth_methods_supported) === 'body'
    const shown = secret === undefined ? oidc.None() : (inBody ? oidc.ClientSecretPost : oidc.ClientSecretBasic)(secret)
    shown(as, ...request)
  }
  const metadata = { [oidc.clockTolerance]: tolerance }
  const found = await oidc.discovery(url, clientId, metadata, auth, { execute, timeout: patience })
  // One that calls itself otherwise for each of its tenants is set up by the name of the one tenant.
  const body = found.serverMetadata()
  if (new URL(body.issuer).href !== url.href) throw new oidc.ClientError('another issuer', { cause: { body } })
  return found
}

interface Known {
  readonly version: number
  readonly at: number
  readonly config: Promise<oidc.Configuration>
}

const known = new Map<string, Known>()

/** The provider as it was discovered within the hour, and as it is set up now. Those who come at once ask it once. */
function configOf(row: ProviderRow): Promise<oidc.Configuration> {
  const kept = known.get(row.id)
  if (kept && kept.version === row.version && Date.now() - kept.at < keptMs) return kept.config
  const config = discover({ issuer: row.issuer, clientId: row.clientId, secret: secretOf(row) })
  known.set(row.id, { version: row.version, at: Date.now(), config })
  return config
}

/** What a sign-in asks with, and what must come back with its answer. */
export interface Question {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly redirectUri: string
}

/** A question nobody can guess. */
export const newQuestion = (redirectUri: string): Question => ({
  state: oidc.randomState(),
  nonce: oidc.randomNonce(),
  verifier: oidc.randomPKCECodeVerifier(),
  redirectUri,
})

/**
 * Where the browser goes with it. Throws `provider-refused`, `sign-in-over`, `provider-silent`, `provider-distrusted`.
 */
export async function addressOf(ctx: Ctx, row: ProviderRow, question: Question): Promise<string> {
  return asking(ctx, row, async config => {
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: question.redirectUri,
      scope: ['openid', ...row.scopes.filter(one => one !== 'openid')].join(' '),
      state: question.state,
      nonce: question.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(question.verifier),
      code_challenge_method: 'S256',
    })
    return url.href
  })
}

/** What a browser brought back from a provider. */
export interface Answer {
  readonly code?: string | undefined
  readonly iss?: string | undefined
  readonly error?: string | undefined
  readonly state?: string | undefined
}

/**
 * Who a provider says they are. Throws `provider-refused` when it or the person said no, `sign-in-over` for a code that was
 * used or ran out, `provider-silent`, `provider-distrusted`.
 */
export async function claimsFor(ctx: Ctx, row: ProviderRow, question: Question, answer: Answer): Promise<Claims> {
  return asking(ctx, row, async config => {
    const back = new URL(question.redirectUri)
    for (const [key, value] of Object.entries(answer)) if (value !== undefined) back.searchParams.set(key, value)
    const tokens = await oidc.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: question.verifier,
      expectedState: question.state,
      expectedNonce: question.nonce,
      idTokenExpected: true,
    })
    const said = tokens.claims()
    if (!said || said.sub.length > 255) throw new oidc.ClientError('no subject')
    const more =
      said.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
        ? await oidc.fetchUserInfo(config, tokens.access_token, said.sub)
        : {}
    return claimsOf({ ...more, ...said })
  })
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

/** Whether nothing was answered, or nothing that a working provider answers. */
export const isSilence = (error: unknown): boolean =>
  (error instanceof TypeError && codeOf(error) === undefined) ||
  codeOf(error) === 'OAUTH_TIMEOUT' ||
  (error instanceof Error && error.cause instanceof Response && error.cause.status >= 500)

async function asking<T>(ctx: Ctx, row: ProviderRow, ask: (config: oidc.Configuration) => Promise<T>): Promise<T> {
  try {
    return await ask(await configOf(row))
  } catch (error) {
    const params = { provider: row.name }
    if (error instanceof oidc.AuthorizationResponseError) throw new Problem('provider-refused', { params })
    // Used already, or too old (RFC 6749, 5.2).
    if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') throw new Problem('sign-in-over')
    // What exactly was wrong is for those who look after the server, not for whoever may have caused it.
    ctx.log.warn({ err: error, provider: row.id }, 'provider')
    // It may have other keys or addresses by now: the next one asks anew.
    known.delete(row.id)
    if (isSilence(error)) throw new Problem('provider-silent', { params })
    if (error instanceof Problem) throw error
    throw new Problem('provider-distrusted', { params })
  }
}
