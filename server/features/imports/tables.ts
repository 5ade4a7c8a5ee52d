// Imports, their pieces and their rows as models. Pieces and rows are many, and written by statements of the actions.
import { DataTypes } from 'sequelize'
import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Role } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { ImportFiles, ImportId, ImportState, PieceSort, RowError, UnusedColumns } from '#protocol/imports.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface ImportTableRow {
  id: ImportId
  author: AccountId
  state: ImportState
  createdAt: Date
  finishedAt: Date | null
  files: ImportFiles
  unused: UnusedColumns[]
}

export const imports = table<ImportTableRow>('imports', {
  id: { type: DataTypes.UUID, primaryKey: true },
  author: { type: DataTypes.UUID, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  finishedAt: DataTypes.DATE,
  files: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
  unused: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
})

/** A part of a file as it was uploaded; gone once the import has run. */
export interface ImportPieceRow {
  importId: ImportId
  sort: PieceSort
  place: number
  text: string
}

export const importPieces = table<ImportPieceRow>('import_pieces', {
  importId: { type: DataTypes.UUID, primaryKey: true },
  sort: { type: DataTypes.TEXT, primaryKey: true },
  place: { type: DataTypes.INTEGER, primaryKey: true },
  text: { type: DataTypes.TEXT, allowNull: false },
})

/** What an import changes, as it was: name and address of people, ends of enrolments (ISO). */
export interface Was {
  readonly name?: string
  readonly email?: string
  readonly endsAt?: string | null
}

export interface ImportLineRow {
  importId: ImportId
  sort: 'people' | 'enrolments'
  line: number
  name: string
  email: string
  role: Role | null
  /** A role made here, with which they are enrolled; `role` then says learner. */
  custom: CustomRoleId | null
  courseId: CourseId | null
  course: string
  /** Why it is not taken; null for what is. */
  error: RowError | null
  /** made: an account or an enrolment that was not there before; changed: one that was. Null while it waits. */
  outcome: 'made' | 'changed' | 'was there' | 'left out' | null
  accountId: AccountId | null
  /** The id by which another system knows the person; empty without one. */
  sourceId: string
  endsAt: Date | null
  was: Was | null
}

export const importRows = table<ImportLineRow>('import_rows', {
  importId: { type: DataTypes.UUID, primaryKey: true },
  sort: { type: DataTypes.TEXT, primaryKey: true },
  line: { type: DataTypes.INTEGER, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  email: { type: DataTypes.TEXT, allowNull: false },
  role: DataTypes.TEXT,
  custom: DataTypes.UUID,
  courseId: DataTypes.UUID,
  course: { type: DataTypes.TEXT, allowNull: false },
  error: DataTypes.TEXT,
  outcome: DataTypes.TEXT,
  accountId: DataTypes.UUID,
  sourceId: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  endsAt: DataTypes.DATE,
  was: DataTypes.JSONB,
})

/** People by the ids of another system. */
export interface SourceIdRow {
  sourceId: string
  accountId: AccountId
  importId: ImportId
}

export const sourceIds = table<SourceIdRow>('source_ids', {
  sourceId: { type: DataTypes.TEXT, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  importId: { type: DataTypes.UUID, allowNull: false },
})
