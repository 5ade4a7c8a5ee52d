// Who may do what with a channel and a message, who may write to whom, and how fast one person may talk. Pure: plain
// data, who and now.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import type { ChannelForm } from '#protocol/channels.ts'
import type { Phase } from '#server/features/access/index.ts'

/** What a person may do in one channel, as the channel's context says. */
export interface ChannelRights {
  readonly read: boolean
  readonly write: boolean
  /** Files beside what they may write. */
  readonly attach: boolean
  readonly moderate: boolean
  /** Its context is over: all of it is read, none of it changes. */
  readonly concluded?: true
}

/** Nothing at all. */
export const noRights: ChannelRights = { read: false, write: false, attach: false, moderate: false }

/**
 * What a person may do in the channels of a course, of what they may do in the course. Whoever only joined a class of it
 * sees nothing of the course around it, its channels neither.
 */
export function courseRights(may: (capability: Capability) => boolean, phase: Phase): ChannelRights {
  if (!may('course.view') || !may('channel.read')) return noRights
  const rights = {
    read: true,
    write: may('channel.write'),
    attach: may('channel.attach'),
    moderate: may('channel.moderate'),
  }
  return phase === 'concluded' ? { ...rights, concluded: true } : rights
}

/** Whoever is suspended or erased is left no rights at all. */
export const unlessGone = ({ gone }: { readonly gone: boolean }, rights: ChannelRights): ChannelRights =>
  gone ? noRights : rights

/** What the form of a channel leaves of the rights in its context: announcements are written by those who moderate. */
export const inForm = (rights: ChannelRights, form: ChannelForm): ChannelRights =>
  form === 'announcements' ? { ...rights, write: rights.moderate } : rights

/** How one message would stand in its channel. */
export interface Posting {
  readonly form: ChannelForm
  /** Announcements that may be answered. */
  readonly replies: boolean
  readonly answers: boolean
  readonly titled: boolean
}

/**
 * A new message, outside of topics. Readers of announcements write answers alone, and only where they may; a title is
 * for announcements; a forum takes its posts by topic.
 */
export function mayPost(rights: ChannelRights, { form, replies, answers, titled }: Posting): boolean {
  if (form === 'forum') return false
  if (titled && (form !== 'announcements' || answers)) return false
  return rights.write || (form === 'announcements' && rights.read && replies && answers)
}

/** Files go with a message alone: where somebody writes nothing, they bring none. */
export const mayAttach = (rights: ChannelRights, { form, replies }: Pick<Posting, 'form' | 'replies'>): boolean =>
  rights.attach && (rights.write || (form === 'announcements' && rights.read && replies))

interface Written {
  readonly authorId: string
}

/** Only one's own words, and only where one may still read; whether the channel is open is asked apart. */
export const mayEdit = (rights: ChannelRights, message: Written, who: AccountId, form: ChannelForm): boolean =>
  (form === 'announcements' ? rights.read : rights.write) && message.authorId === who

/** One's own words as long as one may read here, anybody's for those who moderate. */
export const mayRemove = (rights: ChannelRights, message: Written, who: AccountId): boolean =>
  rights.moderate || (rights.read && message.authorId === who)

/** What a message said before is for its author and for those who moderate. */
export const maySeeVersions = (rights: ChannelRights, message: Written, who: AccountId): boolean =>
  rights.moderate || (rights.read && message.authorId === who)

interface Formed {
  readonly form: ChannelForm
  readonly pair: boolean
}

/** A group is named by those in it. */
export const mayRename = (rights: ChannelRights, { form, pair }: Formed): boolean =>
  form === 'direct' && !pair && rights.write

/** Whoever is in a group brings others in; a talk of two stays one. */
export const mayAdd = mayRename

/** A group can be left; what two said to each other stays between them. */
export const mayLeave = ({ form, pair }: Formed): boolean => form === 'direct' && !pair

/** Reacting is for all who read, also where they may not write; a direct talk that was shut is shut for it too. */
export const mayReact = (rights: ChannelRights, form: ChannelForm): boolean =>
  form === 'direct' ? rights.write : rights.read

/** Somebody with whom another may talk alone, or not. */
interface Talker {
  readonly kind: 'member' | 'guest'
  readonly siteRole: SiteRole
  readonly minor: boolean
  /** Suspended or erased. */
  readonly gone: boolean
}

/** What two people may in a course that both are in. */
interface SharedCourse {
  readonly mine: { readonly view: boolean; readonly viewPeople: boolean }
  readonly others: { readonly view: boolean; readonly viewPeople: boolean }
}

/** What is known of two people. */
export interface Pair {
  readonly me: Talker
  readonly other: Talker
  readonly courses: readonly SharedCourse[]
  readonly blocked: boolean
  readonly blocking: boolean
}

/**
 * How two people stand to each other. They meet in a course that both see, and one teaches the other where one sees its
 * people and the other does not. With a minor only those talk alone who teach them, or whom they teach; whoever runs the
 * site is in everybody's reach.
 */
export function relationOf({ me, other, courses, blocked, blocking }: Pair): Relation {
  const seen = courses.filter(one => one.mine.view && one.others.view)
  const teachesMe = seen.some(one => one.others.viewPeople && !one.mine.viewPeople)
  const taughtByMe = seen.some(one => one.mine.viewPeople && !one.others.viewPeople)
  const runsSite = (one: Talker) => one.siteRole === 'administrator'
  const meet = me.minor || other.minor ? teachesMe || taughtByMe : seen.length > 0
  return {
    inReach: [me, other].every(one => one.kind === 'member' && !one.gone),
    share: runsSite(me) || runsSite(other) || meet,
    otherTeaches: runsSite(other) || teachesMe,
    blocked,
    blocking,
  }
}

/** How one person stands to another. */
export interface Relation {
  /** Both are members in good standing: guests are not written to. */
  readonly inReach: boolean
  /** They share a course, or one of them runs the site; with a minor one must teach the other in it. */
  readonly share: boolean
  /** The other teaches a course they share, or runs the site. */
  readonly otherTeaches: boolean
  /** The other shut this one out. */
  readonly blocked: boolean
  /** This one shut the other out. */
  readonly blocking: boolean
}

/** Alone, between two. Whoever teaches stays in reach of those they teach: shutting a learner out does not keep them away. */
export const mayWriteTo = ({ inReach, share, otherTeaches, blocked, blocking }: Relation): boolean =>
  inReach && share && !blocking && (!blocked || otherTeaches)

/**
 * What a member may do in a direct talk: everything in a `group`, and between two what the way they stand leaves to write;
 * undefined where the other is nobody any more.
 */
export function directRights(stand: Relation | 'group' | undefined): ChannelRights {
  const write = stand === 'group' || (stand !== undefined && mayWriteTo(stand))
  return { read: true, write, attach: write, moderate: false }
}

/** Messages of one account. */
export const talkBudget = { burst: 8, perSecond: 1 } as const
/** Reactions of one account. */
export const reactionBudget = { burst: 20, perSecond: 2 } as const
/** Votes of one account. */
export const voteBudget = { burst: 20, perSecond: 2 } as const
/** Talks one account opens with others. */
export const startBudget = { burst: 10, perSecond: 1 / 30 } as const
