// The table of links. Whether a link is published, hidden or removed is kept by its item in courses.
import { DataTypes } from 'sequelize'
import type { CourseId } from '#protocol/courses.ts'
import type { LinkId } from '#protocol/links.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface LinkRow {
  id: LinkId
  courseId: CourseId
  title: string
  address: string
  note: string
  version: number
  changedAt: Date
}

export const links = table<LinkRow>('links', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  address: { type: DataTypes.TEXT, allowNull: false },
  note: { type: DataTypes.TEXT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})
