// Who observes whom, and the codes that wait to be used, as models. What ended stays, to be taken back and to be told.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ObservationId, ObserverCodeId, ObserverKind } from '#protocol/observers.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface ObservationRow {
  id: ObservationId
  observerId: AccountId
  learnerId: AccountId
  kind: ObserverKind
  madeBy: AccountId
  at: Date
  until: Date | null
  endedAt: Date | null
  endedBy: AccountId | null
  version: number
}

export const observations = table<ObservationRow>('observations', {
  id: { type: DataTypes.UUID, primaryKey: true },
  observerId: { type: DataTypes.UUID, allowNull: false },
  learnerId: { type: DataTypes.UUID, allowNull: false },
  kind: { type: DataTypes.TEXT, allowNull: false },
  madeBy: { type: DataTypes.UUID, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  until: DataTypes.DATE,
  endedAt: DataTypes.DATE,
  endedBy: DataTypes.UUID,
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
})

export interface ObserverCodeRow {
  id: ObserverCodeId
  learnerId: AccountId
  codeHash: Buffer
  at: Date
  expiresAt: Date
}

export const observerCodes = table<ObserverCodeRow>('observer_codes', {
  id: { type: DataTypes.UUID, primaryKey: true },
  learnerId: { type: DataTypes.UUID, allowNull: false },
  codeHash: { type: DataTypes.BLOB, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  expiresAt: { type: DataTypes.DATE, allowNull: false },
})
