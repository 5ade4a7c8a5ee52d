// The record: activity, delivery, attempt, response. One answer call serves the live class and homework alike; the
// delivery says in which mode it was given.

import * as z from 'zod/mini'
import { defineCalls, defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { decimal, idSchema, instant, line, nothing, uuid, version } from '#protocol/base/ids.ts'
import { pageInput, pageOf } from '#protocol/base/paging.ts'
import { attemptNumber, attemptsRule } from './activities/attempts.ts'
import { activityKindName, activityMove } from './activities/registry.ts'
import { writtenQuestion } from './question-types/registry.ts'
import { question } from './questions.ts'

export const activityId = idSchema<'Activity'>()
export type ActivityId = z.infer<typeof activityId>
export const itemId = idSchema<'ActivityItem'>()
export type ItemId = z.infer<typeof itemId>
export const deliveryId = idSchema<'Delivery'>()
export type DeliveryId = z.infer<typeof deliveryId>
export const attemptId = idSchema<'Attempt'>()
export type AttemptId = z.infer<typeof attemptId>
export const responseId = idSchema<'Response'>()
export type ResponseId = z.infer<typeof responseId>

/** live: host-paced in a class. homework: alone, until a due time. More modes come without a change of the record. */
export const deliveryMode = z.enum(['live', 'homework'])
export type DeliveryMode = z.infer<typeof deliveryMode>

export const activity = z.object({
  id: activityId,
  courseId: uuid(),
  kind: activityKindName,
  title: z.string(),
  settings: z.record(z.string(), z.unknown()),
  version,
})
export type Activity = z.infer<typeof activity>

/**
 * What was decided about an item after it was answered. by-key: its key says what is right. everybody: whoever was asked
 * gets its points. discarded: it counts for nobody.
 */
export const ruling = z.enum(['by-key', 'everybody', 'discarded'])
export type Ruling = z.infer<typeof ruling>

/** An item with its question and key: for those who may change the activity. */
export const activityItem = z.object({ id: itemId, position: z.int(), points: decimal, ruling, question, version })
export type ActivityItem = z.infer<typeof activityItem>

/** Whom homework is for: everybody in the course, or those who had answered nothing yet when it was given. */
export const audience = z.enum(['everybody', 'unanswered'])
export type Audience = z.infer<typeof audience>

/**
 * When those who took homework learn what was right. at-once: as they hand in. after-due: when it is over for everybody.
 * never: they read their total then, and not which answers were right.
 */
export const shows = z.enum(['at-once', 'after-due', 'never'])
export type Shows = z.infer<typeof shows>

export const delivery = z.object({
  id: deliveryId,
  activityId,
  mode: deliveryMode,
  audience,
  /** Without meaning in class, where the host reveals. */
  shows,
  /** In class it is one. */
  attempts: attemptsRule,
  opensAt: z.nullable(instant),
  dueAt: z.nullable(instant),
  closedAt: z.nullable(instant),
})
export type Delivery = z.infer<typeof delivery>

/** What one person gave in one delivery, in their newest attempt at it, as that person may see it. */
export const seatView = z.object({
  deliveryId,
  attemptId: z.nullable(attemptId),
  /** Its number; 1 before there is one. */
  attempt: z.int(),
  answers: z.array(z.object({ itemId, revision: z.int(), move: activityMove, at: instant, responseId })),
  finishedAt: z.nullable(instant),
})
export type SeatView = z.infer<typeof seatView>

/** What somebody wrote to an item, for staff: the newest revision of each person. */
export const written = z.object({
  responseId,
  accountId: uuid(),
  name: z.string(),
  text: z.string(),
  revision: z.int(),
  at: instant,
})
export type Written = z.infer<typeof written>

/** The receipt of an answer: it is committed. */
export const receipt = z.object({ responseId, itemId, revision: z.int(), at: instant })
export type Receipt = z.infer<typeof receipt>

export const activityCalls = defineCalls('activities', {
  /**
   * The storm of the product. An answer is for one attempt, and refused as `handed-in` when a later one was begun. Refusals: late, not-open, paused, already-answered, handed-in, attempt-not-begun, answer-unfit by the item;
   * not-found, not-allowed, not-for-hosts, not-a-learner, not-joined, taken-out, put-out, not-published, not-for-you, locked,
   * concluded, account-merged by who asks; slow-down and busy, which pass.
   */
  answer: write(z.strictObject({ deliveryId, itemId, move: activityMove, attempt: attemptNumber }), receipt),
  /** My own answers, for a return on this or another device. */
  seat: read(z.strictObject({ deliveryId }), seatView),
})

const newItem = { question: writtenQuestion, points: z._default(decimal, '1') }

export const activityRoutes = defineRoutes('activities', {
  list: route(
    'GET',
    '/courses/:courseId/activities',
    read(z.strictObject({ courseId: uuid(), ...pageInput }), pageOf(activity)),
  ),
  create: route(
    'POST',
    '/courses/:courseId/activities',
    write(
      z.strictObject({
        courseId: uuid(),
        moduleId: z.optional(z.nullable(uuid())),
        kind: activityKindName,
        title: line(200),
        settings: z._default(z.record(z.string(), z.unknown()), {}),
      }),
      activity,
    ),
  ),
  get: route(
    'GET',
    '/activities/:activityId',
    read(
      z.strictObject({ activityId }),
      z.object({ activity, items: z.array(activityItem), deliveries: z.array(delivery) }),
    ),
  ),
  change: route(
    'PATCH',
    '/activities/:activityId',
    write(
      z.strictObject({
        activityId,
        version,
        title: z.optional(line(200)),
        settings: z.optional(z.record(z.string(), z.unknown())),
      }),
      activity,
    ),
  ),
  addItem: route(
    'POST',
    '/activities/:activityId/items',
    write(z.strictObject({ activityId, ...newItem }), activityItem),
  ),
  changeItem: route(
    'PATCH',
    '/activities/:activityId/items/:itemId',
    write(
      z.strictObject({
        activityId,
        itemId,
        version,
        question: z.optional(writtenQuestion),
        points: z.optional(decimal),
      }),
      activityItem,
    ),
  ),
  moveItem: route(
    'POST',
    '/activities/:activityId/items/:itemId/move',
    write(z.strictObject({ activityId, itemId, position: z.int().check(z.minimum(0)) }), nothing),
  ),
  removeItem: route(
    'DELETE',
    '/activities/:activityId/items/:itemId',
    write(z.strictObject({ activityId, itemId }), nothing),
  ),
  /** What people wrote to one item of one delivery, the newest first. `count`: how many did. */
  written: route(
    'GET',
    '/activities/:activityId/deliveries/:deliveryId/items/:itemId/written',
    read(
      z.strictObject({ activityId, deliveryId, itemId, ...pageInput }),
      z.object({ items: z.array(written), next: z.optional(z.string()), count: z.int() }),
    ),
  ),
  /** Every response of every delivery, the mode as a column: the one query the whole record stands for. */
  responses: route(
    'GET',
    '/activities/:activityId/responses',
    read(
      z.strictObject({ activityId, ...pageInput }),
      pageOf(
        z.object({
          responseId,
          deliveryId,
          mode: deliveryMode,
          accountId: uuid(),
          name: z.string(),
          itemId,
          attempt: z.int(),
          revision: z.int(),
          move: activityMove,
          counted: z.boolean(),
          score: z.nullable(decimal),
          at: instant,
        }),
      ),
    ),
  ),
})
