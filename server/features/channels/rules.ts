// Who may do what with a message, and how fast one person may talk. Pure: plain data, who and now.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Message } from '#protocol/channels.ts'

/** What a person may do in one channel, as the channel's context says. */
export interface ChannelRights {
  readonly read: boolean
  readonly write: boolean
  readonly moderate: boolean
}

/** Nothing at all. */
export const noRights: ChannelRights = { read: false, write: false, moderate: false }

/** Only one's own words, and only where one may still write. */
export const mayEdit = (rights: ChannelRights, message: Pick<Message, 'authorId'>, who: AccountId): boolean =>
  rights.write && message.authorId === who

/** One's own words as long as one may read here, anybody's for those who moderate. */
export const mayRemove = (rights: ChannelRights, message: Pick<Message, 'authorId'>, who: AccountId): boolean =>
  rights.moderate || (rights.read && message.authorId === who)

/** Messages one account may send at once after a pause, and how many a second in the long run. */
export const talkBudget = { burst: 8, perSecond: 1 } as const

/** What is left of somebody's budget, as of a moment (milliseconds). */
export interface Budget {
  readonly left: number
  readonly at: number
}

/** Takes one message from a budget at `at` (milliseconds). `wait`: seconds until there is one again; 0 means taken. */
export function spend(budget: Budget | undefined, at: number): { budget: Budget; wait: number } {
  const since = budget ? Math.max(0, at - budget.at) / 1_000 : Number.POSITIVE_INFINITY
  const left = Math.min(talkBudget.burst, (budget?.left ?? 0) + since * talkBudget.perSecond)
  const when = Math.max(at, budget?.at ?? at)
  if (left < 1) return { budget: { left, at: when }, wait: Math.ceil((1 - left) / talkBudget.perSecond) }
  return { budget: { left: left - 1, at: when }, wait: 0 }
}
