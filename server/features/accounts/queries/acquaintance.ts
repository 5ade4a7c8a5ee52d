// How two people stand to each other, said by the features where people meet: accounts stands below them and knows only
// that there are such places. Who has met nobody sees themselves alone.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** What somebody is to another: teaches them somewhere, shares a place with them. */
export type Acquaintance = 'teacher' | 'fellow'

/** Of `others`, those the reader meets somewhere, and as what; strangers are left out. */
export type Meeting = (
  ctx: Ctx,
  reader: AccountId,
  others: readonly AccountId[],
) => Promise<ReadonlyMap<AccountId, Acquaintance>>

const meetings: Meeting[] = []

/** Adds a place where people meet; called when the feature's index is loaded. */
export const registerMeeting = (meeting: Meeting): void => {
  meetings.push(meeting)
}

/** Whom of `others` the reader has met; who teaches them somewhere is told as that. */
export async function acquaintances(
  ctx: Ctx,
  reader: AccountId,
  others: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, Acquaintance>> {
  const met = new Map<AccountId, Acquaintance>()
  for (const meeting of meetings)
    for (const [id, as] of await meeting(ctx, reader, others)) if (as === 'teacher' || !met.has(id)) met.set(id, as)
  return met
}
