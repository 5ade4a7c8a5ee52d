// The tables of attendance as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { CorrectedStatus } from '#protocol/attendance.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { RunId } from '#protocol/live.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface AttendanceMarkRow {
  runId: RunId
  accountId: AccountId
  /** From 1; the highest holds. */
  number: number
  /** Null: back to what the evidence suggests. */
  status: CorrectedStatus | null
  note: string
  by: AccountId | null
  at: Date
}

export const attendanceMarks = table<AttendanceMarkRow>('attendance_marks', {
  runId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  number: { type: DataTypes.INTEGER, primaryKey: true },
  status: DataTypes.TEXT,
  note: { type: DataTypes.TEXT, allowNull: false },
  by: DataTypes.UUID,
  at: { type: DataTypes.DATE, allowNull: false },
})

/** How often something was corrected in a course: what its staff hear counted. */
export const attendanceChanges = table<{ courseId: string; changes: number }>('attendance_changes', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  changes: { type: DataTypes.INTEGER, allowNull: false },
})
