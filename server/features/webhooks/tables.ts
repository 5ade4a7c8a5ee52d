// The tables of webhooks. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { DepartmentId } from '#protocol/organisation.ts'
import type { EventType, MessageType } from '#protocol/webhooks/events.ts'
import type { EndpointId, MessageState, PauseReason, TryWord, WebhookMessageId } from '#protocol/webhooks.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface EndpointRow {
  id: EndpointId
  address: string
  description: string
  types: EventType[]
  departmentId: DepartmentId | null
  paused: PauseReason | null
  sealedSecret: Buffer
  /** The one before, which signs beside it until then. */
  sealedOldSecret: Buffer | null
  oldSecretUntil: Date | null
  lastSuccessAt: Date | null
  failingSince: Date | null
  version: number
  createdAt: Date
  removedAt: Date | null
}

export const endpoints = table<EndpointRow>('webhook_endpoints', {
  id: { type: DataTypes.UUID, primaryKey: true },
  address: { type: DataTypes.TEXT, allowNull: false },
  description: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  types: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  departmentId: DataTypes.UUID,
  paused: DataTypes.TEXT,
  sealedSecret: { type: DataTypes.BLOB, allowNull: false },
  sealedOldSecret: DataTypes.BLOB,
  oldSecretUntil: DataTypes.DATE,
  lastSuccessAt: DataTypes.DATE,
  failingSince: DataTypes.DATE,
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
})

export interface MessageRow {
  id: WebhookMessageId
  endpointId: EndpointId
  /** What it tells: told once an endpoint. */
  source: string
  type: MessageType
  /** Byte for byte as it is signed. */
  body: string
  state: MessageState
  /** Since it was made or sent again by somebody. */
  attempts: number
  nextAt: Date | null
  /** Who is sending it; until `nextAt` nobody else does. */
  lease: string | null
  lastAt: Date | null
  lastStatus: number | null
  lastWord: TryWord | null
  lastMs: number | null
  createdAt: Date
}

export const messages = table<MessageRow>('webhook_messages', {
  id: { type: DataTypes.UUID, primaryKey: true },
  endpointId: { type: DataTypes.UUID, allowNull: false },
  source: { type: DataTypes.TEXT, allowNull: false },
  type: { type: DataTypes.TEXT, allowNull: false },
  body: { type: DataTypes.TEXT, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  attempts: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  nextAt: DataTypes.DATE,
  lease: DataTypes.UUID,
  lastAt: DataTypes.DATE,
  lastStatus: DataTypes.INTEGER,
  lastWord: DataTypes.TEXT,
  lastMs: DataTypes.INTEGER,
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface TryRow {
  messageId: WebhookMessageId
  number: number
  endpointId: EndpointId
  at: Date
  /** The header as it was sent. */
  signature: string
  status: number | null
  /** Null where it arrived. */
  word: TryWord | null
  ms: number
  answer: string
}

export const tries = table<TryRow>('webhook_tries', {
  messageId: { type: DataTypes.UUID, primaryKey: true },
  number: { type: DataTypes.INTEGER, primaryKey: true },
  endpointId: { type: DataTypes.UUID, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  signature: { type: DataTypes.TEXT, allowNull: false },
  status: DataTypes.INTEGER,
  word: DataTypes.TEXT,
  ms: { type: DataTypes.INTEGER, allowNull: false },
  answer: { type: DataTypes.TEXT, allowNull: false },
})

/** A grade that changed and waits until its learner may read it. */
export interface WaitingGradeRow {
  gradeItemId: GradeItemId
  accountId: AccountId
  lookedAt: Date | null
}

export const waitingGrades = table<WaitingGradeRow>('webhook_grades', {
  gradeItemId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  lookedAt: DataTypes.DATE,
})
