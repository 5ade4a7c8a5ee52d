// The table of text pages. Whether a page is published, hidden or removed is kept by its item in courses.
import { DataTypes } from 'sequelize'
import type { PageId } from '#protocol/content.ts'
import type { CourseId } from '#protocol/courses.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface PageRow {
  id: PageId
  courseId: CourseId
  title: string
  body: string
  version: number
  changedAt: Date
}

export const pages = table<PageRow>('pages', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  body: { type: DataTypes.TEXT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})
