// Imports as a model; their pieces and rows are many and written by statements of the actions.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ImportId, ImportState } from '#protocol/imports.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface ImportTableRow {
  id: ImportId
  author: AccountId
  state: ImportState
  createdAt: Date
  finishedAt: Date | null
}

export const imports = table<ImportTableRow>('imports', {
  id: { type: DataTypes.UUID, primaryKey: true },
  author: { type: DataTypes.UUID, allowNull: false },
  state: { type: DataTypes.TEXT, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  finishedAt: DataTypes.DATE,
})
