// Sign-in by providers elsewhere (OpenID Connect): which the school offers, a browser's way there and back, the
// connections of one's own account, and what administrators set up. Secrets travel inward only.
import * as z from 'zod/mini'
import { nextStep, ownAccount, provingPassword } from './accounts.ts'
import { publicPages } from './base/addresses.ts'
import { defineRoutes, once, read, route, write } from './base/call.ts'
import { idSchema, instant, line, nothing, version } from './base/ids.ts'

export const providerId = idSchema<'Provider'>()
export type ProviderId = z.infer<typeof providerId>

export const identityId = idSchema<'Identity'>()
export type IdentityId = z.infer<typeof identityId>

/** Most providers of a school, and most connections of an account. */
export const mostProviders = 20
export const mostIdentities = 10

// Scheme, host, port and path: nothing to look for in it, nobody's name before it.
const address = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(\/[\x21\x24-\x3e\x40-\x7e]*)?$/i
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/** https, or http on this very machine: what is answered there must have come from the issuer unchanged. */
function isIssuer(typed: string): boolean {
  const [, scheme = '', host = ''] = address.exec(typed) ?? []
  return scheme.toLowerCase() === 'https' || (scheme !== '' && loopback.test(host))
}

/** The same address written in one way: names of hosts in lower case, without the port that goes without saying. */
function oneWay(typed: string): string {
  const [, scheme = '', host = '', port = '', path = '/'] = address.exec(typed) ?? []
  const usual = scheme.toLowerCase() === 'https' ? ':443' : ':80'
  return `${scheme}://${host}${port === usual ? '' : port}`.toLowerCase() + path
}

/** The address a provider calls itself by (OpenID Connect Discovery 1.0, 3). */
export const issuer = z.string().check(
  z.trim(),
  z.maxLength(300),
  z.refine(isIssuer),
  // Runs on what was refused, too.
  z.overwrite(typed => (isIssuer(typed) ? oneWay(typed) : typed)),
)

export const providerName = line(40)
export const clientId = line(300)
export const clientSecret = z.string().check(z.minLength(1), z.maxLength(1_000), z.regex(/^[\x20-\x7e]+$/))

/** What is asked for beside `openid` (RFC 6749, 3.3). */
export const scope = z.string().check(z.maxLength(100), z.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/))

/** The part of an e-mail address after the sign, in lower case. */
export const mailDomain = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.maxLength(253), z.regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/))

/** Whom a provider lets in: those who connected their account, or also new people with an address of its domains. */
export const newcomers = z.enum(['connected', 'domains'])
export type Newcomers = z.infer<typeof newcomers>

const settings = {
  name: providerName,
  issuer,
  clientId,
  scopes: z.array(scope).check(z.maxLength(20)),
  newcomers,
  /** Whose addresses make new accounts; one at least with `domains`. */
  domains: z.array(mailDomain).check(z.maxLength(50)),
  /** The provider answers for every address it gives, though it does not say so in each answer. */
  vouched: z.boolean(),
  /** Accounts made through it are minors. */
  minors: z.boolean(),
  /** It asks for a second step itself: none is asked for here. */
  trusted: z.boolean(),
  enabled: z.boolean(),
} as const

export const providerSettings = z.object(settings)
export type ProviderSettings = z.infer<typeof providerSettings>

/** A provider as administrators see it. */
export const provider = z.object({
  ...settings,
  id: providerId,
  issuer: z.string(),
  /** Whether a secret is kept. It is never told. */
  secret: z.boolean(),
  /** How many people are connected. */
  people: z.int(),
  version,
})
export type Provider = z.infer<typeof provider>

/** What whoever is at the door is told. */
export const offeredProvider = z.object({ id: providerId, name: z.string() })
export type OfferedProvider = z.infer<typeof offeredProvider>

/** A connection of one's own account. `label` is how the account elsewhere calls itself. */
export const identity = z.object({
  id: identityId,
  provider: z.string(),
  /** Whether it opens this account now: its provider is there and switched on. */
  usable: z.boolean(),
  label: z.string(),
  createdAt: instant,
  lastUsedAt: z.nullable(instant),
})
export type Identity = z.infer<typeof identity>

