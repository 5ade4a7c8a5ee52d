// Grades: a grade item collects deliveries, live and homework alike; a grade is computed from the evidence behind it
// and can be opened down to the single response.

import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { decimal, idSchema, instant, line, version } from '#protocol/base/ids.ts'
import { pageInput } from '#protocol/base/paging.ts'
import { defineScope } from '#protocol/base/scope.ts'
import { activityMove } from './activities/registry.ts'
import { deliveryId, deliveryMode, itemId, responseId } from './activities.ts'
import { askedQuestion, writtenQuestion } from './question-types/registry.ts'

export const gradeItemId = idSchema<'GradeItem'>()
export type GradeItemId = z.infer<typeof gradeItemId>

const percent = z.int().check(z.minimum(0), z.maximum(100))

export const gradeItem = z.object({
  id: gradeItemId,
  title: z.string(),
  points: decimal,
  /** Shares of taking part and of being right, in percent; together 100. */
  participation: percent,
  correctness: percent,
  /** Which counts when an item was answered both live and at home. */
  policy: z.enum(['live', 'homework', 'better']),
  at: instant,
  version,
})
export type GradeItem = z.infer<typeof gradeItem>

export const gradeCell = z.object({
  gradeItemId,
  score: decimal,
  points: decimal,
  answered: z.int(),
  asked: z.int(),
  modes: z.array(deliveryMode),
})
export type GradeCell = z.infer<typeof gradeCell>

/**
 * A cell as its learner reads it. `score` is null, and `modes` empty, while anything in it is not over for them: a total
 * would tell which answers are right.
 */
export const ownGradeCell = z.extend(gradeCell, { score: z.nullable(decimal) })
export type OwnGradeCell = z.infer<typeof ownGradeCell>

/** The staff's gradebook: what changed is counted, the page on screen is read again. */
export const gradebookScope = defineScope({
  name: 'gradebook',
  state: z.object({ items: z.array(gradeItem), changes: z.int() }),
  feeds: {
    gradeItemChanged: z.object({ item: gradeItem, changes: z.int() }),
    gradesComputed: z.object({ gradeItemId, changes: z.int() }),
  },
  fleeting: {},
  apply: (state, event) => {
    if (event.kind === 'gradesComputed') return { ...state, changes: event.body.changes }
    const { item, changes } = event.body
    const known = state.items.some(one => one.id === item.id)
    return {
      items: known ? state.items.map(one => (one.id === item.id ? item : one)) : [...state.items, item],
      changes,
    }
  },
})

export const gradeRoutes = defineRoutes('grades', {
  /** Learners by items; a learner without a grade in an item has no cell there. */
  table: route(
    'GET',
    '/courses/:courseId/grades',
    read(
      z.strictObject({ courseId: z.uuid(), search: z.optional(z.string().check(z.maxLength(100))), ...pageInput }),
      z.object({
        /** On the first page alone. */
        gradeItems: z.array(gradeItem),
        items: z.array(
          z.object({
            accountId: z.uuid(),
            name: z.string(),
            kind: z.enum(['member', 'guest']),
            cells: z.array(gradeCell),
          }),
        ),
        next: z.optional(z.string()),
      }),
    ),
  ),
  mine: route(
    'GET',
    '/courses/:courseId/grades/mine',
    read(
      z.strictObject({ courseId: z.uuid() }),
      z.object({ gradeItems: z.array(gradeItem), cells: z.array(ownGradeCell) }),
    ),
  ),
  /** Why is my grade this: every response behind one grade, which one counts and what it earned. */
  explain: route(
    'GET',
    '/grade-items/:gradeItemId/accounts/:accountId',
    read(
      z.strictObject({ gradeItemId, accountId: z.uuid() }),
      z.object({
        gradeItem,
        accountId: z.uuid(),
        name: z.string(),
        /** Held for the learner, never for staff. */
        cell: z.nullable(ownGradeCell),
        items: z.array(
          z.object({
            itemId,
            activityTitle: z.string(),
            points: decimal,
            /** Whether an answer can be right or wrong here: a poll has no key. */
            scored: z.boolean(),
            asked: askedQuestion,
            /** With its key, only when the item is scored and over for this reader. */
            question: z.nullable(writtenQuestion),
            prompt: z.string(),
            score: z.nullable(decimal),
            responses: z.array(
              z.object({
                responseId,
                deliveryId,
                mode: deliveryMode,
                revision: z.int(),
                move: activityMove,
                at: instant,
                score: z.nullable(decimal),
                counts: z.boolean(),
              }),
            ),
          }),
        ),
      }),
    ),
  ),
  changeItem: route(
    'PATCH',
    '/grade-items/:gradeItemId',
    write(
      z.strictObject({
        gradeItemId,
        version,
        title: z.optional(line(200)),
        points: z.optional(decimal),
        participation: z.optional(percent),
        correctness: z.optional(percent),
        policy: z.optional(z.enum(['live', 'homework', 'better'])),
      }),
      gradeItem,
    ),
  ),
  /** The whole table as CSV, formula cells made harmless. */
  csv: route('GET', '/courses/:courseId/grades.csv', read(z.strictObject({ courseId: z.uuid() }), z.unknown())),
})
