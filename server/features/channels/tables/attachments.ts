// The table of files in messages as a model, for later features to join. Only this feature's actions write it.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { AttachmentId } from '#protocol/channels/attachments.ts'
import type { ChannelId, MessageId } from '#protocol/channels.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { FileForm } from '#protocol/files.ts'
import { table } from '#server/platform/db/sequelize.ts'

/** Its id is also that of its bytes. */
export interface AttachmentRow {
  id: AttachmentId
  channelId: ChannelId
  accountId: AccountId
  /** Whose room it takes; of no course: that of the account. */
  courseId: CourseId | null
  /** Both null until it is sent. */
  messageId: MessageId | null
  place: number | null
  name: string
  form: FileForm
  type: string
  /** In bytes; a bigint, which the driver hands over as text. */
  size: string | number
  width: number | null
  height: number | null
  /** A picture whose bytes say nothing of its maker. */
  bare: boolean
  at: Date
}

export const attachments = table<AttachmentRow>('attachments', {
  id: { type: DataTypes.UUID, primaryKey: true },
  channelId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  courseId: { type: DataTypes.UUID },
  messageId: { type: DataTypes.UUID },
  place: { type: DataTypes.INTEGER },
  name: { type: DataTypes.TEXT, allowNull: false },
  form: { type: DataTypes.TEXT, allowNull: false },
  type: { type: DataTypes.TEXT, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  width: { type: DataTypes.INTEGER },
  height: { type: DataTypes.INTEGER },
  bare: { type: DataTypes.BOOLEAN, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})
