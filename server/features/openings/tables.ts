// How courses are open to people who come by themselves, as a model. Only this feature's actions write it.
import { DataTypes } from 'sequelize'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId } from '#protocol/groups.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface OpeningRow {
  courseId: CourseId
  open: boolean
  key: string
  /** Days, YYYY-MM-DD, both counted. */
  opensOn: string | null
  closesOn: string | null
  most: number | null
  sectionId: GroupId | null
  days: number | null
  mayLeave: boolean
  version: number
}

export const openings = table<OpeningRow>('openings', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  open: { type: DataTypes.BOOLEAN, allowNull: false },
  key: { type: DataTypes.TEXT, allowNull: false },
  opensOn: DataTypes.DATEONLY,
  closesOn: DataTypes.DATEONLY,
  most: DataTypes.INTEGER,
  sectionId: DataTypes.UUID,
  days: DataTypes.INTEGER,
  mayLeave: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
})
