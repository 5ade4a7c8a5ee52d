// Departments and terms as models. Only this feature's actions write them; what stands in them is kept by courses.
import { DataTypes } from 'sequelize'
import type { DepartmentId, FreeDays, TermId } from '#protocol/organisation.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface DepartmentRow {
  id: DepartmentId
  parentId: DepartmentId | null
  name: string
  version: number
}

export const departments = table<DepartmentRow>('departments', {
  id: { type: DataTypes.UUID, primaryKey: true },
  parentId: DataTypes.UUID,
  name: { type: DataTypes.TEXT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
})

export interface TermRow {
  id: TermId
  name: string
  /** A day such as 2026-09-01. */
  startsOn: string
  endsOn: string
  /** The earliest first. */
  freeDays: FreeDays[]
  version: number
}

export const terms = table<TermRow>('terms', {
  id: { type: DataTypes.UUID, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  startsOn: { type: DataTypes.DATEONLY, allowNull: false },
  endsOn: { type: DataTypes.DATEONLY, allowNull: false },
  freeDays: { type: DataTypes.JSONB, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
})
