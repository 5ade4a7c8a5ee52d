// Topics: what a forum holds. A topic has a title, its posts are messages of the channel, it gathers votes and may have
// an accepted answer. The questions of a class are a forum that knows its run and the minute in it. What only staff may
// know (who wrote without a name, what is hidden, what waits to be approved) travels in a scope of its own.
import * as z from 'zod/mini'
import { idSchema, instant, line, uuid, version } from '#protocol/base/ids.ts'
import { defineScope } from '#protocol/base/scope.ts'
import { channelId, type Message, message, messageId, reaction } from '#protocol/channels.ts'
import { attachments } from './attachments.ts'

export const topicId = idSchema<'Topic'>()
export type TopicId = z.infer<typeof topicId>

/** How many topics and how many replies a snapshot holds; older ones are paged. */
export const topicWindow = 50

/** Pinned at once in one forum; in the questions of a class it is one, the one on the stage. */
export const mostPinned = 10

/** Posts that may wait for approval in one forum at once. */
export const mostWaiting = 500

export const topicTitle = line(300)

// Controls but the line break and the tab show nothing and can break what shows them.
const controls = /(?![\n\t])\p{Cc}/gu

/** As a message, but a question may be its title alone. */
export const topicBody = z.string().check(
  z.overwrite(typed => typed.replace(controls, '')),
  z.trim(),
  z.maxLength(4_000),
)

/** open: nobody has answered yet. aloud: answered by word of mouth. set-aside: staff let it go without an answer. */
export const topicOutcome = z.enum(['open', 'accepted', 'aloud', 'set-aside'])
export type TopicOutcome = z.infer<typeof topicOutcome>

export const topic = z.object({
  id: topicId,
  channelId,
  /** Empty once it is hidden or forgotten. */
  title: z.string(),
  /** Who wrote without a name has another id in every topic, no name, and times of whole minutes. */
  authorId: uuid(),
  authorName: z.string(),
  createdAt: instant,
  lastAt: instant,
  /** The numbers of its first and last post in the channel: the orders of newest and of most recently active. */
  firstNumber: z.int(),
  lastNumber: z.int(),
  replies: z.int(),
  votes: z.int(),
  outcome: topicOutcome,
  acceptedId: z.nullable(messageId),
  standing: z.enum(['shown', 'hidden', 'merged']),
  /** Where a duplicate went: its votes and followers are there. */
  mergedInto: z.nullable(topicId),
  locked: z.boolean(),
  pinned: z.boolean(),
  /** The class it was asked in; `minute` since its start, null when it was asked after the end. */
  asked: z.nullable(z.object({ runId: uuid(), minute: z.nullable(z.int()) })),
  version,
})
export type Topic = z.infer<typeof topic>

/** What staff decided about a forum. */
export const forumPolicy = z.object({
  /** Learners may write without their name: to their peers, never to staff. */
  anonymous: z.boolean(),
  /** What learners write is seen once staff have approved it. */
  approval: z.boolean(),
  /** Who may begin a topic. */
  openers: z.enum(['everybody', 'staff']),
  version,
})
export type ForumPolicy = z.infer<typeof forumPolicy>

export const forum = z.object({ channelId, title: z.string(), open: z.boolean(), policy: forumPolicy })
export type Forum = z.infer<typeof forum>

const byActivity = (one: Topic, other: Topic) => other.lastNumber - one.lastNumber

/** What a snapshot holds of these topics: the most recently active ones, and those that are pinned. */
export function recentTopics(topics: readonly Topic[]): Topic[] {
  const sorted = [...topics].sort(byActivity)
  return sorted.filter((one, index) => index < topicWindow || one.pinned)
}

const taken = (topics: readonly Topic[], next: Topic) =>
  recentTopics([...topics.filter(one => one.id !== next.id), next])

/** Everybody who may read a forum. A hidden topic keeps its place here and nothing else; one that waits is not here. */
export const forumScope = defineScope({
  name: 'forum',
  unsigned: true,
  state: z.object({ forum, topics: z.array(topic) }),
  feeds: {
    topicPosted: z.object({ topic }),
    topicChanged: z.object({ topic }),
    topicVoted: z.object({ topicId, votes: z.int() }),
    forumChanged: z.object({ forum }),
  },
  fleeting: {},
  apply: (state, event) => {
    switch (event.kind) {
      case 'topicPosted':
      case 'topicChanged':
        return { ...state, topics: taken(state.topics, event.body.topic) }
      case 'topicVoted': {
        const { topicId, votes } = event.body
        return { ...state, topics: state.topics.map(one => (one.id === topicId ? { ...one, votes } : one)) }
      }
      case 'forumChanged':
        return { ...state, forum: event.body.forum }
      default:
        return state
    }
  },
})

const topicState = z.object({
  topic,
  /** Null while the topic is hidden. */
  opening: z.nullable(message),
  /** The accepted answer, wherever in the topic it stands. */
  accepted: z.nullable(message),
  /** The latest replies, in order of number. */
  posts: z.array(message),
})
export type TopicState = z.infer<typeof topicState>

/** Changes one message wherever it stands. */
function withMessage(state: TopicState, id: string, change: (message: Message) => Message): TopicState {
  const put = <One extends Message | null>(one: One) => (one?.id === id ? change(one) : one)
  return {
    ...state,
    opening: put(state.opening),
    accepted: put(state.accepted),
    posts: state.posts.map(one => put(one)),
  }
}

