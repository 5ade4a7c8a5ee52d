// The table of releases as a model: when an item or a module opens and what opens it. Only this feature's actions write it.
import { DataTypes } from 'sequelize'
import type { ConditionGroup, LockSubject } from '#protocol/conditions.ts'
import type { CourseId } from '#protocol/courses.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface ReleaseRow {
  subject: LockSubject
  subjectId: string
  courseId: CourseId
  opensAt: Date | null
  closesAt: Date | null
  tree: ConditionGroup | null
  version: number
  changedAt: Date
}

export const releases = table<ReleaseRow>('releases', {
  subject: { type: DataTypes.TEXT, primaryKey: true },
  subjectId: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  opensAt: DataTypes.DATE,
  closesAt: DataTypes.DATE,
  tree: DataTypes.JSONB,
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})
