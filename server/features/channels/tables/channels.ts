// The tables of talk as models, for later features to join. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { TopicId } from '#protocol/channels/topics.ts'
import type { ChannelForm, ChannelId, MessageId } from '#protocol/channels.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface ChannelRow {
  id: ChannelId
  form: ChannelForm
  contextKind: string
  contextId: string
  title: string
  lastNumber: number
  open: boolean
  replies: boolean
  pair: boolean
  /** Of what people change: title and replies. */
  version: number
  lastAt: Date | null
  createdAt: Date
}

export const channels = table<ChannelRow>('channels', {
  id: { type: DataTypes.UUID, primaryKey: true },
  form: { type: DataTypes.TEXT, allowNull: false },
  contextKind: { type: DataTypes.TEXT, allowNull: false },
  contextId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  lastNumber: { type: DataTypes.INTEGER, allowNull: false },
  open: { type: DataTypes.BOOLEAN, allowNull: false },
  replies: { type: DataTypes.BOOLEAN, allowNull: false },
  pair: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  lastAt: DataTypes.DATE,
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface MessageRow {
  id: MessageId
  channelId: ChannelId
  /** Of a post of a topic that waits for approval or was refused: none. */
  number: number | null
  topicId: TopicId | null
  authorId: AccountId
  /** Who the author is in this topic, where the post names nobody. */
  aliasId: string | null
  title: string | null
  text: string | null
  replyTo: MessageId | null
  sentAt: Date
  editedAt: Date | null
  removedAt: Date | null
  removedBy: AccountId | null
  refusedAt: Date | null
  version: number
}

export const messages = table<MessageRow>('messages', {
  id: { type: DataTypes.UUID, primaryKey: true },
  channelId: { type: DataTypes.UUID, allowNull: false },
  number: DataTypes.INTEGER,
  topicId: DataTypes.UUID,
  authorId: { type: DataTypes.UUID, allowNull: false },
  aliasId: DataTypes.UUID,
  title: DataTypes.TEXT,
  text: DataTypes.TEXT,
  replyTo: DataTypes.UUID,
  sentAt: { type: DataTypes.DATE, allowNull: false },
  editedAt: DataTypes.DATE,
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
  refusedAt: DataTypes.DATE,
  version: { type: DataTypes.INTEGER, allowNull: false },
})

export interface ReadRow {
  channelId: ChannelId
  accountId: AccountId
  number: number
  mutedUntil: Date | null
}

export const reads = table<ReadRow>('reads', {
  channelId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  number: { type: DataTypes.INTEGER, allowNull: false },
  mutedUntil: DataTypes.DATE,
})

/** Whom a message names; a listener that tells people of it hears the same in `messageSent` and `messageEdited`. */
export interface MentionRow {
  messageId: MessageId
  accountId: AccountId
  channelId: ChannelId
  number: number
}

export const mentions = table<MentionRow>('mentions', {
  messageId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  channelId: { type: DataTypes.UUID, allowNull: false },
  number: { type: DataTypes.INTEGER, allowNull: false },
})

/** Who is in a direct conversation; in every other form whoever opened the channel says who. */
export interface ChannelMemberRow {
  channelId: ChannelId
  accountId: AccountId
  joinedAt: Date
  leftAt: Date | null
}

export const channelMembers = table<ChannelMemberRow>('channel_members', {
  channelId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  joinedAt: { type: DataTypes.DATE, allowNull: false },
  leftAt: DataTypes.DATE,
})

export interface BlockRow {
  accountId: AccountId
  blockedId: AccountId
  at: Date
}

export const blocks = table<BlockRow>('blocks', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  blockedId: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
})

/** What a message said before it was edited; goes with its words. */
export interface MessageVersionRow {
  messageId: MessageId
  version: number
  text: string
  at: Date
}

export const messageVersions = table<MessageVersionRow>('message_versions', {
  messageId: { type: DataTypes.UUID, primaryKey: true },
  version: { type: DataTypes.INTEGER, primaryKey: true },
  text: { type: DataTypes.TEXT, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

export interface ReactionRow {
  messageId: MessageId
  emoji: string
  accountId: AccountId
  at: Date
}

export const reactions = table<ReactionRow>('reactions', {
  messageId: { type: DataTypes.UUID, primaryKey: true },
  emoji: { type: DataTypes.TEXT, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
})
