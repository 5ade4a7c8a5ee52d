// The table of notifications as a model, for later features to join. Only this feature's actions write it; its two
// neighbours, the figure of unread ones and the sources, are spoken to in SQL.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { NotificationId, NotificationKind } from '#protocol/notifications.ts'
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
