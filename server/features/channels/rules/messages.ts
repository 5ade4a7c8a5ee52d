// Who may do what with a channel and a message, who may write to whom, and how fast one person may talk. Pure: plain
// data, who and now.
import type { AccountId } from '#protocol/base/ids.ts'
import type { FieldError, ProblemCode } from '#protocol/base/problems.ts'
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
  /** Why nothing is written, where that is not for want of a role: said by whoever answers for the context. */
  readonly shut?: ProblemCode
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

/** A channel as far as what is done in it hangs on it. */
export interface Place {
  readonly form: ChannelForm
  readonly open: boolean
  /** Announcements that may be answered. */
  readonly replies: boolean
}

/**
 * What somebody is about to do in a channel: read it; tend what stands there, as by taking it away or giving it another
 * name; react to it; say it in other words; write something new, or an answer to it; send files.
 */
export type Act = 'read' | 'tend' | 'react' | 'reword' | 'write' | 'answer' | 'attach'

/** Why somebody may not read a channel, or tend what stands there, whatever the channel; or nothing. */
export function whyNotRead(rights: ChannelRights, act: 'read' | 'tend'): ProblemCode | undefined {
  if (!rights.read) return 'not-found'
  return act === 'tend' && rights.concluded ? 'concluded' : undefined
}

/**
 * Why somebody may not do something in a channel, or nothing. The order is the same for whatever is done: to whoever may not
 * read it is not there; then whether its context is over, whether it is open, and last their own right.
 */
export function whyNot(rights: ChannelRights, place: Place, act: Act): ProblemCode | undefined {
  if (act === 'read' || act === 'tend') return whyNotRead(rights, act)
  const why = whyNotRead(rights, 'tend')
  if (why) return why
  if (!place.open) return rights.shut ?? 'channel-closed'
  return whyNoRight(rights, place, act)
}

// Readers of announcements write answers alone, where answers are on, whatever their right to write. Reacting is for all who
// read, but where talk is shut: the class is over, or two do not write to each other. Files go with words: who writes nothing
// brings none.
function whyNoRight(rights: ChannelRights, place: Place, act: Exclude<Act, 'read' | 'tend'>): ProblemCode | undefined {
  if (act === 'attach') return whyNoRight(rights, place, 'answer') ?? (rights.attach ? undefined : 'no-files-here')
  if (rights.write || (act === 'react' && rights.shut === undefined)) return undefined
  if (place.form !== 'announcements') return rights.shut ?? 'not-allowed'
  if (act === 'answer') return place.replies ? undefined : 'answers-off'
  return act === 'reword' ? undefined : 'staff-begins'
}

/** What a message is sent with that its channel has no place for: a forum takes posts by topic, announcements alone have titles. */
export function whatDoesNotFit(
  form: ChannelForm,
  { answers, titled }: { readonly answers: boolean; readonly titled: boolean },
): FieldError | undefined {
  if (form === 'forum') return { path: 'channelId', code: 'by_topic' }
  return titled && (form !== 'announcements' || answers) ? { path: 'title', code: 'no_title_here' } : undefined
}

/** What is answered stands in the same channel; what does not is not there any more for whoever answers it. */
export const whyNoAnswer = (
  answered: { readonly channelId: string } | undefined,
  channelId: string,
): ProblemCode | undefined => (answered?.channelId === channelId ? undefined : 'reply-gone')

/** Who a message or topic is told to be by: whoever wrote without a name is an id that leads nowhere, and called nothing. */
export const authorAsTold = (row: {
  readonly author_id: AccountId
  readonly alias_id: string | null
  readonly author_name: string
}): { authorId: string; authorName: string } =>
  row.alias_id === null
    ? { authorId: row.author_id, authorName: row.author_name }
    : { authorId: row.alias_id, authorName: '' }

interface Written {
  readonly authorId: string
}

/** One's own words, or anybody's for those who moderate. */
export const mayRemove = (rights: ChannelRights, message: Written, who: AccountId): boolean =>
  rights.moderate || message.authorId === who

/** What a message said before is for its author and for those who moderate. */
export const maySeeVersions = mayRemove

interface Formed {
  readonly form: ChannelForm
  readonly pair: boolean
}

/**
 * Why a channel has no name and no people of its own to change, or nothing: a group is named by those in it, who bring others in
 * and leave; a talk of two stays one, and what belongs to a course or a class has their people.
 */
export const whyNoGroup = ({ form, pair }: Formed): ProblemCode | undefined =>
  form === 'direct' && !pair ? undefined : 'not-a-group'

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

/** Why somebody is not written to alone. Who was shut out is told no more than who shares nothing with the other any more. */
export type WhyOutOfReach = 'out-of-reach' | 'blocked-by-you'

/**
 * Why one does not write to the other alone, or nothing. Whoever teaches stays in reach of those they teach: shutting a
 * learner out does not keep them away.
 */
export function whyOutOfReach(stand: Relation | undefined): WhyOutOfReach | undefined {
  if (!stand?.inReach || !stand.share) return 'out-of-reach'
  if (stand.blocking) return 'blocked-by-you'
  return stand.blocked && !stand.otherTeaches ? 'out-of-reach' : undefined
}

/**
 * What a member may do in a direct talk: everything in a `group`, and between two what the way they stand leaves to write;
 * undefined where the other is nobody any more. It belongs to no place: of the rules about files those of the whole school
 * alone reach it.
 */
export function directRights(
  stand: Relation | 'group' | undefined,
  { noFiles }: { readonly noFiles: boolean },
): ChannelRights {
  const shut = stand === 'group' ? undefined : whyOutOfReach(stand)
  const write = shut === undefined
  return { read: true, write, attach: write && !noFiles, moderate: false, ...(shut && { shut }) }
}

/** Messages of one account. */
export const talkBudget = { burst: 8, perSecond: 1 } as const
/** Reactions of one account. */
export const reactionBudget = { burst: 20, perSecond: 2 } as const
/** Votes of one account. */
export const voteBudget = { burst: 20, perSecond: 2 } as const
/** Talks one account opens with others. */
export const startBudget = { burst: 10, perSecond: 1 / 30 } as const
