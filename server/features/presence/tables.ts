// Who sat in which room from when to when: the evidence for attendance. Only this feature's actions write it.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface SeatIntervalRow {
  id: string
  scope: string
  scopeId: string
  accountId: AccountId
  fromAt: Date
  /** The last moment the person was known to be there. Intervals of two devices or nodes may overlap. */
  toAt: Date
}

export const seatIntervals = table<SeatIntervalRow>('seat_intervals', {
  id: { type: DataTypes.UUID, primaryKey: true },
  scope: { type: DataTypes.TEXT, allowNull: false },
  scopeId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  fromAt: { type: DataTypes.DATE, allowNull: false },
  toAt: { type: DataTypes.DATE, allowNull: false },
})
