// Notifications, the figure of unread ones and what has reached a person, as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { MailRhythm, NotificationId, NotificationKind } from '#protocol/notifications.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface NotificationRow {
  id: NotificationId
  accountId: AccountId
  kind: NotificationKind
  /** The topic, the channel, the delivery, the grade item or the course: what unread ones are grouped by. */
  refId: string
  courseId: string | null
  /** The latest message, where it is about one. */
  messageId: string | null
  count: number
  at: Date
  readAt: Date | null
  /** What the release before orders the list by. */
  place: string
}

export const notifications = table<NotificationRow>('notifications', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  kind: { type: DataTypes.TEXT, allowNull: false },
  refId: { type: DataTypes.UUID, allowNull: false },
  courseId: DataTypes.UUID,
  messageId: DataTypes.UUID,
  count: { type: DataTypes.INTEGER, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  readAt: DataTypes.DATE,
  place: { type: DataTypes.UUID, allowNull: false },
})

/** A person's figure of unread ones, and the kinds they do not want. */
export interface NotificationStateRow {
  accountId: AccountId
  unread: number
  silenced: NotificationKind[]
  mail: MailRhythm
  /** What came until then was mailed, or is not to be. */
  mailedAt: Date | null
  /** When the next mail is planned for. */
  mailAt: Date | null
}

export const notificationStates = table<NotificationStateRow>('notification_states', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  unread: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  silenced: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: [] },
  mail: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'off' },
  mailedAt: DataTypes.DATE,
  mailAt: DataTypes.DATE,
})

/** What has reached a person, so that it reaches them once. */
export interface NotificationSourceRow {
  accountId: AccountId
  source: string
  at: Date
}

export const notificationSources = table<NotificationSourceRow>('notification_sources', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  source: { type: DataTypes.TEXT, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
})
