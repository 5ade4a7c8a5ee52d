// The tables of the record as models: activity, item, delivery, attempt, response, evidence. Only this feature's actions
// write them; the storm of answers writes through SQL of its own and never through a model.
import { DataTypes } from 'sequelize'
import type { AttemptsCount } from '#protocol/activities/attempts.ts'
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type {
  ActivityId,
  AttemptId,
  Audience,
  DeliveryId,
  DeliveryMode,
  ItemId,
  ResponseId,
  Ruling,
  Shows,
} from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { QuestionVersionId } from '#protocol/questions.ts'
import { table } from '#server/platform/db/sequelize.ts'
import type { Shared } from './kinds/kind.ts'

export interface ActivityRow {
  id: ActivityId
  courseId: string
  kind: ActivityKindName
  title: string
  settings: Record<string, unknown>
  version: number
  createdBy: AccountId | null
  createdAt: Date
}

export const activities = table<ActivityRow>('activities', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  kind: { type: DataTypes.TEXT, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  settings: { type: DataTypes.JSONB, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  createdBy: DataTypes.UUID,
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface ActivityItemRow {
  id: ItemId
  activityId: ActivityId
  questionVersionId: QuestionVersionId
  position: number
  /** Numeric: a string of four decimals. */
  points: string
  ruling: Ruling
  version: number
  removedAt: Date | null
}

export const activityItems = table<ActivityItemRow>('activity_items', {
  id: { type: DataTypes.UUID, primaryKey: true },
  activityId: { type: DataTypes.UUID, allowNull: false },
  questionVersionId: { type: DataTypes.UUID, allowNull: false },
  position: { type: DataTypes.INTEGER, allowNull: false },
  points: { type: DataTypes.DECIMAL(12, 4), allowNull: false },
  ruling: { type: DataTypes.TEXT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  removedAt: DataTypes.DATE,
})

export interface DeliveryRow {
  id: DeliveryId
  activityId: ActivityId
  mode: DeliveryMode
  /** Other than 'everybody': those in delivery_audience. */
  audience: Audience
  shows: Shows
  /** How often one person may take it; null: as often as they like. */
  attemptsMost: number | null
  attemptsCounts: AttemptsCount
  opensAt: Date | null
  dueAt: Date | null
  closedAt: Date | null
  shared: Shared
  step: number
  dueTransitionAt: Date | null
  createdBy: AccountId | null
  createdAt: Date
}

export const deliveries = table<DeliveryRow>('deliveries', {
  id: { type: DataTypes.UUID, primaryKey: true },
  activityId: { type: DataTypes.UUID, allowNull: false },
  mode: { type: DataTypes.TEXT, allowNull: false },
  audience: { type: DataTypes.TEXT, allowNull: false },
  shows: { type: DataTypes.TEXT, allowNull: false },
  attemptsMost: { type: DataTypes.SMALLINT, defaultValue: 1 },
  attemptsCounts: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'best' },
  opensAt: DataTypes.DATE,
  dueAt: DataTypes.DATE,
  closedAt: DataTypes.DATE,
  shared: { type: DataTypes.JSONB, allowNull: false },
  step: { type: DataTypes.INTEGER, allowNull: false },
  dueTransitionAt: DataTypes.DATE,
  createdBy: DataTypes.UUID,
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface AttemptRow {
  id: AttemptId
  deliveryId: DeliveryId
  accountId: AccountId
  /** Of one person at one delivery: 1, 2, … */
  number: number
  /** Of those the one that counts; the first until one is handed in. */
  counts: boolean
  startedAt: Date
  finishedAt: Date | null
  extraSeconds: number
}

export const attempts = table<AttemptRow>('attempts', {
  id: { type: DataTypes.UUID, primaryKey: true },
  deliveryId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  number: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: 1 },
  counts: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
  startedAt: { type: DataTypes.DATE, allowNull: false },
  finishedAt: DataTypes.DATE,
  extraSeconds: { type: DataTypes.INTEGER, allowNull: false },
})

export interface ResponseRow {
  id: ResponseId
  deliveryId: DeliveryId
  attemptId: AttemptId
  itemId: ItemId
  questionVersionId: QuestionVersionId
  revision: number
  author: AccountId
  operation: string
  move: ActivityMove
  at: Date
  /** Milliseconds from the browser to the server, as the server measured them. */
  travelMs: number
}

export const responses = table<ResponseRow>('responses', {
  id: { type: DataTypes.UUID, primaryKey: true },
  deliveryId: { type: DataTypes.UUID, allowNull: false },
  attemptId: { type: DataTypes.UUID, allowNull: false },
  itemId: { type: DataTypes.UUID, allowNull: false },
  questionVersionId: { type: DataTypes.UUID, allowNull: false },
  revision: { type: DataTypes.INTEGER, allowNull: false },
  author: { type: DataTypes.UUID, allowNull: false },
  operation: { type: DataTypes.UUID, allowNull: false },
  move: { type: DataTypes.JSONB, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  travelMs: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: 0 },
})

export interface EvidenceRow {
  attemptId: AttemptId
  itemId: ItemId
  deliveryId: DeliveryId
  accountId: AccountId
  responseId: ResponseId | null
  answered: boolean
  score: string | null
  points: string
  settledAt: Date
}

export const evidence = table<EvidenceRow>('evidence', {
  attemptId: { type: DataTypes.UUID, primaryKey: true },
  itemId: { type: DataTypes.UUID, primaryKey: true },
  deliveryId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  responseId: DataTypes.UUID,
  answered: { type: DataTypes.BOOLEAN, allowNull: false },
  score: DataTypes.DECIMAL(12, 4),
  points: { type: DataTypes.DECIMAL(12, 4), allowNull: false },
  settledAt: { type: DataTypes.DATE, allowNull: false },
})

export interface CorrectionRow {
  id: string
  itemId: ItemId
  ruling: Ruling
  questionVersionId: QuestionVersionId
  note: string
  /** Whose grade went up and whose went down. */
  up: number
  down: number
  /** How many people's answers are scored anew, of how many. */
  done: number
  people: number
  by: AccountId | null
  at: Date
}

export const corrections = table<CorrectionRow>('corrections', {
  id: { type: DataTypes.UUID, primaryKey: true },
  itemId: { type: DataTypes.UUID, allowNull: false },
  ruling: { type: DataTypes.TEXT, allowNull: false },
  questionVersionId: { type: DataTypes.UUID, allowNull: false },
  note: { type: DataTypes.TEXT, allowNull: false },
  up: { type: DataTypes.INTEGER, allowNull: false },
  down: { type: DataTypes.INTEGER, allowNull: false },
  done: { type: DataTypes.INTEGER, allowNull: false },
  people: { type: DataTypes.INTEGER, allowNull: false },
  by: DataTypes.UUID,
  at: { type: DataTypes.DATE, allowNull: false },
})

/** To whom a delivery was given that not everybody has. */
export interface DeliveryAudienceRow {
  deliveryId: DeliveryId
  accountId: AccountId
}

export const deliveryAudience = table<DeliveryAudienceRow>('delivery_audience', {
  deliveryId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
})
