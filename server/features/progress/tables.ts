// The tables of progress: who has read which page, what makes items done where somebody said so, and what was marked by
// hand. Everything else is worked out from the record.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId, ItemId } from '#protocol/courses.ts'
import type { CompletionRule } from '#protocol/progress.ts'
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

export interface CompletionRuleRow {
  itemId: ItemId
  courseId: CourseId
  asks: CompletionRule['asks']
  percent: number | null
  version: number
}

export const completionRules = table<CompletionRuleRow>('completion_rules', {
  itemId: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  asks: { type: DataTypes.TEXT, allowNull: false },
  percent: DataTypes.INTEGER,
  version: { type: DataTypes.INTEGER, allowNull: false },
})

export interface DoneMarkRow {
  itemId: ItemId
  accountId: AccountId
  at: Date
}

export const doneMarks = table<DoneMarkRow>('done_marks', {
  itemId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
})
