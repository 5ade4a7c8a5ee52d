// The tables of progress: who has read which page, what makes items done and what completes a course where somebody said
// so, what was marked by hand, and who has completed a course. Everything else is worked out from the record.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId, ItemId } from '#protocol/courses.ts'
import type { CourseMark, CoursePart, CourseRuleSaid } from '#protocol/progress/course.ts'
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

export interface CourseRuleRow {
  courseId: CourseId
  need: CourseRuleSaid['need']
  parts: CoursePart[]
  version: number
  /** Until when moments that a part waits for were looked at. */
  lookedAt: Date
}

export const courseRules = table<CourseRuleRow>('course_rules', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  need: { type: DataTypes.TEXT, allowNull: false },
  parts: { type: DataTypes.JSONB, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  lookedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface CourseMarkRow {
  courseId: CourseId
  accountId: AccountId
  what: CourseMark
  at: Date
  /** Null where the account that gave it was erased. */
  markedBy: AccountId | null
}

export const courseMarks = table<CourseMarkRow>('course_marks', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  what: { type: DataTypes.TEXT, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
  markedBy: DataTypes.UUID,
})

export interface CourseCompletionRow {
  courseId: CourseId
  accountId: AccountId
  at: Date
  ruleVersion: number
  /** Set where another rule took it: it counts no more. */
  takenAt: Date | null
}

export const courseCompletions = table<CourseCompletionRow>('course_completions', {
  courseId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  at: { type: DataTypes.DATE, allowNull: false },
  ruleVersion: { type: DataTypes.INTEGER, allowNull: false },
  takenAt: DataTypes.DATE,
})