/** What a trial of a provider found, the first thing that is wrong last. */
export const findingCode = z.enum([
  'found',
  'silent',
  'no-provider',
  'other-issuer',
  'no-code-flow',
  'no-pkce',
  'keys',
  'no-keys',
  'scopes-unknown',
  'client-known',
  'client-unknown',
  'client-untold',
])
export type FindingCode = z.infer<typeof findingCode>
export const finding = z.object({ code: findingCode, tone: z.enum(['good', 'warn', 'bad']), said: z.string() })
export type Finding = z.infer<typeof finding>

/** Where to go afterwards: a page of ours, never another site's. */
export const nextPath = z.string().check(z.maxLength(500), z.regex(/^\/(?![/\\])[\x21-\x7e]*$/))

/** What a provider puts into the address it sends a browser back to (RFC 6749, 4.1.2; RFC 9207). */
const answered = z.string().check(z.maxLength(4_000))

/** The address a provider sends browsers back to, below the origin. One each, so that answers are never mixed up. */
export const returnPath = publicPages.signInWith

export const providerRoutes = defineRoutes('providers', {
  offered: route('GET', '/session/providers', read(nothing, z.object({ items: z.array(offeredProvider) }), 'anyone')),
  /** Begins a sign-in: the browser goes to `location`, carrying what proves that it is the one that comes back. */
  begin: route(
    'POST',
    '/session/providers/:providerId',
    once(
      write(z.strictObject({ providerId, next: z.optional(nextPath) }), z.object({ location: z.string() }), 'anyone'),
    ),
  ),
  /** The same for connecting one's account. Who has a second step must have signed in just now, else `sign-in-again`. */
  connect: route(
    'POST',
    '/me/identities/:providerId',
    once(write(z.strictObject({ providerId, password: provingPassword }), z.object({ location: z.string() }))),
  ),
  /** Ends either with what the provider answered. Throws `sign-in-over` in every browser but the one that began it. */
  finish: route(
    'POST',
    '/session/providers/:providerId/answer',
    once(
      write(
        z.strictObject({
          providerId,
          state: z.optional(answered),
          code: z.optional(answered),
          iss: z.optional(answered),
          error: z.optional(answered),
        }),
        z.discriminatedUnion('did', [
          z.object({ did: z.literal('signed-in'), account: ownAccount, next: z.string() }),
          z.object({ did: z.literal('asked-more'), step: nextStep, next: z.string() }),
          z.object({ did: z.literal('connected'), provider: z.string() }),
        ]),
        'anyone',
      ),
    ),
  ),
  mine: route(
    'GET',
    '/me/identities',
    read(nothing, z.object({ items: z.array(identity), offered: z.array(offeredProvider) })),
  ),
  /** Throws `last-way-in` when nobody could come in afterwards. */
  disconnect: route(
    'DELETE',
    '/me/identities/:identityId',
    write(z.strictObject({ identityId, password: provingPassword }), nothing),
  ),

  /** For administrators. What a provider must be told is `returnPath` below this origin. */
  list: route('GET', '/providers', read(nothing, z.object({ items: z.array(provider), origin: z.string() }))),
  /** The id is made by who sets it up: the provider is told an address with it first. */
  create: route(
    'POST',
    '/providers',
    write(z.strictObject({ providerId, ...settings, secret: z.optional(clientSecret) }), z.object({ provider })),
  ),
  /** Another issuer only while nobody is connected, and with its own secret. One of null is taken away; without one it stays. */
  change: route(
    'PATCH',
    '/providers/:providerId',
    write(
      z.strictObject({
        providerId,
        version,
        ...settings,
        secret: z.optional(z.nullable(clientSecret)),
      }),
      z.object({ provider }),
    ),
  ),
  /** Who is connected stays so, and comes in again once it is brought back. */
  remove: route('DELETE', '/providers/:providerId', write(z.strictObject({ providerId }), nothing)),
  restore: route('POST', '/providers/:providerId/restore', write(z.strictObject({ providerId }), nothing)),
  /** Asks the provider what it is, before or after it is kept. Without a secret the kept one of `providerId` is tried. */
  test: route(
    'POST',
    '/providers/test',
    write(
      z.strictObject({ providerId, issuer, clientId, scopes: settings.scopes, secret: z.optional(clientSecret) }),
      z.object({ findings: z.array(finding) }),
    ),
  ),
})
