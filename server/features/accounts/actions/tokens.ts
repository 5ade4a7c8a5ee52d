// Makes and revokes access tokens, and knows them again. The secret leaves once, in the answer; the database keeps a hash of it.

import type { AccessToken, TokenId, TokenScope } from '#protocol/accounts/tokens.ts'
import { mostTokens, tokenOpens } from '#protocol/accounts/tokens.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { scopesOfCall } from '#protocol/base/reach.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import type { Bearer } from '#server/platform/http/server.ts'
import { findToken, tokenView } from '../queries/accounts.ts'
import { seenEveryMs } from '../rules.ts'
import { accessTokens } from '../tables.ts'
import { tellSafety } from './safety.ts'
import { payForCall } from './token-budgets.ts'

/** Begins each secret, so that one which ended up in a file or a chat is recognised for what it is. */
const prefix = 'lectern_'

/** Makes a token for an account. Guests have none (`not-allowed`); more than `mostTokens` are `too-many`. */
export async function createToken(
  ctx: WriteCtx,
  account: { readonly id: AccountId; readonly guest: boolean },
  input: { name: string; scopes: readonly TokenScope[]; days: number | null },
): Promise<{ token: AccessToken; secret: string }> {
  demand(!account.guest, 'not-allowed')
  // One at a time for an account, so that the count holds.
  await ctx.sql('select from accounts where id = $1 for no key update', [account.id])
  const held = await accessTokens.count({ where: { accountId: account.id } })
  demand(held < mostTokens, 'too-many', { params: { most: mostTokens } })
  const secret = prefix + newSecret()
  const row = await accessTokens.create({
    id: newId<'AccessToken'>(),
    accountId: account.id,
    tokenHash: hashSecret(secret),
    name: input.name,
    scopes: [...new Set(input.scopes)],
    createdAt: ctx.now,
    lastUsedAt: null,
    expiresAt: input.days === null ? null : new Date(ctx.now.getTime() + input.days * 86_400_000),
  })
  await audit.record(ctx, {
    verb: 'token.created',
    subject: { kind: 'account', id: account.id },
    details: { token: row.id, name: row.name, scopes: row.scopes },
  })
  tellSafety(ctx, account.id)
  return { token: tokenView(row), secret }
}

/** Ends a token of an account; the next request with it is refused. Throws `not-found`, also for somebody else's. */
export async function revokeToken(ctx: WriteCtx, accountId: AccountId, tokenId: TokenId): Promise<void> {
  demand((await accessTokens.destroy({ where: { id: tokenId, accountId } })) > 0, 'not-found')
  await audit.record(ctx, {
    verb: 'token.revoked',
    subject: { kind: 'account', id: accountId },
    details: { token: tokenId },
  })
  tellSafety(ctx, accountId)
}

/**
 * Who comes with an access token and what it opens; undefined when it does not stand. Asked at every request. Now and then
 * it is noted that it was used; races are harmless, the latest wins.
 */
export async function identifyToken(secret: string): Promise<Bearer | undefined> {
  const found = await findToken(secret)
  if (found && (found.idleMs === null || found.idleMs > seenEveryMs))
    await sql('update access_tokens set last_used_at = now() where id = $1', [found.tokenId])
  if (!found) return undefined
  const { who, scopes, tokenId } = found
  return {
    who,
    pay: () => payForCall(tokenId, who.accountId),
    demandOpen: spec => {
      const [narrowest] = scopesOfCall(spec)
      demand(narrowest !== undefined, 'not-by-token')
      demand(tokenOpens(scopes, spec), 'out-of-scope', { params: { scope: narrowest } })
    },
  }
}
