// The table of text pages. Whether a page is published, hidden or removed is kept by its item in courses.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { PageId } from '#protocol/content.ts'
import type { CourseId } from '#protocol/courses.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface PageRow {
  id: PageId
  courseId: CourseId
  title: string
  body: string
  document: PageDocument | null
  version: number
  changedAt: Date
}

export const pages = table<PageRow>('pages', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  body: { type: DataTypes.TEXT, allowNull: false },
  document: { type: DataTypes.JSONB },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

/** A page as it was saved once. The newest row is the page as it stands. */
export interface PageVersionRow {
  pageId: PageId
  version: number
  title: string
  body: string
  document: PageDocument | null
  at: Date
  byAccount: AccountId | null
}

export const pageVersions = table<PageVersionRow>('page_versions', {
  pageId: { type: DataTypes.UUID, primaryKey: true },
  version: { type: DataTypes.INTEGER, primaryKey: true },
  title: { type: DataTypes.TEXT, allowNull: false },
  body: { type: DataTypes.TEXT, allowNull: false },
  document: { type: DataTypes.JSONB },
  at: { type: DataTypes.DATE, allowNull: false },
  byAccount: { type: DataTypes.UUID },
})
