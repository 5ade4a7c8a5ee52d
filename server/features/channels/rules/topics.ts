// Who may do what in a forum and with its topics. Pure: plain data, who and now.
import type { AccountId } from '#protocol/base/ids.ts'
import { type ProblemCode, refuse } from '#protocol/base/problems.ts'
import type { ForumPolicy } from '#protocol/channels/topics.ts'
import type { TopicStanding } from '../tables/topics.ts'
import { type ChannelRights, type Place, whyNot } from './messages.ts'

/** What a forum begins with, until staff decide otherwise. */
export const firstPolicy: ForumPolicy = { anonymous: false, approval: false, openers: 'everybody', version: 0 }

interface TopicStand {
  readonly standing: TopicStanding
  readonly locked: boolean
}

/** Why somebody may not write in a topic of a forum, or nothing; in the order of `whyNot`. */
export const whyNoPost = (
  rights: ChannelRights,
  forum: Place,
  { policy, anonymous }: { readonly policy: ForumPolicy; readonly anonymous: boolean },
): ProblemCode | undefined =>
  whyNot(rights, forum, 'write') ?? (anonymous && !policy.anonymous ? 'named-only' : undefined)

/** The same for beginning one, which those who moderate always may, and others where the policy leaves it to everybody. */
export function whyNoTopic(
  rights: ChannelRights,
  forum: Place,
  post: { readonly policy: ForumPolicy; readonly anonymous: boolean },
): ProblemCode | undefined {
  if (rights.moderate) return whyNoPost({ ...rights, write: true }, forum, post)
  return whyNoPost(rights, forum, post) ?? (post.policy.openers === 'everybody' ? undefined : 'staff-begins')
}

/** What those who moderate write needs nobody's leave. */
export const mustWait = (rights: ChannelRights, policy: ForumPolicy): boolean => policy.approval && !rights.moderate

/** To those who moderate a hidden topic is there; one that waits or was refused is nobody's to open. */
export const maySeeTopic = (rights: ChannelRights, { standing }: Pick<TopicStand, 'standing'>): boolean =>
  rights.read && (standing === 'shown' || standing === 'merged' || (standing === 'hidden' && rights.moderate))

/** Why a topic takes nothing from anybody; what still waits or was refused is there for nobody. */
export function whyNotShown({ standing }: Pick<TopicStand, 'standing'>): ProblemCode | undefined {
  if (standing === 'shown') return undefined
  return standing === 'hidden' ? 'topic-hidden' : standing === 'merged' ? 'topic-merged' : 'not-found'
}

/** Throws why a topic is not shown to everybody: `topic-hidden`, `topic-merged`, `not-found`. */
export const demandShown = (topic: Pick<TopicStand, 'standing'>): void => refuse(whyNotShown(topic))

/** Why a topic takes no posts, votes and edits; a locked one takes the words of those who moderate alone. */
export const whyClosedTo = (rights: ChannelRights, topic: TopicStand): ProblemCode | undefined =>
  whyNotShown(topic) ?? (topic.locked && !rights.moderate ? 'topic-locked' : undefined)

/** Throws why a topic is closed to somebody: `topic-locked` and what `demandShown` throws. */
export const demandOpenTo = (rights: ChannelRights, topic: TopicStand): void => refuse(whyClosedTo(rights, topic))

/** Approved words stay as they were approved. */
export const mayReword = (rights: ChannelRights, policy: ForumPolicy): boolean => !mustWait(rights, policy)

/** The one who asked knows what helped; staff may say so for them. */
export const mayAccept = (rights: ChannelRights, topic: { readonly author_id: AccountId }, who: AccountId): boolean =>
  rights.moderate || (rights.read && topic.author_id === who)

/** The words of a search as a query of prefixes, for `to_tsquery('simple', ...)`; undefined when there are none. */
export function prefixQuery(words: string | undefined): string | undefined {
  const found = (words ?? '')
    .normalize('NFC')
    .match(/[\p{L}\p{N}]+/gu)
    ?.slice(0, 12)
  return found?.map(word => `'${word}':*`).join(' & ')
}
