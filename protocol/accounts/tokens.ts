// Access tokens: what a program sends in place of a person's session. A token may do a part of what its person may,
// never more, and never anything to the account itself. The secret is shown once.
import * as z from 'zod/mini'
import { type CallSpec, defineRoutes, type Named, once, read, route, write } from '../base/call.ts'
import { idSchema, instant, line, nothing } from '../base/ids.ts'

export const tokenId = idSchema<'AccessToken'>()
export type TokenId = z.infer<typeof tokenId>

/** The features a token can be opened to, by their words. What is not here no token reaches. */
export const tokenFeatures = [
  'accounts',
  'courses',
  'groups',
  'content',
  'questions',
  'activities',
  'quizzes',
  'grades',
  'channels',
  'notes',
  'live',
  'attendance',
  'today',
  'notifications',
  'calendar',
  'progress',
  'search',
  'participation',
  'overview',
] as const

/** Nothing is written there. */
const readOnly: readonly string[] = ['search', 'participation', 'overview']

const scopes = ['all', ...tokenFeatures].flatMap(feature =>
  readOnly.includes(feature) ? [`${feature}:read`] : [`${feature}:read`, `${feature}:write`],
)

/** `<feature>:read` or `<feature>:write`, or `all` in place of the feature. Writing includes reading. */
export const tokenScope = z.enum(scopes.filter(scope => scope !== 'accounts:write'))
export type TokenScope = z.infer<typeof tokenScope>

/** The scope that a call asks for. */
export const scopeOfCall = ({ name, kind }: Pick<Named<CallSpec>, 'name' | 'kind'>): string =>
  `${name.slice(0, name.indexOf('.'))}:${kind}`

/** Whether a token with these scopes may make a call. Accounts are never written by a token. */
export function tokenOpens(held: readonly TokenScope[], spec: Pick<Named<CallSpec>, 'name' | 'kind'>): boolean {
  const wanted = scopeOfCall(spec)
  const [feature = ''] = wanted.split(':')
  if (wanted === 'accounts:write' || !tokenFeatures.some(one => one === feature)) return false
  const enough = [wanted, `${feature}:write`, `all:${spec.kind}`, 'all:write']
  return enough.some(scope => held.includes(scope))
}

/** One token as its owner sees it; the secret is never told again. */
export const accessToken = z.object({
  id: tokenId,
  name: z.string(),
  scopes: z.array(tokenScope),
  createdAt: instant,
  lastUsedAt: z.nullable(instant),
  /** Null for one that holds until it is revoked. */
  expiresAt: z.nullable(instant),
})
export type AccessToken = z.infer<typeof accessToken>

/** Most tokens of one account. */
export const mostTokens = 50

export const tokenRoutes = defineRoutes('accounts', {
  listTokens: route('GET', '/me/tokens', read(nothing, z.object({ items: z.array(accessToken) }))),
  createToken: route(
    'POST',
    '/me/tokens',
    once(
      write(
        z.strictObject({
          name: line(80),
          scopes: z.array(tokenScope).check(z.minLength(1), z.maxLength(scopes.length)),
          days: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(365))), 90),
        }),
        z.object({ token: accessToken, secret: z.string() }),
      ),
    ),
  ),
  revokeToken: route('DELETE', '/me/tokens/:tokenId', write(z.strictObject({ tokenId }), nothing)),
})
