// The tables of the gradebook as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { DeliveryId, DeliveryMode } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItem, GradeItemId } from '#protocol/grades.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface GradeItemRow {
  id: GradeItemId
  courseId: string
  title: string
  /** Numeric: a string of four decimals. */
  points: string
  participation: number
  correctness: number
  policy: GradeItem['policy']
  /** In percent of what taking part in class is worth. */
  catchUp: number
  /** Whose marks fill it; null, both, where answers do. */
  markedKind: string | null
  markedId: string | null
  version: number
  at: Date
}

export const gradeItems = table<GradeItemRow>('grade_items', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  points: { type: DataTypes.DECIMAL(12, 4), allowNull: false },
  participation: { type: DataTypes.INTEGER, allowNull: false },
  correctness: { type: DataTypes.INTEGER, allowNull: false },
  policy: { type: DataTypes.TEXT, allowNull: false },
  catchUp: { type: DataTypes.INTEGER, allowNull: false },
  markedKind: DataTypes.TEXT,
  markedId: DataTypes.UUID,
  version: { type: DataTypes.INTEGER, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

export const gradebooks = table<{ courseId: string; changes: number }>('gradebooks', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  changes: { type: DataTypes.INTEGER, allowNull: false },
})

export const gradeSources = table<{ gradeItemId: GradeItemId; deliveryId: DeliveryId }>('grade_sources', {
  gradeItemId: { type: DataTypes.UUID, primaryKey: true },
  deliveryId: { type: DataTypes.UUID, primaryKey: true },
})

export interface GradeRow {
  gradeItemId: GradeItemId
  accountId: AccountId
  score: string
  points: string
  answered: number
  asked: number
  modes: DeliveryMode[]
  caughtUp: boolean
  computedAt: Date
}

export const grades = table<GradeRow>('grades', {
  gradeItemId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  score: { type: DataTypes.DECIMAL(12, 4), allowNull: false },
  points: { type: DataTypes.DECIMAL(12, 4), allowNull: false },
  answered: { type: DataTypes.INTEGER, allowNull: false },
  asked: { type: DataTypes.INTEGER, allowNull: false },
  modes: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  caughtUp: { type: DataTypes.BOOLEAN, allowNull: false },
  computedAt: { type: DataTypes.DATE, allowNull: false },
})
