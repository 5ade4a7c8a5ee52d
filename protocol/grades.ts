// Grades: a grade item collects deliveries, live and homework alike; a grade is computed from the evidence behind it
// and can be opened down to the single response.

import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { decimal, idSchema, instant, line, text, uuid, version } from '#protocol/base/ids.ts'
import { pageInput } from '#protocol/base/paging.ts'
import { defineScope } from '#protocol/base/scope.ts'
import { attemptsCount } from './activities/attempts.ts'
import { activityMove } from './activities/registry.ts'
import { deliveryId, deliveryMode, itemId, responseId, ruling } from './activities.ts'
import { grading, gradingChange } from './grades/grading.ts'
import { lateness, latePolicy } from './grades/late.ts'
import { scale } from './grades/scale.ts'
import { total } from './grades/total.ts'
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
  /** What taking part at home is worth where it stands for a class that was missed, in percent of taking part there. */
  catchUp: percent,
  /** What somebody marks who fills the column, as items of a course name it; null for one worked out from answers. */
  marked: z.nullable(z.object({ kind: z.string(), refId: uuid() })),
  /** Held back: learners read its title alone, until it is released. */
  held: z.boolean(),
  /** When it is released by itself; null where somebody does. */
  releasesAt: z.nullable(instant),
  at: instant,
  version,
})
export type GradeItem = z.infer<typeof gradeItem>

/** How a new column is worked out; what is left out gets its default: 10 points, half and half, the better one. */
export const gradeRules = z.strictObject({
  points: z.optional(decimal),
  participation: z.optional(percent),
  correctness: z.optional(percent),
  policy: z.optional(z.enum(['live', 'homework', 'better'])),
  catchUp: z.optional(percent),
})
export type GradeRules = z.infer<typeof gradeRules>

/** A grade written out: the two parts make the whole to the hundredth. */
export const gradeParts = z.object({
  /**
   * `score` of `of` points for answering `answered` of `asked`; `caughtUp` of them at home instead of in class, each
   * worth `catchUp` percent of an answer.
   */
  taking: z.object({
    score: decimal,
    of: decimal,
    answered: z.int(),
    asked: z.int(),
    caughtUp: z.int(),
    catchUp: percent,
  }),
  /** `score` of `of` points for earning `earned` of `possible`; null where nothing asked can be right. */
  right: z.nullable(z.object({ score: decimal, of: decimal, earned: decimal, possible: decimal })),
})
export type GradeParts = z.infer<typeof gradeParts>

export const gradeCell = z.object({
  gradeItemId,
  score: decimal,
  points: decimal,
  answered: z.int(),
  asked: z.int(),
  modes: z.array(deliveryMode),
  /** Missed the class and did its homework instead. */
  caughtUp: z.boolean(),
  /** What the late policy made of a mark; null where it did nothing. */
  late: z.nullable(lateness),
})
export type GradeCell = z.infer<typeof gradeCell>

/**
 * Why there is no grade. absent: not in the class, and nothing given instead. silent: in class without an answer. pending: homework is still open. missing:
 * homework was not handed in. unmarked: it was handed in, and nobody has marked it. not-yet: it can still be. not-given: nothing of it was for them. held-back: whether there is one, and what, is told
 * when the column is released; staff never read this.
 */
export const emptyCell = z.object({
  gradeItemId,
  why: z.enum(['absent', 'silent', 'pending', 'missing', 'unmarked', 'not-yet', 'not-given', 'held-back']),
})
export type EmptyCell = z.infer<typeof emptyCell>

/**
 * A cell as its learner reads it. `score` is null, and `modes` empty, while anything in it is not over for them: a total
 * would tell which answers are right.
 */
export const ownGradeCell = z.extend(gradeCell, { score: z.nullable(decimal) })
export type OwnGradeCell = z.infer<typeof ownGradeCell>

