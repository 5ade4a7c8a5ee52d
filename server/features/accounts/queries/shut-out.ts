// Why a browser is out that was signed in: by what is left of its session. Changes nothing.
import type { Ctx } from '#server/platform/ctx.ts'
import { hashSecret } from '#server/platform/db/id.ts'

/** Whether a token is of an account that was suspended while this device was signed in to it. */
export async function isShutOut(ctx: Ctx, token: string | undefined): Promise<boolean> {
  if (token === undefined || token.length > 100) return false
  const rows = await ctx.sql(
    `select from sessions s join accounts a on a.id = s.account_id
      where s.token_hash = $1 and s.expires_at > now() and a.suspended_at is not null and a.erased_at is null`,
    [hashSecret(token)],
  )
  return rows.length > 0
}

/** Whether a token is of a session that an administrator ended, and that would still stand. */
export async function isSignedOut(ctx: Ctx, token: string | undefined): Promise<boolean> {
  if (token === undefined || token.length > 100) return false
  const rows = await ctx.sql('select from ended_sessions where token_hash = $1 and expires_at > now()', [
    hashSecret(token),
  ])
  return rows.length > 0
}
