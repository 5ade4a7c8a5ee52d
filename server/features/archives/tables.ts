// Archives of courses as models: those that were made and those that are brought in. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { ArchiveSummary, CourseExportId, CourseImport, CourseImportId, Refusal } from '#protocol/archives.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { DateShift, MovedDate } from '#protocol/courses/copy.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { table } from '#server/platform/db/sequelize.ts'

/** `size` in bytes; a bigint, which the driver hands over as text. Its bytes stand in the storage under its id. */
export interface CourseExportRow {
  id: CourseExportId
  courseId: CourseId
  askedBy: AccountId
  askedAt: Date
  state: 'running' | 'ready' | 'refused'
  size: string | number | null
  expiresAt: Date | null
  refusal: Refusal | null
}

export const courseExports = table<CourseExportRow>('course_exports', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  askedBy: { type: DataTypes.UUID, allowNull: false },
  askedAt: { type: DataTypes.DATE, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  size: DataTypes.BIGINT,
  expiresAt: DataTypes.DATE,
  refusal: DataTypes.JSONB,
})

/** What is to be made of an archive. */
export interface Wish {
  readonly title: string
  readonly shortName: string
  readonly departmentId: DepartmentId | null
  readonly termId: TermId | null
  readonly shift: DateShift
}

/** A date as it stands in an archive. */
export type ArchiveDate = Pick<MovedDate, 'title' | 'what'> & {
  readonly at: string
  readonly times?: number
  readonly needed?: boolean
}

/** Its id is also that of the bytes that have come so far; they go as soon as nothing is read of them any more. */
export interface CourseImportRow {
  id: CourseImportId
  accountId: AccountId
  state: CourseImport['state']
  name: string
  print: string
  size: string | number
  received: string | number
  summary: ArchiveSummary | null
  dates: ArchiveDate[] | null
  wish: Wish | null
  refusal: Refusal | null
  courseId: CourseId | null
  startedAt: Date
  touchedAt: Date
}

export const courseImports = table<CourseImportRow>('course_imports', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  name: { type: DataTypes.TEXT, allowNull: false },
  print: { type: DataTypes.TEXT, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  received: { type: DataTypes.BIGINT, allowNull: false },
  summary: DataTypes.JSONB,
  dates: DataTypes.JSONB,
  wish: DataTypes.JSONB,
  refusal: DataTypes.JSONB,
  courseId: DataTypes.UUID,
  startedAt: { type: DataTypes.DATE, allowNull: false },
  touchedAt: { type: DataTypes.DATE, allowNull: false },
})

/** Bytes of an archive, and the blob they go to. */
export interface ImportBytesRow {
  importId: CourseImportId
  bytesId: string
  blobId: string
  size: string | number
  sha256: string
  /** They are there. */
  stands: boolean
}

export const importBytes = table<ImportBytesRow>('course_import_bytes', {
  importId: { type: DataTypes.UUID, primaryKey: true },
  bytesId: { type: DataTypes.UUID, primaryKey: true },
  blobId: { type: DataTypes.UUID, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  sha256: { type: DataTypes.TEXT, allowNull: false },
  stands: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
})