/** The staff's gradebook: what changed is counted, the page on screen is read again. */
export const gradebookScope = defineScope({
  name: 'gradebook',
  /** `holds`: new columns are held back until somebody releases them. */
  state: z.object({ items: z.array(gradeItem), changes: z.int(), holds: z.boolean(), grading }),
  feeds: {
    gradingChanged: z.object({ grading, changes: z.int() }),
    gradebookChanged: z.object({ holds: z.boolean(), changes: z.int() }),
    gradeItemChanged: z.object({ item: gradeItem, changes: z.int() }),
    gradesComputed: z.object({ gradeItemId, changes: z.int() }),
  },
  fleeting: {},
  apply: (state, event) => {
    if (event.kind === 'gradesComputed') return { ...state, changes: event.body.changes }
    if (event.kind === 'gradebookChanged' || event.kind === 'gradingChanged') return { ...state, ...event.body }
    const { item, changes } = event.body
    const known = state.items.some(one => one.id === item.id)
    return {
      ...state,
      // By their ids, as they are read: of two made at once the later one may be told first.
      items: known
        ? state.items.map(one => (one.id === item.id ? item : one))
        : [...state.items, item].sort((a, b) => (a.id < b.id ? -1 : 1)),
      changes,
    }
  },
})

/** A correction of an item after it was answered. It is finished when `done` is `people`. */
export const correction = z.object({
  id: uuid(),
  itemId,
  ruling,
  note: z.string(),
  up: z.int(),
  down: z.int(),
  done: z.int(),
  people: z.int(),
  by: z.nullable(z.string()),
  at: instant,
})
export type Correction = z.infer<typeof correction>

/** Whose grade would be another one: how many, and the first 200 of them. */
export const gradeChanges = z.object({
  /** Of so many people: up, down, given one for the first time, taken away. */
  up: z.int(),
  down: z.int(),
  added: z.int(),
  removed: z.int(),
  changes: z.array(
    z.object({
      accountId: uuid(),
      name: z.string(),
      gradeItemId,
      title: z.string(),
      /** Null: there is none. */
      before: z.nullable(decimal),
      after: z.nullable(decimal),
    }),
  ),
})
export type GradeChanges = z.infer<typeof gradeChanges>

const corrected = { itemId, ruling, question: z.optional(writtenQuestion) }