/** Everybody who may read the topic; nothing of a hidden one is here. */
export const topicScope = defineScope({
  name: 'topic',
  unsigned: true,
  state: topicState,
  feeds: {
    messageSent: z.object({ message }),
    messageEdited: z.object({ message }),
    messageRemoved: z.object({ message }),
    reactionsChanged: z.object({ messageId, reactions: z.array(reaction) }),
    topicChanged: z.object({ topic }),
    topicVoted: z.object({ votes: z.int() }),
    answerAccepted: z.object({ topic, accepted: z.nullable(message) }),
    topicHidden: z.object({ topic }),
    /** All of it again: after it was hidden. */
    topicShown: topicState,
  },
  fleeting: {},
  apply: (state, event) => {
    switch (event.kind) {
      case 'messageSent':
        return { ...state, posts: [...state.posts, event.body.message].slice(-topicWindow) }
      case 'messageEdited':
      case 'messageRemoved':
        return withMessage(state, event.body.message.id, () => event.body.message)
      case 'reactionsChanged': {
        const { messageId, reactions } = event.body
        return withMessage(state, messageId, one => ({ ...one, reactions }))
      }
      case 'topicChanged':
        return { ...state, topic: event.body.topic }
      case 'topicVoted':
        return { ...state, topic: { ...state.topic, votes: event.body.votes } }
      case 'answerAccepted':
        return { ...state, topic: event.body.topic, accepted: event.body.accepted }
      case 'topicHidden':
        return { topic: event.body.topic, opening: null, accepted: null, posts: [] }
      case 'topicShown':
        return event.body
      default:
        return state
    }
  },
})

/** A post that waits to be approved, as staff see it. */
export const waitingPost = z.object({
  messageId,
  topicId,
  /** The question itself, or the topic that is replied to. */
  title: z.string(),
  kind: z.enum(['topic', 'reply']),
  text: z.string(),
  files: attachments,
  authorId: uuid(),
  authorName: z.string(),
  anonymous: z.boolean(),
  sentAt: instant,
})
export type WaitingPost = z.infer<typeof waitingPost>

/** Who is behind somebody without a name in one topic. */
export const topicAuthor = z.object({ aliasId: uuid(), topicId, accountId: uuid(), name: z.string() })
export type TopicAuthor = z.infer<typeof topicAuthor>

/** How many of the latest authors a snapshot for staff names; others are asked for with their topic. */
export const authorWindow = 200

/** The order in which what waits is shown, at both ends. */
export function bySending(one: WaitingPost, other: WaitingPost): number {
  const key = (post: WaitingPost) => post.sentAt + post.messageId
  return key(one) < key(other) ? -1 : 1
}

/** Those who moderate a forum: what waits, what is hidden, who is behind what has no name. */
export const forumStaffScope = defineScope({
  name: 'forum-staff',
  state: z.object({ waiting: z.array(waitingPost), hidden: z.array(topic), authors: z.array(topicAuthor) }),
  feeds: {
    postWaiting: z.object({ post: waitingPost }),
    postDecided: z.object({ messageId }),
    /** All that waits in one topic anew: its title changed, or who wrote there; or what waited went with somebody's words. */
    waitingChanged: z.object({ topicId, waiting: z.array(waitingPost) }),
    topicHidden: z.object({ topic }),
    /** What a hidden topic is now. */
    hiddenChanged: z.object({ topic }),
    topicShown: z.object({ topicId }),
    authorNamed: z.object({ author: topicAuthor }),
    /** All of them anew: somebody was forgotten, took another name or is another account now. */
    authorsChanged: z.object({ authors: z.array(topicAuthor) }),
  },
  fleeting: {},
  apply: (state, event) => {
    switch (event.kind) {
      case 'postWaiting':
        return { ...state, waiting: [...state.waiting, event.body.post].sort(bySending) }
      case 'postDecided':
        return { ...state, waiting: state.waiting.filter(one => one.messageId !== event.body.messageId) }
      case 'waitingChanged': {
        const { topicId, waiting } = event.body
        const others = state.waiting.filter(one => one.topicId !== topicId)
        return { ...state, waiting: [...others, ...waiting].sort(bySending) }
      }
      case 'topicHidden':
      case 'hiddenChanged': {
        const { topic } = event.body
        return { ...state, hidden: [...state.hidden.filter(one => one.id !== topic.id), topic].sort(byActivity) }
      }
      case 'topicShown':
        return { ...state, hidden: state.hidden.filter(one => one.id !== event.body.topicId) }
      case 'authorNamed':
        return { ...state, authors: [...state.authors, event.body.author].slice(-authorWindow) }
      case 'authorsChanged':
        return { ...state, authors: event.body.authors }
      default:
        return state
    }
  },
})

/** What a topic is to the one who asks. */
export const ownMarks = z.object({
  topicId,
  voted: z.boolean(),
  following: z.boolean(),
  /** Whether they began it. */
  mine: z.boolean(),
  /** The id their posts without a name have in it. */
  aliasId: z.nullable(uuid()),
  /** How far they have read: a number of the channel. */
  readNumber: z.int(),
  unread: z.int(),
})
export type OwnMarks = z.infer<typeof ownMarks>

export const topicSort = z.enum(['active', 'newest', 'votes', 'unanswered'])
export type TopicSort = z.infer<typeof topicSort>
export const topicFilter = z.enum(['all', 'mine', 'following'])
export type TopicFilter = z.infer<typeof topicFilter>

/** A topic in a list, with what it is to the one who asks. */
export const listedTopic = z.object({ topic, own: ownMarks })
export type ListedTopic = z.infer<typeof listedTopic>

/** One's own post that waits for approval or was turned down. */
export const ownWaiting = z.object({
  messageId,
  topicId,
  kind: z.enum(['topic', 'reply']),
  title: z.string(),
  text: z.string(),
  files: attachments,
  sentAt: instant,
  stand: z.enum(['waiting', 'refused']),
})
export type OwnWaiting = z.infer<typeof ownWaiting>
