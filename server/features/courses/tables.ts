// The tables of courses as models: courses, modules, the items placed in them, and enrolments. No rule lives here,
// and only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId, CourseLanguage, CourseLife, ItemDetail, ItemId, ModuleId } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface CourseRow {
  id: CourseId
  title: string
  shortName: string
  summary: string
  timeZone: string
  language: CourseLanguage
  joinCode: string | null
  state: CourseLife
  departmentId: DepartmentId | null
  termId: TermId | null
  template: boolean
  version: number
  createdAt: Date
  removedAt: Date | null
  removedBy: AccountId | null
}

export const courses = table<CourseRow>('courses', {
  id: { type: DataTypes.UUID, primaryKey: true },
  title: { type: DataTypes.TEXT, allowNull: false },
  shortName: { type: DataTypes.TEXT, allowNull: false },
  summary: { type: DataTypes.TEXT, allowNull: false },
  timeZone: { type: DataTypes.TEXT, allowNull: false },
  language: { type: DataTypes.TEXT, allowNull: false },
  joinCode: DataTypes.TEXT,
  state: { type: DataTypes.TEXT, allowNull: false },
  departmentId: DataTypes.UUID,
  termId: DataTypes.UUID,
  template: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

export interface ModuleRow {
  id: ModuleId
  courseId: CourseId
  title: string
  position: string
  /** What is in it is shown to those alone for whom it is open. */
  hidden: boolean
  version: number
  removedAt: Date | null
  removedBy: AccountId | null
}

export const modules = table<ModuleRow>('modules', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  position: { type: DataTypes.TEXT, allowNull: false },
  hidden: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

export interface ItemRow {
  id: ItemId
  courseId: CourseId
  moduleId: ModuleId | null
  /** The registered kind and the thing it stands for; no foreign key, the thing belongs to a higher feature. */
  kind: string
  refId: string
  title: string
  position: string
  /** The items it stands under, the outermost first. */
  under: ItemId[]
  published: boolean
  /** some: those whom the kind's own feature names (queries/audience.ts). */
  audience: 'everybody' | 'some'
  /** Shown to those alone for whom it is open; who that is, `conditions` says. */
  hidden: boolean
  badge: string | null
  detail: ItemDetail
  version: number
  removedAt: Date | null
  removedBy: AccountId | null
}

export const items = table<ItemRow>('items', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  moduleId: DataTypes.UUID,
  kind: { type: DataTypes.TEXT, allowNull: false },
  refId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  position: { type: DataTypes.TEXT, allowNull: false },
  under: { type: DataTypes.ARRAY(DataTypes.UUID), allowNull: false },
  published: { type: DataTypes.BOOLEAN, allowNull: false },
  audience: { type: DataTypes.TEXT, allowNull: false },
  hidden: { type: DataTypes.BOOLEAN, allowNull: false },
  badge: DataTypes.TEXT,
  detail: { type: DataTypes.JSONB, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

export type EnrolmentHow = 'by hand' | 'join code' | 'invitation' | 'cohort' | 'self'

export interface EnrolmentRow {
  id: string
  courseId: CourseId
  accountId: AccountId
  how: EnrolmentHow
  at: Date
  /** Null while it holds. An ended one is kept: it says who was there. */
  endedAt: Date | null
  /** When it will end by itself; null: not. */
  endsAt: Date | null
  /** Ended by whom it was about. */
  leftBySelf: boolean
}

export const enrolments = table<EnrolmentRow>('enrolments', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  how: { type: DataTypes.TEXT, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  endedAt: DataTypes.DATE,
  endsAt: DataTypes.DATE,
  leftBySelf: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
})
