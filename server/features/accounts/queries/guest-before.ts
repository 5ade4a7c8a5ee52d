// The guest a signed-in device was before. Changes nothing.
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Who this device was a guest as, if what they did is still theirs to bring along; one query. */
export async function findGuestBefore(
  ctx: Ctx,
  sessionId: SessionId,
): Promise<{ id: AccountId; name: string } | undefined> {
  const [row] = await ctx.sql<{ id: AccountId; name: string }>(
    `select a.id, a.name from sessions s join accounts a on a.id = s.guest_id
      where s.id = $1 and a.kind = 'guest' and a.merged_into is null and a.erased_at is null and a.suspended_at is null`,
    [sessionId],
  )
  return row
}
