// The tables of files. Bytes stand in the storage under the ids of versions; nothing here is a path.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { FileForm, FileId, FolderId, UploadId } from '#protocol/files.ts'
import { table } from '#server/platform/db/sequelize.ts'
import type { NoWords } from '#server/platform/extract/extract.ts'

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

export const folders = table<FolderRow>('folders', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  folderId: { type: DataTypes.UUID },
  name: { type: DataTypes.TEXT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
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
  /** What it says, for search; no find brings it. */
  words?: string | null
}

export const files = table<FileRow>(
  'files',
  {
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
    removedAt: DataTypes.DATE,
    removedBy: DataTypes.UUID,
    words: DataTypes.TEXT,
  },
  { heavy: ['words'] },
)

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

/** What was read of bytes; `why`: why they have no words. */
export interface FileTextRow {
  blobId: string
  text: string
  why: NoWords | null
  readAt: Date
}

export const fileTexts = table<FileTextRow>(
  'file_texts',
  {
    blobId: { type: DataTypes.UUID, primaryKey: true },
    text: { type: DataTypes.TEXT, allowNull: false },
    why: DataTypes.TEXT,
    readAt: { type: DataTypes.DATE, allowNull: false },
  },
  { heavy: ['text'] },
)

/** Its id is also that of the bytes that have come so far. */
export interface UploadRow {
  id: UploadId
  /** What it is to become, and of what: see actions/upload-kinds.ts. */
  kind: string
  refId: string | null
  /** Whose room it takes; of no course: that of whoever brings it. */
  courseId: CourseId | null
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
  kind: { type: DataTypes.TEXT, allowNull: false },
  refId: { type: DataTypes.UUID },
  courseId: { type: DataTypes.UUID },
  accountId: { type: DataTypes.UUID, allowNull: false },
  folderId: { type: DataTypes.UUID },
  fileId: { type: DataTypes.UUID },
  name: { type: DataTypes.TEXT, allowNull: false },
  print: { type: DataTypes.TEXT, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  received: { type: DataTypes.BIGINT, allowNull: false },
  touchedAt: { type: DataTypes.DATE, allowNull: false },
})

/** Which page or other thing shows a file. */
export interface FileUseRow {
  fileId: FileId
  kind: string
  refId: string
}

export const fileUses = table<FileUseRow>('file_uses', {
  fileId: { type: DataTypes.UUID, primaryKey: true },
  kind: { type: DataTypes.TEXT, primaryKey: true },
  refId: { type: DataTypes.UUID, primaryKey: true },
})

export interface FileSpaceRow {
  courseId: CourseId
  limitBytes: string | number
  /** With every version, the bin, and what uploads on their way will take. */
  usedBytes: string | number
  changes: number
}

export const fileSpaces = table<FileSpaceRow>('file_spaces', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  limitBytes: { type: DataTypes.BIGINT, allowNull: false },
  usedBytes: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 },
  changes: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
})

/** The room of one person for what they send to people alone. */
export interface PersonalSpaceRow {
  accountId: AccountId
  limitBytes: string | number
  usedBytes: string | number
}

export const personalSpaces = table<PersonalSpaceRow>('personal_spaces', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  limitBytes: { type: DataTypes.BIGINT, allowNull: false },
  usedBytes: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 },
})

/** Captions of a film or sound in one language, as WebVTT. */
export interface CaptionsRow {
  fileId: FileId
  language: string
  text: string
  /** What is said, without times and marks. */
  words: string
  cues: number
  version: number
  changedAt: Date
  changedBy: AccountId | null
}

export const captions = table<CaptionsRow>(
  'captions',
  {
    fileId: { type: DataTypes.UUID, primaryKey: true },
    language: { type: DataTypes.TEXT, primaryKey: true },
    text: { type: DataTypes.TEXT, allowNull: false },
    words: { type: DataTypes.TEXT, allowNull: false },
    cues: { type: DataTypes.INTEGER, allowNull: false },
    version: { type: DataTypes.INTEGER, allowNull: false },
    changedAt: { type: DataTypes.DATE, allowNull: false },
    changedBy: DataTypes.UUID,
  },
  { heavy: ['text', 'words'] },
)

/** How much somebody has watched. `spans` holds whole seconds, each once, as PostgreSQL writes a multirange. */
export interface WatchRow {
  fileId: FileId
  accountId: AccountId
  place: number
  spans: string
  seconds: number
  length: number
  changedAt: Date
}

export const watches = table<WatchRow>('watches', {
  fileId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  place: { type: DataTypes.DOUBLE, allowNull: false },
  spans: { type: DataTypes.TEXT, allowNull: false },
  seconds: { type: DataTypes.INTEGER, allowNull: false },
  length: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})
