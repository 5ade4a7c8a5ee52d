// The tables of surveys. An answer without a name holds no account and no time, and nothing here may ever join it to the row
// that says who has answered (docs/decisions/0027-surveys.md).
import { DataTypes } from 'sequelize'
import type { AccountId, Id } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { SurveyAnswer, SurveyId, SurveyQuestion } from '#protocol/surveys.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface SurveyRow {
  id: SurveyId
  courseId: CourseId
  title: string
  intro: string
  anonymous: boolean
  minShown: number
  questions: SurveyQuestion[]
  version: number
  changedAt: Date
}

export const surveys = table<SurveyRow>('surveys', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  intro: { type: DataTypes.TEXT, allowNull: false },
  anonymous: { type: DataTypes.BOOLEAN, allowNull: false },
  minShown: { type: DataTypes.INTEGER, allowNull: false },
  questions: { type: DataTypes.JSONB, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

/** That somebody has answered, and on which day (UTC). */
export interface ParticipantRow {
  surveyId: SurveyId
  accountId: AccountId
  day: string
}

export const participants = table<ParticipantRow>('survey_participants', {
  surveyId: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, primaryKey: true },
  day: { type: DataTypes.DATEONLY, allowNull: false },
})

export interface AnswerRow {
  /** Random (version 4). */
  id: Id<'SurveyAnswer'>
  surveyId: SurveyId
  /** Null without names. */
  accountId: AccountId | null
  answers: SurveyAnswer[]
  /** Told together with enough others; what is under a name always is. */
  shown: boolean
}

export const answers = table<AnswerRow>('survey_answers', {
  id: { type: DataTypes.UUID, primaryKey: true },
  surveyId: { type: DataTypes.UUID, allowNull: false },
  accountId: DataTypes.UUID,
  answers: { type: DataTypes.JSONB, allowNull: false },
  shown: { type: DataTypes.BOOLEAN, allowNull: false },
})
