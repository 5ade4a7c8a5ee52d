// The tables of topics as models, for later features to join. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ForumPolicy, TopicId, TopicOutcome } from '#protocol/channels/topics.ts'
import type { ChannelId, MessageId } from '#protocol/channels.ts'
import { table } from '#server/platform/db/sequelize.ts'

/** waiting: to be approved. refused: turned down for good. Neither has a number. */
export type TopicStanding = 'waiting' | 'refused' | 'shown' | 'hidden' | 'merged'

export interface TopicRow {
  id: TopicId
  channelId: ChannelId
  title: string
  authorId: AccountId
  aliasId: string | null
  createdAt: Date
  lastAt: Date
  firstNumber: number | null
  lastNumber: number | null
  replies: number
  votes: number
  outcome: TopicOutcome
  acceptedId: MessageId | null
  standing: TopicStanding
  mergedInto: TopicId | null
  locked: boolean
  pinned: boolean
  runId: string | null
  minute: number | null
  version: number
}

export const topics = table<TopicRow>('topics', {
  id: { type: DataTypes.UUID, primaryKey: true },
  channelId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  authorId: { type: DataTypes.UUID, allowNull: false },
  aliasId: DataTypes.UUID,
  createdAt: { type: DataTypes.DATE, allowNull: false },
  lastAt: { type: DataTypes.DATE, allowNull: false },
  firstNumber: DataTypes.INTEGER,
  lastNumber: DataTypes.INTEGER,
  replies: { type: DataTypes.INTEGER, allowNull: false },
  votes: { type: DataTypes.INTEGER, allowNull: false },
  outcome: { type: DataTypes.TEXT, allowNull: false },
  acceptedId: DataTypes.UUID,
  standing: { type: DataTypes.TEXT, allowNull: false },
  mergedInto: DataTypes.UUID,
  locked: { type: DataTypes.BOOLEAN, allowNull: false },
  pinned: { type: DataTypes.BOOLEAN, allowNull: false },
  runId: DataTypes.UUID,
  minute: DataTypes.INTEGER,
  version: { type: DataTypes.INTEGER, allowNull: false },
})

export interface TopicVoteRow {
  topicId: TopicId
  accountId: AccountId
}

export const topicVotes = table<TopicVoteRow>('topic_votes', {
  topicId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
})

/** How a forum works where somebody said so; without a row it is the rule for all. */
export interface ForumPolicyRow {
  channelId: ChannelId
  anonymous: boolean
  approval: boolean
  openers: ForumPolicy['openers']
  version: number
}

export const forumPolicies = table<ForumPolicyRow>('forum_policies', {
  channelId: { type: DataTypes.UUID, primaryKey: true },
  anonymous: { type: DataTypes.BOOLEAN, allowNull: false },
  approval: { type: DataTypes.BOOLEAN, allowNull: false },
  openers: { type: DataTypes.TEXT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
})

export interface TopicFollowRow {
  topicId: TopicId
  accountId: AccountId
}

export const topicFollows = table<TopicFollowRow>('topic_follows', {
  topicId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
})

/** How far somebody has read in a topic, by the numbers of its channel. */
export interface TopicReadRow {
  topicId: TopicId
  accountId: AccountId
  number: number
}

export const topicReads = table<TopicReadRow>('topic_reads', {
  topicId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  number: { type: DataTypes.INTEGER, allowNull: false },
})
