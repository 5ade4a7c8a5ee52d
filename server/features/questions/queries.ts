// What is read of the bank: questions with their keys, for those who may change activities. Whoever shows one to a
// learner takes the key off first. Changes nothing.

import * as z from 'zod/mini'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type WrittenQuestion, writtenQuestion } from '#protocol/question-types/registry.ts'
import type { Question, QuestionId, QuestionVersionId } from '#protocol/questions.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'

/** A question joined with one of its versions, as `questionColumns` reads it. */
export interface QuestionRecord {
  question_id: QuestionId
  version_id: QuestionVersionId
  number: number
  status: 'draft' | 'ready'
  type: string
  body: unknown
  key: unknown
  at: Date
  question_version: number
}

/** Columns of a `QuestionRecord`, for joins of `questions q` with `question_versions v`. */
export const questionColumns = `q.id as question_id, v.id as version_id, v.number, q.status, v.type, v.body, v.key, v.at,
  q.version as question_version`

/** The written question of stored columns. */
export const writtenOf = (row: { type: string; body: unknown; key: unknown }): WrittenQuestion =>
  z.parse(writtenQuestion, { type: row.type, body: row.body, key: row.key })

/** A record as it travels. */
export const questionOf = (row: QuestionRecord): Question => ({
  id: row.question_id,
  versionId: row.version_id,
  number: row.number,
  status: row.status,
  question: writtenOf(row),
  at: new Date(row.at).toISOString(),
  version: row.question_version,
})

/** A question with its current version and its course, or `not-found`. Asks no rights. */
export async function getQuestion(ctx: Ctx, questionId: QuestionId): Promise<{ courseId: string; question: Question }> {
  const [row] = await ctx.sql<QuestionRecord & { course_id: string }>(
    `select ${questionColumns}, q.course_id from questions q join question_versions v on v.id = q.current_version_id
      where q.id = $1`,
    [questionId],
  )
  if (!row) throw new Problem('not-found')
  return { courseId: row.course_id, question: questionOf(row) }
}

/**
 * The course's bank, newest first; `search` looks for a part of prompt or options. Throws `malformed` for a cursor that
 * is none.
 */
export async function listQuestions(
  ctx: Ctx,
  {
    courseId,
    search,
    after,
    limit,
  }: { courseId: string; search?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<Question>> {
  const cursor = readIdCursor(after)
  const pattern = containing(search?.toLowerCase())
  const rows = await ctx.sql<QuestionRecord>(
    `select ${questionColumns} from questions q join question_versions v on v.id = q.current_version_id
      where q.course_id = $1 and ($2::text is null or v.words like $2) and ($3::uuid is null or q.id < $3)
      order by q.id desc limit $4`,
    [courseId, pattern, cursor, limit + 1],
  )
  const items = rows.slice(0, limit).map(questionOf)
  const last = items.at(-1)
  return { items, ...(rows.length > limit && last ? { next: last.id } : {}) }
}

/** The versions of a course's questions that something still asks. */
export type AskedVersions = (ctx: Ctx, courseId: string) => Promise<string[]>

let asked: AskedVersions = async () => []

/** Says what is still asked: once, when the feature that asks loads. */
export function registerAskedVersions(versions: AskedVersions): void {
  asked = versions
}

/** What is still asked, as whoever registered says. */
export const askedVersions: AskedVersions = (ctx, courseId) => asked(ctx, courseId)

/**
 * The versions of a course's bank that hold, and those of `also`; the oldest question first. One query, so that a question
 * and its version are read as they stand together.
 */
export const listVersionsIn = (
  ctx: Ctx,
  courseId: string,
  also: readonly string[],
): Promise<(QuestionRecord & { current_version_id: QuestionVersionId })[]> =>
  ctx.sql(
    `select ${questionColumns}, q.current_version_id from questions q join question_versions v on v.question_id = q.id
      where q.course_id = $1 and (v.id = q.current_version_id or v.id = any($2::uuid[]))
      order by q.id, v.number`,
    [courseId, [...also]],
  )
