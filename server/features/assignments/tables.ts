// The tables of assignments: what is asked, what each learner hands in, and the mark. Whether an assignment is published,
// hidden or removed is kept by its item in courses; bytes stand in the storage, and nothing here is a path.
import { DataTypes } from 'sequelize'
import type { SubmissionFileId } from '#protocol/assignments/submissions.ts'
import type { AssignmentId } from '#protocol/assignments.ts'
import type { AccountId, Id } from '#protocol/base/ids.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { FileForm } from '#protocol/files.ts'
import type { LateChoice } from '#protocol/grades/late.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import { table } from '#server/platform/db/sequelize.ts'

export type SubmissionId = Id<'Submission'>

export interface AssignmentRow {
  id: AssignmentId
  courseId: CourseId
  title: string
  document: PageDocument
  takesText: boolean
  /** How many files one hand-in holds at most; 0: none. */
  takesFiles: number
  /** Empty: any. */
  takesForms: FileForm[]
  /** In bytes; a bigint, which the driver hands over as text. */
  largestFile: string | number
  /** Numeric: a string of four decimals. */
  points: string
  dueAt: Date | null
  cutOffAt: Date | null
  gradeItemId: GradeItemId
  /** Which late policy holds for it. */
  late: LateChoice
  /** When what is missing was settled last; again once the cut-off is later than that. */
  settledAt: Date | null
  version: number
  changedAt: Date
}

export const assignments = table<AssignmentRow>('assignments', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  document: { type: DataTypes.JSONB, allowNull: false },
  takesText: { type: DataTypes.BOOLEAN, allowNull: false },
  takesFiles: { type: DataTypes.INTEGER, allowNull: false },
  takesForms: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  largestFile: { type: DataTypes.BIGINT, allowNull: false },
  points: { type: DataTypes.DECIMAL(12, 4), allowNull: false },
  dueAt: DataTypes.DATE,
  cutOffAt: DataTypes.DATE,
  gradeItemId: { type: DataTypes.UUID, allowNull: false },
  late: { type: DataTypes.JSONB, allowNull: false },
  settledAt: DataTypes.DATE,
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

/** One learner's work at one assignment, from the first letter to the mark. */
export interface SubmissionRow {
  id: SubmissionId
  assignmentId: AssignmentId
  accountId: AccountId
  draftText: string
  draftVersion: number
  draftAt: Date | null
  /** How often it was handed in, when last, and how late that was. */
  handIns: number
  handedInAt: Date | null
  lateSeconds: number | null
  /** Numeric: a string of four decimals; null while there is no mark. */
  score: string | null
  comment: string
  /** Why its lateness takes nothing; null where it does. */
  waived: string | null
  markedAt: Date | null
  markedBy: AccountId | null
  /** Grows with each hand-in and each mark. */
  version: number
}

export const submissions = table<SubmissionRow>('submissions', {
  id: { type: DataTypes.UUID, primaryKey: true },
  assignmentId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  draftText: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  draftVersion: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  draftAt: DataTypes.DATE,
  handIns: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  handedInAt: DataTypes.DATE,
  lateSeconds: DataTypes.INTEGER,
  score: DataTypes.DECIMAL(12, 4),
  comment: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  waived: DataTypes.TEXT,
  markedAt: DataTypes.DATE,
  markedBy: DataTypes.UUID,
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
})

/** One time it was handed in; a row never changes. */
export interface HandInRow {
  submissionId: SubmissionId
  number: number
  text: string
  fileIds: SubmissionFileId[]
  at: Date
  lateSeconds: number | null
}

export const handIns = table<HandInRow>('hand_ins', {
  submissionId: { type: DataTypes.UUID, primaryKey: true },
  number: { type: DataTypes.INTEGER, primaryKey: true },
  text: { type: DataTypes.TEXT, allowNull: false },
  fileIds: { type: DataTypes.ARRAY(DataTypes.UUID), allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  lateSeconds: DataTypes.INTEGER,
})

export interface SubmissionFileRow {
  id: SubmissionFileId
  submissionId: SubmissionId
  blobId: string
  name: string
  form: FileForm
  type: string
  size: string | number
  at: Date
  /** Out of the draft since; what was handed in keeps it. */
  removedAt: Date | null
}

export const submissionFiles = table<SubmissionFileRow>('submission_files', {
  id: { type: DataTypes.UUID, primaryKey: true },
  submissionId: { type: DataTypes.UUID, allowNull: false },
  blobId: { type: DataTypes.UUID, allowNull: false },
  name: { type: DataTypes.TEXT, allowNull: false },
  form: { type: DataTypes.TEXT, allowNull: false },
  type: { type: DataTypes.TEXT, allowNull: false },
  size: { type: DataTypes.BIGINT, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
})