export const gradeRoutes = defineRoutes('grades', {
  /** Learners by items; where there is no grade it says why. */
  table: route(
    'GET',
    '/courses/:courseId/grades',
    read(
      z.strictObject({ courseId: uuid(), search: z.optional(z.string().check(z.maxLength(100))), ...pageInput }),
      z.object({
        /** On the first page alone. */
        gradeItems: z.array(gradeItem),
        items: z.array(
          z.object({
            accountId: uuid(),
            name: z.string(),
            kind: z.enum(['member', 'guest']),
            cells: z.array(gradeCell),
            /** One for each item without a cell. */
            empty: z.array(emptyCell),
            /** Of all that stands here, also what its learner is not told yet; null where nothing counts. */
            total: z.nullable(total),
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
      z.strictObject({ courseId: uuid() }),
      z.object({
        gradeItems: z.array(gradeItem),
        cells: z.array(ownGradeCell),
        empty: z.array(emptyCell),
        /** Of the figures that are told here, and of nothing else; null where the course tells none. */
        total: z.nullable(total),
      }),
    ),
  ),
  /** Why is my grade this: every response behind one grade, which one counts and what it earned. */
  explain: route(
    'GET',
    '/grade-items/:gradeItemId/accounts/:accountId',
    read(
      z.strictObject({ gradeItemId, accountId: uuid() }),
      z.object({
        gradeItem,
        accountId: uuid(),
        name: z.string(),
        /** Held for the learner, never for staff. */
        cell: z.nullable(ownGradeCell),
        /** The arithmetic of the cell; null where the cell is held or absent. */
        parts: z.nullable(gradeParts),
        /** Why there is no cell. */
        empty: z.nullable(emptyCell),
        /** Missed the class and was given homework in its place: what only the class was asked does not count. */
        replaced: z.boolean(),
        /**
         * Attempts at homework that may be, or was, taken more than once, in order. `score` is null, and so is `counts`,
         * while a total would tell what is not over for this reader.
         */
        attempts: z.array(
          z.object({
            deliveryId,
            activityTitle: z.string(),
            number: z.int(),
            startedAt: instant,
            /** Null while it goes on. */
            finishedAt: z.nullable(instant),
            score: z.nullable(decimal),
            points: z.nullable(decimal),
            counts: z.nullable(z.boolean()),
            /** Which one counts, of those handed in. */
            rule: attemptsCount,
          }),
        ),
        items: z.array(
          z.object({
            itemId,
            activityTitle: z.string(),
            points: decimal,
            /** Whether an answer can be right or wrong here: a poll has no key. */
            scored: z.boolean(),
            ruling,
            /** The last correction after it was answered. */
            corrected: z.nullable(z.object({ at: instant, note: z.string() })),
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
                attempt: z.int(),
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
  /** Of a column that somebody marks the title alone: the rest is `malformed`. */
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
        catchUp: z.optional(percent),
      }),
      gradeItem,
    ),
  ),
  /** Whom a release shows something: learners who have a grade in the column. */
  previewRelease: route(
    'GET',
    '/grade-items/:gradeItemId/release',
    read(z.strictObject({ gradeItemId }), z.object({ people: z.int() })),
  ),
  /**
   * Releases a column to its learners, or holds it back, which takes everything of it from them again. A held one may
   * have a moment at which it is released by itself.
   */
  release: route(
    'POST',
    '/grade-items/:gradeItemId/release',
    write(
      z.strictObject({ gradeItemId, version, held: z.boolean(), releasesAt: z.optional(z.nullable(instant)) }),
      gradeItem,
    ),
  ),
  /** Whether new columns of the course are held back. */
  changeBook: route(
    'PATCH',
    '/courses/:courseId/gradebook',
    write(z.strictObject({ courseId: uuid(), holds: z.boolean() }), z.object({ holds: z.boolean() })),
  ),
  /** How the course shows grades, for everybody in it. */
  scale: route('GET', '/courses/:courseId/grading/scale', read(z.strictObject({ courseId: uuid() }), scale)),
  /** How the course grades: its defaults. */
  grading: route('GET', '/courses/:courseId/grading', read(z.strictObject({ courseId: uuid() }), grading)),
  /** Whose grade another late policy of the course would change; the first 200 are named. */
  previewGrading: route(
    'POST',
    '/courses/:courseId/grading/preview',
    read(z.strictObject({ courseId: uuid(), late: latePolicy }), gradeChanges),
  ),
  /**
   * Changes how the course grades, and works out anew what hangs on it. `conflict` with the `current` one when somebody
   * was faster; `malformed` at `categories` where a total goes by weights that do not make 100.
   */
  changeGrading: route(
    'PATCH',
    '/courses/:courseId/grading',
    write(z.extend(gradingChange, { courseId: uuid(), version }), grading),
  ),
  /** Whose grade another key or ruling would change, live and homework together; the first 200 people are named. */
  previewCorrection: route(
    'POST',
    '/grade-corrections/preview',
    read(
      z.strictObject(corrected),
      z.object({
        up: z.int(),
        down: z.int(),
        changes: z.array(
          z.object({
            accountId: uuid(),
            name: z.string(),
            gradeItemId,
            title: z.string(),
            before: decimal,
            after: decimal,
          }),
        ),
      }),
    ),
  ),
  /** Corrects an item and grades anew. `version` is the item's; the note is read by the learners. */
  correct: route(
    'POST',
    '/grade-corrections',
    write(z.strictObject({ ...corrected, version, note: text(500) }), correction),
  ),
  /** How far a correction has come. */
  correction: route(
    'GET',
    '/grade-corrections/:correctionId',
    read(z.strictObject({ correctionId: uuid() }), correction),
  ),
  /** The whole table as CSV, formula cells made harmless. */
  csv: route('GET', '/courses/:courseId/grades.csv', read(z.strictObject({ courseId: uuid() }), z.unknown())),
})
