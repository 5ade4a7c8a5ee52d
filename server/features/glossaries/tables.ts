// The tables of glossaries. Whether a glossary is published, hidden or removed is kept by its item in courses.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GlossaryEntryId, GlossaryId } from '#protocol/glossaries.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface GlossaryRow {
  id: GlossaryId
  courseId: CourseId
  title: string
  intro: string
  suggestions: boolean
  linking: boolean
  version: number
  changedAt: Date
}

export const glossaries = table<GlossaryRow>('glossaries', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  intro: { type: DataTypes.TEXT, allowNull: false },
  suggestions: { type: DataTypes.BOOLEAN, allowNull: false },
  linking: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface EntryRow {
  id: GlossaryEntryId
  glossaryId: GlossaryId
  word: string
  names: string[]
  document: PageDocument
  /** The words of the document. */
  body: string
  state: 'shown' | 'suggested'
  /** Null for what staff wrote. */
  suggestedBy: AccountId | null
  version: number
  changedAt: Date
  removedAt: Date | null
  removedBy: AccountId | null
}

export const entries = table<EntryRow>('glossary_entries', {
  id: { type: DataTypes.UUID, primaryKey: true },
  glossaryId: { type: DataTypes.UUID, allowNull: false },
  word: { type: DataTypes.TEXT, allowNull: false },
  names: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  document: { type: DataTypes.JSONB, allowNull: false },
  body: { type: DataTypes.TEXT, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  suggestedBy: DataTypes.UUID,
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})
