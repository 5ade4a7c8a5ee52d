// Writes the question bank. A version is inserted once and never updated; editing makes the next one. Asks no rights:
// the door, or the feature that calls, did.
import * as z from 'zod/mini'
import { Problem } from '#protocol/base/problems.ts'
import { type WrittenQuestion, writtenQuestion } from '#protocol/question-types/registry.ts'
import {
  type Question,
  type QuestionId,
  type QuestionVersionId,
  questionId,
  questionVersionId,
} from '#protocol/questions.ts'
import { audit } from '#server/features/audit/index.ts'
import type { CoursePart } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { askedVersions, getQuestion, listVersionsIn, writtenOf } from './queries.ts'
import { changesKey, demandSound, isSound, wordsOf } from './rules.ts'
import { questions, questionVersions } from './tables.ts'

async function insertVersion(
  ctx: WriteCtx,
  questionId: QuestionId,
  number: number,
  question: WrittenQuestion,
): Promise<QuestionVersionId> {
  const id = newId<'QuestionVersion'>()
  const { type, body, key } = question
  const row = {
    id,
    questionId,
    number,
    type,
    body,
    key,
    words: wordsOf(question),
    createdBy: actorOf(ctx.who),
    at: ctx.now,
  }
  await questionVersions.create(row)
  return id
}

/**
 * Puts a question into the bank of a course. A draft is one typed on the spot, to be looked over later.
 * Throws `malformed` when key and body do not fit.
 */
export async function createQuestion(
  ctx: WriteCtx,
  { courseId, question, status = 'ready' }: { courseId: string; question: WrittenQuestion; status?: 'draft' | 'ready' },
): Promise<Question> {
  demandSound(question)
  const id = newId<'Question'>()
  const versionId = await insertVersion(ctx, id, 1, question)
  await questions.create({
    id,
    courseId,
    status,
    currentVersionId: versionId,
    version: 0,
    createdBy: actorOf(ctx.who),
    createdAt: ctx.now,
  })
  return { id, versionId, number: 1, status, question, at: ctx.now.toISOString(), version: 0 }
}

/**
 * Makes the next version of a question and returns it; looked over, it is no draft any more. `version` is the one the
 * caller read (left out by a feature that guards its own row): else `conflict` with the current question. Throws
 * `not-found` and `malformed`.
 */
export async function changeQuestion(
  ctx: WriteCtx,
  { questionId, version, question }: { questionId: QuestionId; version?: number; question: WrittenQuestion },
): Promise<Question> {
  demandSound(question)
  await ctx.sql('select id from questions where id = $1 for no key update', [questionId])
  const { question: current } = await getQuestion(ctx, questionId)
  if (version !== undefined && version !== current.version) throw new Problem('conflict', { params: { current } })
  const number = current.number + 1
  const versionId = await insertVersion(ctx, questionId, number, question)
  const next = current.version + 1
  await questions.update({ currentVersionId: versionId, version: next, status: 'ready' }, { where: { id: questionId } })
  if (changesKey(current.question, question))
    await audit.record(ctx, {
      verb: 'question.key-changed',
      subject: { kind: 'question', id: questionId },
      details: { from: current.number, to: number },
    })
  return { id: questionId, versionId, number, status: 'ready', question, at: ctx.now.toISOString(), version: next }
}

/** What the bank owes a person who wrote in it. */
export const accountHooks: AccountHooks = {
  columns: ['questions.created_by', 'question_versions.created_by'],
  export: async (ctx, accountId) => ({
    // Without the right answers: they belong to the course, and are asked again.
    questions: await ctx.sql(
      `select q.id, v.number, v.type, v.body, v.at from question_versions v join questions q on q.id = v.question_id
        where v.created_by = $1 order by v.at, v.id`,
      [accountId],
    ),
  }),
  // Questions belong to the course and stay; who wrote them is forgotten.
  erase: async (ctx, accountId) => {
    await ctx.sql('update questions set created_by = null where created_by = $1', [accountId])
    await ctx.sql('update question_versions set created_by = null where created_by = $1', [accountId])
  },
  merge: async (ctx, from, into) => {
    await ctx.sql('update questions set created_by = $2 where created_by = $1', [from, into])
    await ctx.sql('update question_versions set created_by = $2 where created_by = $1', [from, into])
  },
}

const questionsShape = z.array(
  z
    .strictObject({
      id: questionId,
      status: z.enum(['draft', 'ready']),
      /** Which of the versions holds. */
      current: questionVersionId,
      versions: z
        .array(
          z.strictObject({
            id: questionVersionId,
            number: z.int().check(z.minimum(1), z.maximum(1_000_000)),
            question: writtenQuestion.check(z.refine(isSound)),
          }),
        )
        .check(z.minLength(1)),
    })
    .check(
      z.refine(({ current, versions }) => versions.some(one => one.id === current)),
      z.refine(({ versions }) => new Set(versions.map(one => one.number)).size === versions.length),
    ),
)
type QuestionsPart = z.infer<typeof questionsShape>

/** The bank as a part of its course: each question as it is now, and as an activity still asks it. Its history stays behind. */
export const questionsPart: CoursePart<QuestionsPart> = {
  shape: questionsShape,
  take: async (ctx, courseId) => {
    const found = new Map<QuestionId, QuestionsPart[number]>()
    for (const row of await listVersionsIn(ctx, courseId, await askedVersions(ctx, courseId))) {
      const version = { id: row.version_id, number: row.number, question: writtenOf(row) }
      const known = found.get(row.question_id)
      if (known) known.versions.push(version)
      else
        found.set(row.question_id, {
          ...{ id: row.question_id, status: row.status, current: row.current_version_id },
          versions: [version],
        })
    }
    return [...found.values()]
  },
  count: part => ({ questions: part.length }),
  make: async (ctx, { to: courseId, name, find }, part) => {
    const createdBy = actorOf(ctx.who)
    // The rows of versions first: a question names its current one, and the other way round waits for the commit.
    await questionVersions.bulkCreate(
      part.flatMap(({ id, versions }) => {
        const questionId = name<QuestionId>('question', id)
        return versions.map(({ id: was, number, question }) => ({
          ...{ id: name<QuestionVersionId>('question-version', was), questionId, number, words: wordsOf(question) },
          ...{ type: question.type, body: question.body, key: question.key, createdBy, at: ctx.now },
        }))
      }),
    )
    await questions.bulkCreate(
      part.map(({ id, status, current }) => ({
        id: find<QuestionId>('question', id) as QuestionId,
        courseId,
        status,
        currentVersionId: find<QuestionVersionId>('question-version', current) as QuestionVersionId,
        ...{ version: 0, createdBy, createdAt: ctx.now },
      })),
    )
  },
}
