// Access tokens: what a program sends in place of a person's session. A token may do a part of what its person may,
// never more, and never anything to the account itself. The secret is shown once.
import * as z from 'zod/mini'
import { type CallSpec, defineRoutes, type Named, once, read, route, write } from '../base/call.ts'
import { idSchema, instant, line, nothing } from '../base/ids.ts'
import { everyPart, isReadOnly, scopesOfCall } from '../base/reach.ts'

export const tokenId = idSchema<'AccessToken'>()
export type TokenId = z.infer<typeof tokenId>

const scopes = [
  ...['all:read', 'all:write'],
  ...everyPart.flatMap(part => (isReadOnly(part) ? [`${part}:read`] : [`${part}:read`, `${part}:write`])),
]

/** `<part>:read` or `<part>:write`, or `all` in place of the part (but those that stand alone). Writing includes reading. */
export const tokenScope = z.enum(scopes)
export type TokenScope = z.infer<typeof tokenScope>

/** Whether a token with these scopes may make a call. */
export const tokenOpens = (held: readonly TokenScope[], spec: Pick<Named<CallSpec>, 'name' | 'kind'>): boolean =>
  scopesOfCall(spec).some(scope => held.includes(scope))

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
