// Copies of people's data, the ends of accounts, and how long things are kept, as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ErasureId, ErasureState, ExportId, Leftover, RetentionKind } from '#protocol/privacy.ts'
import { table } from '#server/platform/db/sequelize.ts'

/** `size` in bytes; a bigint, which the driver hands over as text. Its bytes stand in the storage under its id. */
export interface DataExportRow {
  id: ExportId
  accountId: AccountId
  askedBy: AccountId
  askedAt: Date
  state: 'running' | 'ready'
  done: number
  parts: number
  size: string | number | null
  expiresAt: Date | null
}

export const dataExports = table<DataExportRow>('data_exports', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  askedBy: { type: DataTypes.UUID, allowNull: false },
  askedAt: { type: DataTypes.DATE, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  done: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  parts: { type: DataTypes.INTEGER, allowNull: false },
  size: DataTypes.BIGINT,
  expiresAt: DataTypes.DATE,
})

/** What one feature said, until all of it is in the file. */
export interface DataExportPartRow {
  exportId: ExportId
  feature: string
  body: string
}

export const dataExportParts = table<DataExportPartRow>('data_export_parts', {
  exportId: { type: DataTypes.UUID, primaryKey: true },
  feature: { type: DataTypes.TEXT, primaryKey: true },
  body: { type: DataTypes.TEXT, allowNull: false },
})

/** What is looked for once somebody is erased. */
export interface Sought {
  readonly name: string
  readonly email: string | null
}

export interface ErasureRow {
  id: ErasureId
  accountId: AccountId
  state: ErasureState
  byPerson: boolean
  reason: string
  askedAt: Date
  decidedBy: AccountId | null
  decidedAt: Date | null
  decision: string
  sought: Sought | null
  /** How often it was looked. */
  looks: number
  leftOver: Leftover[] | null
}

export const erasures = table<ErasureRow>('erasures', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  byPerson: { type: DataTypes.BOOLEAN, allowNull: false },
  reason: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  askedAt: { type: DataTypes.DATE, allowNull: false },
  decidedBy: DataTypes.UUID,
  decidedAt: DataTypes.DATE,
  decision: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  sought: DataTypes.JSONB,
  looks: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  leftOver: DataTypes.JSONB,
})

/** What has no row is kept for ever. */
export interface RetentionWindowRow {
  kind: RetentionKind
  months: number
  changedAt: Date
}

export const retentionWindows = table<RetentionWindowRow>('retention_windows', {
  kind: { type: DataTypes.TEXT, primaryKey: true },
  months: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface CourseHoldRow {
  courseId: string
  reason: string
  heldBy: AccountId
  at: Date
}

export const courseHolds = table<CourseHoldRow>('course_holds', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  reason: { type: DataTypes.TEXT, allowNull: false },
  heldBy: { type: DataTypes.UUID, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

export interface RetentionNightRow {
  day: string
  /** Which of the kinds it is at. */
  step: number
  removed: Partial<Record<RetentionKind, number>>
  finishedAt: Date | null
}

export const retentionNights = table<RetentionNightRow>('retention_nights', {
  day: { type: DataTypes.DATEONLY, primaryKey: true },
  step: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  removed: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
  finishedAt: DataTypes.DATE,
})
