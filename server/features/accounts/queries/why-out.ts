// Why a browser is out that was signed in: by what is left of its session. Changes nothing.
import type { WhyOut } from '#protocol/accounts.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { hashSecret } from '#server/platform/db/id.ts'

/** Why a token lets nobody in that did: null where nothing is known of it. One query. */
export async function whyOut(ctx: Ctx, token: string | undefined): Promise<WhyOut | null> {
  if (token === undefined || token.length > 100) return null
  const [left] = await ctx.sql<{ why: WhyOut }>(
    `select 'suspended' as why from sessions s join accounts a on a.id = s.account_id
      where s.token_hash = $1 and s.expires_at > now() and a.suspended_at is not null and a.erased_at is null
     union all
     select why from ended_sessions where token_hash = $1 and expires_at > now()
     limit 1`,
    [hashSecret(token)],
  )
  return left?.why ?? null
}
