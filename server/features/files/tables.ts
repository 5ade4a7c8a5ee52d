// The tables of files. Bytes stand in the storage under the ids of versions; nothing here is a path.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { FileForm, FileId, FolderId, UploadId } from '#protocol/files.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface FolderRow {
  id: FolderId
  courseId: CourseId
  folderId: FolderId | null
  name: string
  version: number
  changedAt: Date
  removedAt: Date | null
  removedBy: AccountId | null
}

const bin = {
  removedAt: { type: DataTypes.DATE },
  removedBy: { type: DataTypes.UUID },
}

export const folders = table<FolderRow>('folders', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  folderId: { type: DataTypes.UUID },
  name: { type: DataTypes.TEXT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  ...bin,
})

/** `size` in bytes; a bigint, which the driver hands over as text. */
export interface FileRow {
  id: FileId
  courseId: CourseId
  folderId: FolderId | null
  name: string
  form: FileForm
  type: string
  size: string | number
  number: number
  version: number
  changedAt: Date
  removedAt: Date | null
  removedBy: AccountId | null
}

export const files = table<FileRow>('files', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  folderId: { type: DataTypes.UUID },
  name: { type: DataTypes.TEXT, allowNull: false },
  form: { type: DataTypes.TEXT, allowNull: false },
  type: { type: DataTypes.TEXT, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  number: { type: DataTypes.INTEGER, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  ...bin,
})

export interface FileVersionRow {
  fileId: FileId
  number: number
  blobId: string
  name: string
  form: FileForm
  type: string
  size: string | number
  at: Date
  byAccount: AccountId | null
}

export const fileVersions = table<FileVersionRow>('file_versions', {
  fileId: { type: DataTypes.UUID, primaryKey: true },
  number: { type: DataTypes.INTEGER, primaryKey: true },
  blobId: { type: DataTypes.UUID, allowNull: false },
  name: { type: DataTypes.TEXT, allowNull: false },
  form: { type: DataTypes.TEXT, allowNull: false },
  type: { type: DataTypes.TEXT, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  byAccount: { type: DataTypes.UUID },
})

/** Its id is also that of the bytes that have come so far. */
export interface UploadRow {
  id: UploadId
  courseId: CourseId
  accountId: AccountId
  folderId: FolderId | null
  fileId: FileId | null
  name: string
  print: string
  size: string | number
  received: string | number
  touchedAt: Date
}

export const uploads = table<UploadRow>('uploads', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  folderId: { type: DataTypes.UUID },
  fileId: { type: DataTypes.UUID },
  name: { type: DataTypes.TEXT, allowNull: false },
  print: { type: DataTypes.TEXT, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  received: { type: DataTypes.BIGINT, allowNull: false },
  touchedAt: { type: DataTypes.DATE, allowNull: false },
})
