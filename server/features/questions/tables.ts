// The tables of the question bank as models. Only this feature's actions write them; a version is written once.
import { DataTypes } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import type { QuestionTypeName } from '#protocol/question-types/registry.ts'
import type { QuestionId, QuestionVersionId } from '#protocol/questions.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface QuestionRow {
  id: QuestionId
  courseId: string
  status: 'draft' | 'ready'
  currentVersionId: QuestionVersionId
  version: number
  createdBy: AccountId | null
  createdAt: Date
}

export const questions = table<QuestionRow>('questions', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  status: { type: DataTypes.TEXT, allowNull: false },
  currentVersionId: { type: DataTypes.UUID, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  createdBy: DataTypes.UUID,
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface QuestionVersionRow {
  id: QuestionVersionId
  questionId: QuestionId
  number: number
  type: QuestionTypeName
  body: unknown
  key: unknown
  words: string
  createdBy: AccountId | null
  at: Date
}

export const questionVersions = table<QuestionVersionRow>('question_versions', {
  id: { type: DataTypes.UUID, primaryKey: true },
  questionId: { type: DataTypes.UUID, allowNull: false },
  number: { type: DataTypes.INTEGER, allowNull: false },
  type: { type: DataTypes.TEXT, allowNull: false },
  body: { type: DataTypes.JSONB, allowNull: false },
  key: { type: DataTypes.JSONB, allowNull: false },
  words: { type: DataTypes.TEXT, allowNull: false },
  createdBy: DataTypes.UUID,
  at: { type: DataTypes.DATE, allowNull: false },
})
