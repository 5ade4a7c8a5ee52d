// The texts of the school and who agreed to them, as models. Rows are added, never changed.
import { DataTypes } from 'sequelize'
import type { AccountId, Id } from '#protocol/base/ids.ts'
import type { consentAsks } from '#protocol/consent.ts'
import type { LanguageId } from '#protocol/texts/locales.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface Worded {
  readonly language: LanguageId
  readonly title: string
  readonly body: string
}

export interface ConsentTextRow {
  version: number
  /** One a language. */
  texts: Worded[]
  asks: (typeof consentAsks)[number]
  publishedBy: AccountId
  publishedAt: Date
}

export const consentTexts = table<ConsentTextRow>('consent_texts', {
  version: { type: DataTypes.INTEGER, primaryKey: true },
  texts: { type: DataTypes.JSONB, allowNull: false },
  asks: { type: DataTypes.TEXT, allowNull: false },
  publishedBy: { type: DataTypes.UUID, allowNull: false },
  publishedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface ConsentAgreementRow {
  id: Id<'Agreement'>
  accountId: AccountId
  version: number
  /** Themselves, or a guardian. */
  byId: AccountId
  at: Date
}

export const consentAgreements = table<ConsentAgreementRow>('consent_agreements', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  byId: { type: DataTypes.UUID, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})
