// Questions and their versions. A version never changes: editing makes the next one, and a response points to the
// version it answered.

import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { idSchema, instant, uuid, version } from '#protocol/base/ids.ts'
import { pageInput, pageOf } from '#protocol/base/paging.ts'
import { writtenQuestion } from './question-types/registry.ts'

export const questionId = idSchema<'Question'>()
export type QuestionId = z.infer<typeof questionId>
export const questionVersionId = idSchema<'QuestionVersion'>()
export type QuestionVersionId = z.infer<typeof questionVersionId>

/** For those who may change activities: with the key. */
export const question = z.object({
  id: questionId,
  versionId: questionVersionId,
  number: z.int(),
  status: z.enum(['draft', 'ready']),
  question: writtenQuestion,
  at: instant,
  version,
})
export type Question = z.infer<typeof question>

export const questionRoutes = defineRoutes('questions', {
  list: route(
    'GET',
    '/courses/:courseId/questions',
    read(
      z.strictObject({ courseId: uuid(), search: z.optional(z.string().check(z.maxLength(100))), ...pageInput }),
      pageOf(question),
    ),
  ),
  create: route(
    'POST',
    '/courses/:courseId/questions',
    write(z.strictObject({ courseId: uuid(), question: writtenQuestion }), question),
  ),
  /** Makes the next version; what was answered keeps pointing to the one it answered. */
  change: route(
    'PATCH',
    '/questions/:questionId',
    write(z.strictObject({ questionId, version, question: writtenQuestion }), question),
  ),
})
