// Second steps as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface TotpFactorRow {
  accountId: AccountId
  sealedKey: Buffer
  /** Null until the first code fitted: such a key does not count yet. */
  confirmedAt: Date | null
  /** The time step of the last code that was taken: none is taken twice, nor an older one. A bigint: text. */
  lastStep: string
  createdAt: Date
}

export const totpFactors = table<TotpFactorRow>('totp_factors', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  sealedKey: { type: DataTypes.BLOB, allowNull: false },
  confirmedAt: DataTypes.DATE,
  lastStep: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 },
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface RecoveryCodeRow {
  accountId: AccountId
  codeHash: Buffer
  createdAt: Date
}

export const recoveryCodes = table<RecoveryCodeRow>('recovery_codes', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  codeHash: { type: DataTypes.BLOB, primaryKey: true },
  createdAt: { type: DataTypes.DATE, allowNull: false },
})
