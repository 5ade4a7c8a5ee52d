// Mails as a model. Written by the outbox alone.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { MailReason, MailState } from '#protocol/mail.ts'
import { table } from '../db/sequelize.ts'

export interface MailRow {
  id: string
  /** Who gets it, where they have an account. */
  accountId: AccountId | null
  /** What it belongs to, as `invitation <id>`, or empty. */
  about: string
  /** Sealed; null once nothing is left to send. */
  content: Buffer | null
  state: MailState
  tries: number
  reason: MailReason | null
  answer: string
  createdAt: Date
  /** From then on it is not sent any more. */
  endsAt: Date
  doneAt: Date | null
}

export const mails = table<MailRow>('mails', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: DataTypes.UUID,
  about: { type: DataTypes.TEXT, allowNull: false },
  content: DataTypes.BLOB,
  state: { type: DataTypes.TEXT, allowNull: false },
  tries: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  reason: DataTypes.TEXT,
  answer: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  endsAt: { type: DataTypes.DATE, allowNull: false },
  doneAt: DataTypes.DATE,
})
