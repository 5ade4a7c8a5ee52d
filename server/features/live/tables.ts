// The tables of the live class as models, for later features to join. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { ActivityId, DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ChannelId } from '#protocol/channels.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { RunId } from '#protocol/live.ts'
import { table } from '#server/platform/db/sequelize.ts'
import type { SeatRole } from './rules.ts'

export interface RunRow {
  id: RunId
  courseId: string
  title: string
  code: string
  phase: 'open' | 'ended'
  channelId: ChannelId
  qaId: ChannelId
  gradeItemId: GradeItemId
  stageDeliveryId: DeliveryId | null
  startedBy: AccountId
  startedAt: Date
  endedAt: Date | null
}

export const runs = table<RunRow>('runs', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  code: { type: DataTypes.TEXT, allowNull: false },
  phase: { type: DataTypes.TEXT, allowNull: false },
  channelId: { type: DataTypes.UUID, allowNull: false },
  qaId: { type: DataTypes.UUID, allowNull: false },
  gradeItemId: { type: DataTypes.UUID, allowNull: false },
  stageDeliveryId: DataTypes.UUID,
  startedBy: { type: DataTypes.UUID, allowNull: false },
  startedAt: { type: DataTypes.DATE, allowNull: false },
  endedAt: DataTypes.DATE,
})

export interface RunDeliveryRow {
  runId: RunId
  deliveryId: DeliveryId
  activityId: ActivityId
  position: number
  kind: ActivityKindName
  title: string
  items: number
  asked: number
  done: boolean
}

export const runDeliveries = table<RunDeliveryRow>('run_deliveries', {
  runId: { type: DataTypes.UUID, primaryKey: true },
  deliveryId: { type: DataTypes.UUID, primaryKey: true },
  activityId: { type: DataTypes.UUID, allowNull: false },
  position: { type: DataTypes.INTEGER, allowNull: false },
  kind: { type: DataTypes.TEXT, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  items: { type: DataTypes.INTEGER, allowNull: false },
  asked: { type: DataTypes.INTEGER, allowNull: false },
  done: { type: DataTypes.BOOLEAN, allowNull: false },
})

export interface SeatRow {
  runId: RunId
  accountId: AccountId
  role: SeatRole
  joinedAt: Date
}

export const seats = table<SeatRow>('seats', {
  runId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  role: { type: DataTypes.TEXT, allowNull: false },
  joinedAt: { type: DataTypes.DATE, allowNull: false },
})
