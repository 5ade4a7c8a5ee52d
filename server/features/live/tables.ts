// The tables of the live class as models, for later features to join. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { ActivityId, DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ChannelId } from '#protocol/channels.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { BoardForm, Ranks } from '#protocol/live/ranks.ts'
import type { Run, RunId } from '#protocol/live.ts'
import { table } from '#server/platform/db/sequelize.ts'
import type { SeatRole } from './rules.ts'

export interface RunRow {
  id: RunId
  courseId: string
  title: string
  code: string
  phase: Run['phase']
  channelId: ChannelId
  qaId: ChannelId
  /** What the release before calls `qaId`; the database fills it. */
  questionsId: ChannelId | null
  gradeItemId: GradeItemId
  stageDeliveryId: DeliveryId | null
  startedBy: AccountId
  startedAt: Date
  endedAt: Date | null
  ranks: Ranks
  ranksShown: BoardForm | null
}

export const runs = table<RunRow>('runs', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  code: { type: DataTypes.TEXT, allowNull: false },
  phase: { type: DataTypes.TEXT, allowNull: false },
  channelId: { type: DataTypes.UUID, allowNull: false },
  qaId: { type: DataTypes.UUID, allowNull: false },
  questionsId: DataTypes.UUID,
  gradeItemId: { type: DataTypes.UUID, allowNull: false },
  stageDeliveryId: DataTypes.UUID,
  startedBy: { type: DataTypes.UUID, allowNull: false },
  startedAt: { type: DataTypes.DATE, allowNull: false },
  endedAt: DataTypes.DATE,
  ranks: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'off' },
  ranksShown: DataTypes.TEXT,
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
  putOutAt: Date | null
}

export const seats = table<SeatRow>('seats', {
  runId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  role: { type: DataTypes.TEXT, allowNull: false },
  joinedAt: { type: DataTypes.DATE, allowNull: false },
  putOutAt: DataTypes.DATE,
})

export interface RunHandRow {
  runId: RunId
  accountId: AccountId
  raisedAt: Date
  calledAt: Date | null
  loweredAt: Date | null
}

export const runHands = table<RunHandRow>('run_hands', {
  runId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  raisedAt: { type: DataTypes.DATE, allowNull: false },
  calledAt: DataTypes.DATE,
  loweredAt: DataTypes.DATE,
})

export interface RunRankRow {
  deliveryId: DeliveryId
  accountId: AccountId
  /** Speed points by item; written when it is revealed, so that nothing here tells what is not known. */
  items: Record<ItemId, number>
  points: number
  gained: number
  rank: number
}

export const runRanks = table<RunRankRow>('run_ranks', {
  deliveryId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  items: { type: DataTypes.JSONB, allowNull: false },
  points: { type: DataTypes.INTEGER, allowNull: false },
  gained: { type: DataTypes.INTEGER, allowNull: false },
  rank: { type: DataTypes.INTEGER, allowNull: false },
})
