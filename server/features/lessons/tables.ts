// The tables of lessons. Whether a lesson is published, hidden or removed is kept by its item in courses.
import { DataTypes } from 'sequelize'
import type { AccountId, Id } from '#protocol/base/ids.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { StepHow } from '#protocol/lessons/walks.ts'
import type { LessonChoice, LessonChoiceId, LessonId, LessonPageId } from '#protocol/lessons.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface LessonRow {
  id: LessonId
  courseId: CourseId
  title: string
  intro: string
  anyOrder: boolean
  version: number
  changedAt: Date
}

export const lessons = table<LessonRow>('lessons', {
  id: { type: DataTypes.UUID, primaryKey: true },
  courseId: { type: DataTypes.UUID, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  intro: { type: DataTypes.TEXT, allowNull: false },
  anyOrder: { type: DataTypes.BOOLEAN, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface LessonPageRow {
  id: LessonPageId
  lessonId: LessonId
  /** Ascending; pages that were taken out keep theirs. */
  place: number
  title: string
  document: PageDocument
  /** The words of the document. */
  body: string
  choices: LessonChoice[]
  version: number
  changedAt: Date
  removedAt: Date | null
  removedBy: AccountId | null
}

export const lessonPages = table<LessonPageRow>('lesson_pages', {
  id: { type: DataTypes.UUID, primaryKey: true },
  lessonId: { type: DataTypes.UUID, allowNull: false },
  place: { type: DataTypes.INTEGER, allowNull: false },
  title: { type: DataTypes.TEXT, allowNull: false },
  document: { type: DataTypes.JSONB, allowNull: false },
  body: { type: DataTypes.TEXT, allowNull: false },
  choices: { type: DataTypes.JSONB, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
  removedAt: DataTypes.DATE,
  removedBy: DataTypes.UUID,
})

export type WalkId = Id<'LessonWalk'>

/** One time that somebody began. */
export interface WalkRow {
  id: WalkId
  lessonId: LessonId
  accountId: AccountId
  /** The pages they came by: the last is the one they are on, or ended from. */
  path: LessonPageId[]
  /** Null at the end. */
  pageId: LessonPageId | null
  steps: number
  begunAt: Date
  at: Date
  /** When they first came to the end of it. */
  finishedAt: Date | null
}

export const walks = table<WalkRow>('lesson_walks', {
  id: { type: DataTypes.UUID, primaryKey: true },
  lessonId: { type: DataTypes.UUID, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  path: { type: DataTypes.ARRAY(DataTypes.UUID), allowNull: false },
  pageId: DataTypes.UUID,
  steps: { type: DataTypes.INTEGER, allowNull: false },
  begunAt: { type: DataTypes.DATE, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
  finishedAt: DataTypes.DATE,
})

export interface StepRow {
  walkId: WalkId
  /** From 1 on. */
  number: number
  how: StepHow
  fromPageId: LessonPageId | null
  choiceId: LessonChoiceId | null
  /** Null at the end. */
  pageId: LessonPageId | null
  at: Date
}

export const steps = table<StepRow>('lesson_steps', {
  walkId: { type: DataTypes.UUID, primaryKey: true },
  number: { type: DataTypes.INTEGER, primaryKey: true },
  how: { type: DataTypes.TEXT, allowNull: false },
  fromPageId: DataTypes.UUID,
  choiceId: DataTypes.UUID,
  pageId: DataTypes.UUID,
  at: { type: DataTypes.DATE, allowNull: false },
})
