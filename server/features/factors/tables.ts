// Second steps as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { PasskeyId } from '#protocol/factors/passkeys.ts'
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

export interface PasskeyRow {
  id: PasskeyId
  accountId: AccountId
  /** The id its authenticator gave it, in base64url. */
  credential: string
  publicKey: Buffer
  /** What it counted last; 0 for ever where it does not count. A bigint: text. */
  counter: string
  transports: string[]
  /** The relying party it was made for. */
  host: string
  name: string
  synced: boolean
  createdAt: Date
  lastUsedAt: Date | null
  /** When the question was put that it answered last: no answer to that one or an older one is taken. */
  lastAskedAt: Date
}

export const passkeys = table<PasskeyRow>('passkeys', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  credential: { type: DataTypes.TEXT, allowNull: false },
  publicKey: { type: DataTypes.BLOB, allowNull: false },
  counter: { type: DataTypes.BIGINT, allowNull: false },
  transports: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  host: { type: DataTypes.TEXT, allowNull: false },
  name: { type: DataTypes.TEXT, allowNull: false },
  synced: { type: DataTypes.BOOLEAN, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  lastUsedAt: DataTypes.DATE,
  lastAskedAt: { type: DataTypes.DATE, allowNull: false },
})
