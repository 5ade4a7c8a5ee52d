// The table of views of persons. What somebody supposed sees is kept nowhere.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ViewId } from '#protocol/preview.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface PersonViewRow {
  id: ViewId
  viewerId: AccountId
  accountId: AccountId
  reason: string
  at: Date
  until: Date
}

export const personViews = table<PersonViewRow>('person_views', {
  id: { type: DataTypes.UUID, primaryKey: true },
  viewerId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  reason: { type: DataTypes.TEXT, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  until: { type: DataTypes.DATE, allowNull: false },
})
