// Cohorts, who is in them, and the courses they are in, as models. Members are many, and written by statements of the actions.
import { DataTypes } from 'sequelize'
import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CohortId, CohortRole } from '#protocol/cohorts.ts'
import type { CourseId } from '#protocol/courses.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface CohortRow {
  id: CohortId
  name: string
  description: string
  offered: boolean
  version: number
}

export const cohorts = table<CohortRow>('cohorts', {
  id: { type: DataTypes.UUID, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  description: { type: DataTypes.TEXT, allowNull: false },
  offered: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
})

export interface CohortMemberRow {
  cohortId: CohortId
  accountId: AccountId
  at: Date
}

export const cohortMembers = table<CohortMemberRow>('cohort_members', {
  cohortId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
})

export interface CohortCourseRow {
  courseId: CourseId
  cohortId: CohortId
  /** The least there is where `custom` is set: what a node of the version before gives. */
  role: CohortRole
  custom: CustomRoleId | null
  at: Date
}

export const cohortCourses = table<CohortCourseRow>('cohort_courses', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  cohortId: { type: DataTypes.UUID, primaryKey: true },
  role: { type: DataTypes.TEXT, allowNull: false },
  custom: DataTypes.UUID,
  at: { type: DataTypes.DATE, allowNull: false },
})
