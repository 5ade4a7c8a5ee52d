// The tables of packages: what is brought, what is in it, and how each learner got on. A package stays the one archive that
// came, as a blob; its directory stands here, and its files are read out of it. Whether it is published is its item's to say.
import { DataTypes } from 'sequelize'
import type { AccountId, Id, SessionId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { Completion, PackageAttemptId, PartData, Success } from '#protocol/packages/attempts.ts'
import type { PackageForm, PlayedPart } from '#protocol/packages/player.ts'
import type { PackageId } from '#protocol/packages.ts'
import { table } from '#server/platform/db/sequelize.ts'

export type ContentId = Id<'PackageContent'>

export interface PackageRow {
  id: PackageId
  courseId: CourseId
  title: string
  /** Numeric: a string of four decimals. */
  points: string
  /** What new attempts play; null until something has been brought. */
  contentId: ContentId | null
  gradeItemId: GradeItemId
  version: number
  changedAt: Date
}

export const packages = table<PackageRow>('packages', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  points: { type: DataTypes.DECIMAL(12, 4), allowNull: false },
  contentId: DataTypes.UUID,
  gradeItemId: { type: DataTypes.UUID, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

/** One version of a package. A row never changes. */
export interface ContentRow {
  id: ContentId
  packageId: PackageId
  number: number
  form: PackageForm
  title: string
  /** The archive; copies of the course share it. */
  blobId: string
  /** In bytes; a bigint, which the driver hands over as text. */
  size: string | number
  parts: PlayedPart[]
  at: Date
}

export const packageContents = table<ContentRow>('package_contents', {
  id: { type: DataTypes.UUID, primaryKey: true },
  packageId: { type: DataTypes.UUID, allowNull: false },
  number: { type: DataTypes.INTEGER, allowNull: false },
  form: { type: DataTypes.TEXT, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  blobId: { type: DataTypes.UUID, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  parts: { type: DataTypes.JSONB, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

/** A file in a package: where it lies in the archive. */
export interface PackageFileRow {
  contentId: ContentId
  /** Its path in one case and form, under which it is asked for. */
  key: string
  /** Unpacked, and as it lies there, in bytes; bigints, which the driver hands over as text. */
  size: string | number
  packed: string | number
  method: number
  local: string | number
}

export const packageFiles = table<PackageFileRow>('package_files', {
  contentId: { type: DataTypes.UUID, primaryKey: true },
  key: { type: DataTypes.TEXT, primaryKey: true },
  size: { type: DataTypes.BIGINT, allowNull: false },
  packed: { type: DataTypes.BIGINT, allowNull: false },
  method: { type: DataTypes.INTEGER, allowNull: false },
  local: { type: DataTypes.BIGINT, allowNull: false },
})

export interface AttemptRow {
  id: PackageAttemptId
  packageId: PackageId
  accountId: AccountId
  number: number
  /** What it plays to its end; once over, that may be gone. */
  contentId: ContentId
  completion: Completion
  success: Success
  /** Of all points, 0 to 1: numeric, a string of six decimals. Null while there is none. */
  share: string | null
  seconds: number
  sittings: number
  begunAt: Date
  at: Date
  overAt: Date | null
}

export const packageAttempts = table<AttemptRow>('package_attempts', {
  id: { type: DataTypes.UUID, primaryKey: true },
  packageId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  number: { type: DataTypes.INTEGER, allowNull: false },
  contentId: { type: DataTypes.UUID, allowNull: false },
  completion: { type: DataTypes.TEXT, allowNull: false },
  success: { type: DataTypes.TEXT, allowNull: false },
  share: DataTypes.DECIMAL(7, 6),
  seconds: { type: DataTypes.INTEGER, allowNull: false },
  sittings: { type: DataTypes.INTEGER, allowNull: false },
  begunAt: { type: DataTypes.DATE, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  overAt: DataTypes.DATE,
})

/** How one part of an attempt stands, with what it keeps for its next sitting. */
export interface StateRow {
  attemptId: PackageAttemptId
  part: string
  /** The latest one that told something. */
  sitting: number
  completion: Completion
  success: Success
  share: string | null
  /** Of all sittings before that one, and of that one. */
  before: number
  seconds: number
  data: PartData
}

export const packageStates = table<StateRow>('package_states', {
  attemptId: { type: DataTypes.UUID, primaryKey: true },
  part: { type: DataTypes.TEXT, primaryKey: true },
  sitting: { type: DataTypes.INTEGER, allowNull: false },
  completion: { type: DataTypes.TEXT, allowNull: false },
  success: { type: DataTypes.TEXT, allowNull: false },
  share: DataTypes.DECIMAL(7, 6),
  before: { type: DataTypes.INTEGER, allowNull: false },
  seconds: { type: DataTypes.INTEGER, allowNull: false },
  data: { type: DataTypes.JSONB, allowNull: false },
})

/** What opens the files of a package for one browser: a secret in an address, hashed here. */
export interface TicketRow {
  hash: Buffer
  accountId: AccountId
  /** It ends with the device it was given to. */
  sessionId: SessionId
  packageId: PackageId
  contentId: ContentId
  /** The origin whose pages may frame it. */
  framedBy: string
  /** Moves on while it is used, to `endsAt` at most. */
  expiresAt: Date
  endsAt: Date
}

export const packageTickets = table<TicketRow>('package_tickets', {
  hash: { type: DataTypes.BLOB, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  sessionId: { type: DataTypes.UUID, allowNull: false },
  packageId: { type: DataTypes.UUID, allowNull: false },
  contentId: { type: DataTypes.UUID, allowNull: false },
  framedBy: { type: DataTypes.TEXT, allowNull: false },
  expiresAt: { type: DataTypes.DATE, allowNull: false },
  endsAt: { type: DataTypes.DATE, allowNull: false },
})
