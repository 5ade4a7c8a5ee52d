// Tries a provider out for whoever sets it up: what it says of itself, its keys, and whether it knows the client. Changes
// nothing here or there.
import * as oidc from 'openid-client'
import type { Finding, FindingCode } from '#protocol/providers.ts'
import { type Client, discover, isSilence, newQuestion, patience } from './elsewhere.ts'

const found = (code: FindingCode, tone: Finding['tone'], said = ''): Finding => ({
  code,
  tone,
  said: said.slice(0, 300),
})

/** What a provider calls itself, where that is not what it was asked by. */
function otherName(error: unknown): string | undefined {
  const cause = error instanceof oidc.ClientError ? error.cause : undefined
  const body = typeof cause === 'object' && cause !== null && 'body' in cause ? cause.body : undefined
  const issuer = typeof body === 'object' && body !== null && 'issuer' in body ? body.issuer : undefined
  return typeof issuer === 'string' ? issuer : undefined
}

/** Far more than the keys of any provider take. */
const mostBytes = 256 * 1_024

/**
 * How many keys a provider tells at an address that it names itself; 0 where they cannot be read. The address is a
 * stranger's word: it is asked by https, by http only where the provider is, it sends nowhere else, and no more of it is
 * read than keys take.
 */
export async function countKeys(issuer: string, address: string | undefined): Promise<number> {
  if (address === undefined || !URL.canParse(address)) return 0
  if (!['https:', new URL(issuer).protocol].includes(new URL(address).protocol)) return 0
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(patience * 1_000) })
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of response.body ?? []) {
      size += part.length
      // Leaving the loop closes the connection.
      if (size > mostBytes) return 0
      parts.push(part)
    }
    const { keys } = JSON.parse(Buffer.concat(parts).toString()) as { keys?: unknown }
    return Array.isArray(keys) ? keys.length : 0
  } catch {
    return 0
  }
}

// A code nobody was given: who does not know the client says so before it looks at the code (RFC 6749, 5.2).
async function clientFinding(config: oidc.Configuration, redirectUri: string): Promise<Finding> {
  const question = newQuestion(redirectUri)
  const back = new URL(redirectUri)
  const answer = { code: 'a-trial', state: question.state, iss: config.serverMetadata().issuer }
  for (const [key, value] of Object.entries(answer)) back.searchParams.set(key, value)
  try {
    await oidc.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: question.verifier,
      expectedState: question.state,
    })
    return found('client-untold', 'warn')
  } catch (error) {
    if (error instanceof oidc.WWWAuthenticateChallengeError) return found('client-unknown', 'bad')
    const said = error instanceof oidc.ResponseBodyError ? error.error : ''
    if (said === 'invalid_grant') return found('client-known', 'good')
    return ['invalid_client', 'unauthorized_client'].includes(said)
      ? found('client-unknown', 'bad')
      : found('client-untold', 'warn', said)
  }
}

/** What a trial finds, in the order in which it looked; what is wrong at once stands last and alone. */
export async function tryOut(client: Client, scopes: readonly string[], redirectUri: string): Promise<Finding[]> {
  let config: oidc.Configuration
  try {
    config = await discover(client)
  } catch (error) {
    const other = otherName(error)
    if (other !== undefined) return [found('other-issuer', 'bad', other)]
    return [found(isSilence(error) ? 'silent' : 'no-provider', 'bad')]
  }
  const said = config.serverMetadata()
  const flows = said.response_types_supported ?? ['code']
  if (!said.authorization_endpoint || !said.token_endpoint || !flows.includes('code'))
    return [found('no-code-flow', 'bad')]
  const keys = await countKeys(client.issuer, said.jwks_uri)
  const unknown = said.scopes_supported ? scopes.filter(one => !said.scopes_supported?.includes(one)) : []
  return [
    found('found', 'good', said.issuer),
    keys > 0 ? found('keys', 'good') : found('no-keys', 'bad'),
    ...(said.code_challenge_methods_supported?.includes('S256') ? [] : [found('no-pkce', 'warn')]),
    ...(unknown.length > 0 ? [found('scopes-unknown', 'warn', unknown.join(' '))] : []),
    await clientFinding(config, redirectUri),
  ]
}
