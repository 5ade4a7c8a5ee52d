// The numbers of rights as a model: the shape of the table. Written in the transaction that changes a right.
import { DataTypes } from 'sequelize'
import { table } from '../db/sequelize.ts'

export interface RightsVersionRow {
  /** An account or a place, such as `account:` and its id. */
  subject: string
  version: string
  changedAt: Date
}

export const rightsVersions = table<RightsVersionRow>('rights_versions', {
  subject: { type: DataTypes.TEXT, primaryKey: true },
  version: { type: DataTypes.BIGINT, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})
