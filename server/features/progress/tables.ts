// The table of progress: who has read which page. Everything else is worked out from the record.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface PageReadRow {
  pageId: string
  accountId: AccountId
  /** The first time. */
  at: Date
}

export const pageReads = table<PageReadRow>('page_reads', {
  pageId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
})
