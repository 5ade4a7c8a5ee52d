// Providers of sign-in and the identities people have there, as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { IdentityId, Newcomers, ProviderId } from '#protocol/providers.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface ProviderRow {
  id: ProviderId
  name: string
  /** As `protocol/providers.ts` writes it; one provider that is not removed has it. */
  issuer: string
  clientId: string
  /** Null for a public client. */
  sealedSecret: Buffer | null
  scopes: string[]
  newcomers: Newcomers
  domains: string[]
  vouched: boolean
  minors: boolean
  trusted: boolean
  enabled: boolean
  version: number
  removedAt: Date | null
  createdAt: Date
}

export const providers = table<ProviderRow>('providers', {
  id: { type: DataTypes.UUID, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  issuer: { type: DataTypes.TEXT, allowNull: false },
  clientId: { type: DataTypes.TEXT, allowNull: false },
  sealedSecret: DataTypes.BLOB,
  scopes: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  newcomers: { type: DataTypes.TEXT, allowNull: false },
  domains: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  vouched: { type: DataTypes.BOOLEAN, allowNull: false },
  minors: { type: DataTypes.BOOLEAN, allowNull: false },
  trusted: { type: DataTypes.BOOLEAN, allowNull: false },
  enabled: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  removedAt: DataTypes.DATE,
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface IdentityRow {
  id: IdentityId
  accountId: AccountId
  /** The provider's own, as `providers` keeps it; with the subject it names one person for ever. */
  issuer: string
  subject: string
  /** How the account elsewhere calls itself, for its owner to know it by. */
  label: string
  createdAt: Date
  lastUsedAt: Date | null
}

export const identities = table<IdentityRow>('identities', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  issuer: { type: DataTypes.TEXT, allowNull: false },
  subject: { type: DataTypes.TEXT, allowNull: false },
  label: { type: DataTypes.TEXT, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  lastUsedAt: DataTypes.DATE,
})
