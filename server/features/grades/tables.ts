// The tables of the gradebook as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import { type AttemptsRule, usualAttempts } from '#protocol/activities/attempts.ts'
import type { DeliveryId, DeliveryMode } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import type { Scale } from '#protocol/grades/scale.ts'
import type { TotalBy } from '#protocol/grades/total.ts'
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
  /** Since when learners read nothing of it; null while it is released. */
  heldAt: Date | null
  /** When a held one is released by itself. */
  releasesAt: Date | null
  /** When it was last released after it had been held; null where it never was. */
  releasedAt: Date | null
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
  heldAt: { type: DataTypes.DATE },
  releasesAt: { type: DataTypes.DATE },
  releasedAt: { type: DataTypes.DATE },
  version: { type: DataTypes.INTEGER, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

export interface GradebookRow {
  courseId: string
  changes: number
  /** New columns are held back. */
  holds: boolean
}

export const gradebooks = table<GradebookRow>('gradebooks', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  changes: { type: DataTypes.INTEGER, allowNull: false },
  holds: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
})

/** How a course grades; there is no row where nobody has said anything. */
export interface GradingRow {
  courseId: string
  late: LatePolicy
  attempts: AttemptsRule
  scale: Scale
  totalBy: TotalBy
  totalTold: boolean
  version: number
  changedAt: Date
}

export const gradings = table<GradingRow>('gradings', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  late: { type: DataTypes.JSONB, allowNull: false },
  attempts: { type: DataTypes.JSONB, allowNull: false, defaultValue: usualAttempts },
  scale: { type: DataTypes.JSONB, allowNull: false },
  totalBy: { type: DataTypes.TEXT, allowNull: false },
  totalTold: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface GradeCategoryRow {
  id: string
  courseId: string
  title: string
  /** In percent; numeric: a string of two decimals. */
  weight: string
  dropLowest: number
  /** In the order in which they are shown. */
  position: number
}

export const gradeCategories = table<GradeCategoryRow>('grade_categories', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  weight: { type: DataTypes.DECIMAL(5, 2), allowNull: false },
  dropLowest: { type: DataTypes.INTEGER, allowNull: false },
  position: { type: DataTypes.INTEGER, allowNull: false },
})

export const gradeCategoryColumns = table<{ gradeItemId: GradeItemId; categoryId: string }>('grade_category_columns', {
  gradeItemId: { type: DataTypes.UUID, primaryKey: true },
  categoryId: { type: DataTypes.UUID, allowNull: false },
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
  /** The mark before its lateness took something, and how late it came; null where the late policy did not touch it. */
  given: string | null
  lateSeconds: number | null
  waived: boolean
  /** Nothing was handed in by the cut-off: the score is what the policy says of that. */
  missing: boolean
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
  given: DataTypes.DECIMAL(12, 4),
  lateSeconds: DataTypes.INTEGER,
  waived: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
  missing: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
  computedAt: { type: DataTypes.DATE, allowNull: false },
})
