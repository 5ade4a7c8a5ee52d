// The remembered operations as a model: the shape of the table. Written by `transact`, the storms and `operations`.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import { table } from './sequelize.ts'

export interface OperationRow {
  author: AccountId
  operation: string
  call: string
  inputHash: Buffer
  /** The first answer. */
  result: unknown
  at: Date
}

export const operations = table<OperationRow>('operations', {
  author: { type: DataTypes.UUID, primaryKey: true },
  operation: { type: DataTypes.UUID, primaryKey: true },
  call: { type: DataTypes.TEXT, allowNull: false },
  inputHash: { type: DataTypes.BLOB, allowNull: false },
  result: DataTypes.JSON,
  at: { type: DataTypes.DATE, allowNull: false },
})
