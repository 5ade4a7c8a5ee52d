// The table of notes as a model, for later features to join. Only this feature's actions write it; what a note says is in
// the documents of the platform, and `text` only a plain copy of it for search.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { NoteId, NoteWriters } from '#protocol/notes.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface NoteRow {
  id: NoteId
  courseId: CourseId
  /** The class it belongs to; no foreign key, the class belongs to a higher feature. */
  runId: string | null
  title: string
  writers: NoteWriters
  text: string
  /** The number of the document's update that `text` stands at. */
  textSeq: number
  version: number
  createdAt: Date
  removedAt: Date | null
  removedBy: AccountId | null
}

export const notes = table<NoteRow>('notes', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  runId: DataTypes.UUID,
  title: { type: DataTypes.TEXT, allowNull: false },
  writers: { type: DataTypes.TEXT, allowNull: false },
  text: { type: DataTypes.TEXT, allowNull: false },
  textSeq: { type: DataTypes.BIGINT, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})
