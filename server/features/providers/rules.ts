// What holds for sign-in by providers, from plain data: who may become somebody new, what a provider's word is worth for
// the second step, how its answers are read. Pure: no database, clock or socket.
import { localeName, personName } from '#protocol/accounts.ts'
import { email } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Newcomers } from '#protocol/providers.ts'

/** What a provider says of a person (OpenID Connect Core 1.0, 5.1), as far as it is of use here. */
export interface Claims {
  readonly subject: string
  readonly email: string | null
  /** Null where the provider does not say. */
  readonly emailVerified: boolean | null
  readonly name: string | null
  readonly locale: string | null
  /** How they were authenticated (RFC 8176); undefined where the provider does not say. */
  readonly amr: readonly string[] | undefined
}

const nameOf = (said: unknown): string | null =>
  personName.safeParse(typeof said === 'string' ? said.trim().slice(0, 80) : said).data ?? null

/** Reads claims that come from outside: what has another form than its name says is as good as absent. */
export const claimsOf = (said: Readonly<Record<string, unknown>>): Claims => ({
  subject: String(said.sub),
  email: email.safeParse(said.email).data ?? null,
  // Some write it as a word. What is there and says anything but yes says no.
  emailVerified: (said.email_verified ?? null) === null ? null : String(said.email_verified) === 'true',
  name:
    nameOf(said.name) ??
    nameOf(`${said.given_name ?? ''} ${said.family_name ?? ''}`) ??
    nameOf(said.preferred_username),
  locale: localeName.safeParse(said.locale).data ?? null,
  amr: Array.isArray(said.amr) ? said.amr.map(String) : undefined,
})

/** How an account elsewhere is called to its owner. */
export const labelOf = ({ email: address, name, subject }: Claims): string => address ?? name ?? subject.slice(0, 80)

interface Welcome {
  readonly name: string
  readonly newcomers: Newcomers
  readonly domains: readonly string[]
  readonly vouched: boolean
}

/**
 * The address under which somebody who is nobody yet may become a member. Throws `identity-unknown`, `address-unproven`,
 * `address-unwelcome`.
 */
export function demandNewcomer({ name: provider, newcomers, domains, vouched }: Welcome, claims: Claims): string {
  demand(newcomers === 'domains', 'identity-unknown', { params: { provider } })
  const { email: address } = claims
  // The school vouches for what the provider does not say, never against what it says.
  if (address === null || !(claims.emailVerified ?? vouched))
    throw new Problem('address-unproven', { params: { provider } })
  const welcome = domains.includes(address.slice(address.lastIndexOf('@') + 1))
  demand(welcome, 'address-unwelcome', { params: { provider, email: address } })
  return address
}

/**
 * Whether a sign-in elsewhere takes the place of the second step: at a provider that is trusted for it, unless it says
 * itself that it asked for the password alone.
 */
export const provesSecondStep = ({ trusted }: { readonly trusted: boolean }, { amr }: Pick<Claims, 'amr'>): boolean =>
  trusted && (amr === undefined || amr.some(one => one !== 'pwd'))

/** How a client shows its secret (OpenID Connect Core 1.0, 9): in the body where the provider says so, else in the header. */
export const secretTravels = (methods: readonly string[] | undefined): 'body' | 'header' =>
  methods?.includes('client_secret_post') ? 'body' : 'header'

/** A domain list and whom it is for must fit. Throws `malformed` at `domains`. */
export function demandDomains({ newcomers, domains }: Pick<Welcome, 'newcomers' | 'domains'>): void {
  demand(newcomers === 'connected' || domains.length > 0, 'malformed', {
    errors: [{ path: 'domains', code: 'domains_missing' }],
  })
}
