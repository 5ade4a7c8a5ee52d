// What notifications of later features are about: each feature that tells people something registers how it is shown.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Notification, NotificationKind } from '#protocol/notifications.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Who did it, what it is called, and where it leads. */
export type NoticeAbout = Pick<Notification, 'name' | 'title' | 'place'>

/** What these are about, as far as the person may see it now, by the id they are grouped by. */
export type NoticesAbout = (
  ctx: Ctx,
  accountId: AccountId,
  refIds: readonly string[],
) => Promise<ReadonlyMap<string, NoticeAbout>>

const kinds = new Map<NotificationKind, NoticesAbout>()

/** Says how notifications of a kind are shown: once, when the feature that tells them loads. */
export const registerNotice = (kind: NotificationKind, about: NoticesAbout): void => {
  kinds.set(kind, about)
}

/** What those of registered kinds are about, by "kind id". */
export async function aboutRegistered(
  ctx: Ctx,
  accountId: AccountId,
  rows: readonly { readonly kind: NotificationKind; readonly refId: string }[],
): Promise<Map<string, NoticeAbout>> {
  const found = new Map<string, NoticeAbout>()
  for (const [kind, about] of kinds) {
    const refIds = rows.filter(row => row.kind === kind).map(row => row.refId)
    if (refIds.length === 0) continue
    for (const [refId, one] of await about(ctx, accountId, refIds)) found.set(`${kind} ${refId}`, one)
  }
  return found
}
