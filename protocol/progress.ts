// Progress: how far each learner is in a course, item by item. It is worked out from the record each time it is read;
// only that a page was read has no other record and is written here.
import * as z from 'zod/mini'
import { defineCalls, defineRoutes, read, route, write } from './base/call.ts'
import { accountId, decimal, instant, nothing, uuid, version } from './base/ids.ts'
import { pageInput } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { courseId, itemId } from './courses.ts'
import { courseStanding, ownCourse } from './progress/course.ts'

/**
 * done: finished. open: can be done now. missed: it is over and was not done. none: it does not ask this person for
 * anything, and is not counted.
 */
export const progressState = z.enum(['done', 'open', 'missed', 'none'])
export type ProgressState = z.infer<typeof progressState>

/** What was done or is to be done. */
export const progressHow = z.enum([
  'read',
  'handed-in',
  'played',
  'attended',
  'caught-up',
  'answered',
  'finished',
  'marked',
  'scored',
])
export type ProgressHow = z.infer<typeof progressHow>

/**
 * What makes an item done. usual: what its kind asks. by-hand: the learner says so. score: at least `percent` in the
 * column that it counts in. nothing: it is not counted.
 */
export const completionAsks = ['usual', 'by-hand', 'score', 'nothing'] as const

/** Kinds of items that count in a column of the gradebook. */
export const scoredKinds: ReadonlySet<string> = new Set(['homework', 'assignment', 'package', 'class'])

export const rulePercent = z.nullable(z.int().check(z.gte(1), z.lte(100)))

export const completionRule = z.object({
  itemId,
  asks: z.enum(completionAsks),
  /** With `score` alone. */
  percent: rulePercent,
  /** 0 while nobody has said anything. */
  version,
})
export type CompletionRule = z.infer<typeof completionRule>

export const progressCell = z.object({
  state: progressState,
  how: z.nullable(progressHow),
  /** When it was done. */
  at: z.nullable(instant),
  /** Until when this person can do it. */
  dueAt: z.nullable(instant),
})
export type ProgressCell = z.infer<typeof progressCell>

export const progressItem = z.object({
  itemId,
  kind: z.string(),
  refId: uuid(),
  title: z.string(),
  badge: z.nullable(z.string()),
  /** The module it stands in; empty above all modules. */
  moduleTitle: z.string(),
})
export type ProgressItem = z.infer<typeof progressItem>

/** How far somebody is: `done` of `of`; `missed` are over, `late` are open past their due time. */
export const progressSum = z.object({ done: z.int(), of: z.int(), missed: z.int(), late: z.int() })
export type ProgressSum = z.infer<typeof progressSum>

export const progressRow = z.object({
  accountId,
  name: z.string(),
  sum: progressSum,
  /** One for each item, in the order of the items. */
  cells: z.array(progressCell),
  /** How the course as a whole stands; null while nothing completes it. */
  course: z.nullable(courseStanding),
})
export type ProgressRow = z.infer<typeof progressRow>

export const progressRoutes = defineRoutes('progress', {
  /**
   * The caller's own, in the order of the course. `next`: what to do now. `grade`: what may be told of it already. `course`:
   * how far they are with the course as a whole, where something completes it.
   */
  mine: route(
    'GET',
    '/courses/:courseId/progress',
    read(
      z.strictObject({ courseId: uuid() }),
      z.object({
        items: z.array(z.extend(progressItem, { cell: progressCell })),
        sum: progressSum,
        next: z.nullable(itemId),
        grade: z.nullable(z.object({ score: decimal, points: decimal })),
        course: z.nullable(ownCourse),
      }),
    ),
  ),
  /** How far the caller is in each course they learn in. */
  courses: route(
    'GET',
    '/progress',
    read(nothing, z.object({ items: z.array(z.object({ courseId: uuid(), sum: progressSum })) })),
  ),
  /**
   * Learners by items, by name. `behind`: those who missed something or are late alone; such a page may hold fewer rows
   * than asked for, or none, while there is a `next`. `items`: on the first page. `confirmed`: the course's rule asks a teacher.
   */
  table: route(
    'GET',
    '/courses/:courseId/completion',
    read(
      z.strictObject({ courseId: uuid(), filter: z._default(z.enum(['all', 'behind']), 'all'), ...pageInput }),
      z.object({
        items: z.array(progressItem),
        rows: z.array(progressRow),
        confirmed: z.boolean(),
        next: z.optional(z.string()),
      }),
    ),
  ),
  /** What makes items done, where somebody has said so; the others ask what is usual. For staff. */
  rules: route(
    'GET',
    '/courses/:courseId/completion-rules',
    read(z.strictObject({ courseId }), z.object({ rules: z.array(completionRule) })),
  ),
  /** Says what makes an item done; `conflict` with the current rule when somebody was faster. */
  changeRule: route(
    'PUT',
    '/courses/:courseId/items/:itemId/completion',
    write(
      z.strictObject({
        ...{ courseId, itemId, version },
        asks: z.enum(completionAsks),
        percent: z._default(rulePercent, null),
      }),
      z.object({ rule: completionRule }),
    ),
  ),
  /** The caller says that they are done with an item that asks for that, or that they are not. The last word counts. */
  mark: route(
    'PUT',
    '/courses/:courseId/items/:itemId/done',
    write(z.strictObject({ courseId, itemId, done: z.enum(['yes', 'no']) }), nothing),
  ),
  /** The whole table as CSV, formula cells made harmless. */
  csv: route('GET', '/courses/:courseId/completion.csv', read(z.strictObject({ courseId: uuid() }), z.unknown())),
})

export const progressCalls = defineCalls('progress', {
  /** The caller has read a page of a course they learn in. Saying it again changes nothing. */
  readPage: write(z.strictObject({ courseId: uuid(), pageId: uuid() }), nothing),
})

/**
 * Those who see everybody's progress, which each reads page by page. What staff changed is told for certain; that a
 * learner got on is a hint, at most once a second.
 */
export const progressScope = defineScope({
  name: 'progress',
  state: z.object({}),
  feeds: { rulesChanged: z.object({}), marksCleared: z.object({}), courseCompleted: z.object({}) },
  fleeting: { moved: z.object({}) },
  apply: state => state,
})
