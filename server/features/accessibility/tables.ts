// What was found in pages and files, and what owners were asked to mend. Findings follow from the record: each row is
// written anew as a whole, and could be dropped without loss.
import { DataTypes } from 'sequelize'
import type { Finding } from '#protocol/accessibility/findings.ts'
import type { CheckedKind, FindingsRequestId } from '#protocol/accessibility.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface CheckRow {
  kind: CheckedKind
  refId: string
  courseId: CourseId
  /** Of what was looked at. */
  stamp: string
  findings: Finding[]
  barriers: number
  hurdles: number
  checkedAt: Date
}

export const checks = table<CheckRow>('findings_checks', {
  kind: { type: DataTypes.TEXT, primaryKey: true },
  refId: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  stamp: { type: DataTypes.TEXT, allowNull: false },
  findings: { type: DataTypes.JSONB, allowNull: false },
  barriers: { type: DataTypes.INTEGER, allowNull: false },
  hurdles: { type: DataTypes.INTEGER, allowNull: false },
  checkedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface StateRow {
  courseId: CourseId
  changes: number
}

export const states = table<StateRow>('findings_states', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  changes: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
})

export interface RequestRow {
  id: FindingsRequestId
  byAccount: AccountId | null
  note: string
  at: Date
}

export const requests = table<RequestRow>('findings_requests', {
  id: { type: DataTypes.UUID, primaryKey: true },
  byAccount: DataTypes.UUID,
  note: { type: DataTypes.TEXT, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

/** One thing that one person was asked to mend. */
export interface RequestedRow {
  requestId: FindingsRequestId
  accountId: AccountId
  courseId: CourseId
  kind: CheckedKind
  refId: string
  at: Date
}

export const requested = table<RequestedRow>('findings_requested', {
  requestId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  kind: { type: DataTypes.TEXT, primaryKey: true },
  refId: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
})
