// The row of a person's notifications, locked: whoever changes figures or choices of one person takes turns here.
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

/** How many one person has not read: under the lock of their row, so that the figure is exact. */
export async function lockedState(
  ctx: WriteCtx,
  person: AccountId,
): Promise<{ unread: number; silenced: readonly string[] }> {
  await ctx.sql('insert into notification_states (account_id) values ($1) on conflict do nothing', [person])
  const [row] = await ctx.sql<{ unread: number; silenced: string[] }>(
    'select unread, silenced from notification_states where account_id = $1 for update',
    [person],
  )
  return row ?? { unread: 0, silenced: [] }
}
