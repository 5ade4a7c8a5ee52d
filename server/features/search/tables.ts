// The words of everything that can be found, as a model: the shape of the table. The database writes it with the things
// themselves; only `rebuildSearch` of this feature writes it too.
import { DataTypes } from 'sequelize'
import type { HitKind } from '#protocol/search.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface SearchEntryRow {
  refId: string
  kind: HitKind
  courseId: string | null
  /** Whose readers may find it: a channel, a class, a course. */
  placeId: string | null
  title: string
  body: string
  language: string
  at: Date
  vector: string
}

export const searchEntries = table<SearchEntryRow>('search_entries', {
  refId: { type: DataTypes.UUID, primaryKey: true },
  kind: { type: DataTypes.TEXT, allowNull: false },
  courseId: DataTypes.UUID,
  placeId: DataTypes.UUID,
  title: { type: DataTypes.TEXT, allowNull: false },
  body: { type: DataTypes.TEXT, allowNull: false },
  language: { type: DataTypes.TEXT, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  vector: { type: DataTypes.TSVECTOR, allowNull: false },
})
