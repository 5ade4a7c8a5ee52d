// What a person does with their notifications: reads one, all of them, silences kinds.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { NotificationId, NotificationKind } from '#protocol/notifications.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { sourceDays } from '../rules.ts'
import { lockedState } from './state.ts'
import { announceUnread } from './tell.ts'

/** Reads one of one's own; a second time changes nothing. Throws `not-found` for another's. */
export async function markRead(ctx: WriteCtx, person: AccountId, id: NotificationId): Promise<void> {
  const state = await lockedState(ctx, person)
  const [row] = await ctx.sql<{ unread: boolean }>(
    'select read_at is null as unread from notifications where id = $1 and account_id = $2',
    [id, person],
  )
  if (!row) throw new Problem('not-found')
  if (!row.unread) return
  await ctx.sql('update notifications set read_at = $2 where id = $1', [id, ctx.now])
  await announceUnread(ctx, person, Math.max(0, state.unread - 1))
}

/** Reads all, also what is no longer listed; answers how many there were. */
export async function markAllRead(ctx: WriteCtx, person: AccountId): Promise<number> {
  await lockedState(ctx, person)
  const rows = await ctx.sql(
    'update notifications set read_at = $2 where account_id = $1 and read_at is null returning id',
    [person, ctx.now],
  )
  if (rows.length > 0) await announceUnread(ctx, person, 0)
  return rows.length
}

/** From now on these kinds are not told to the person. */
export async function changeSilenced(
  ctx: WriteCtx,
  person: AccountId,
  silenced: readonly NotificationKind[],
): Promise<void> {
  await lockedState(ctx, person)
  await ctx.sql('update notification_states set silenced = $2 where account_id = $1', [
    person,
    [...new Set(silenced)].sort(),
  ])
}

/** Forgets sources that can not come again. */
export async function forgetSources(ctx: WriteCtx): Promise<void> {
  await ctx.sql('delete from notification_sources where at < $1', [
    new Date(ctx.now.getTime() - sourceDays * 86_400_000),
  ])
}

/** Takes away read notifications that are too old to be kept: no figure changes by it. */
export async function dropNotifications(ctx: WriteCtx, ids: readonly string[]): Promise<void> {
  await ctx.sql('delete from notifications where id = any($1::uuid[]) and read_at is not null', [ids])
}
