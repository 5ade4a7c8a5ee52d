// What the answer storm reads before it decides: each statement prepared, for the whole group.
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type { AttemptId, DeliveryId, DeliveryMode, ItemId, ResponseId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'
import type { QuestionVersionId } from '#protocol/questions.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { wordArray } from '#server/platform/db/arrays.ts'
import type { Shared } from '../kinds/kind.ts'

/** An item in a delivery as it stands; `asked` is null for an item that is not in it. */
export interface Place {
  readonly deliveryId: DeliveryId
  readonly itemId: ItemId
  readonly mode: DeliveryMode
  readonly opensAt: Date | null
  readonly dueAt: Date | null
  readonly closedAt: Date | null
  readonly shared: Shared
  readonly kind: ActivityKindName
  readonly settings: unknown
  readonly questionVersionId: QuestionVersionId | null
  asked: AskedQuestion | null
}

/** The newest answer of a seat to an item. */
export interface LastAnswer {
  readonly id: ResponseId
  readonly questionVersionId: QuestionVersionId
  readonly revision: number
  readonly move: ActivityMove
  readonly at: Date
}

/** One person at one item of a delivery, with what they answered there last. */
export interface SeatState {
  readonly deliveryId: DeliveryId
  readonly accountId: AccountId
  readonly itemId: ItemId
  readonly attemptId: AttemptId | null
  /** Of the attempt; 1 before there is one. */
  readonly number: number
  readonly finishedAt: Date | null
  readonly extraSeconds: number
  readonly last: LastAnswer | null
}

interface PlaceRow {
  delivery_id: DeliveryId
  item_id: ItemId
  mode: DeliveryMode
  opens_at: Date | null
  due_at: Date | null
  closed_at: Date | null
  shared: Shared
  kind: ActivityKindName
  settings: unknown
  question_version_id: QuestionVersionId | null
}

/** The items of the group in their deliveries; a delivery that is not there has no place. */
export async function readPlaces(
  ctx: WriteCtx,
  wanted: readonly { deliveryId: DeliveryId; itemId: ItemId }[],
): Promise<Place[]> {
  const { rows } = await ctx.client.query<PlaceRow>({
    name: 'answers-places',
    text: `select d.id as delivery_id, p.item as item_id, d.mode, d.opens_at, d.due_at, d.closed_at, d.shared,
                  a.kind, a.settings, i.question_version_id
             from unnest($1::uuid[], $2::uuid[]) as p(delivery, item)
             join deliveries d on d.id = p.delivery
             join activities a on a.id = d.activity_id
             left join activity_items i on i.id = p.item and i.activity_id = d.activity_id and i.removed_at is null`,
    values: [wanted.map(one => one.deliveryId), wanted.map(one => one.itemId)],
  })
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    itemId: row.item_id,
    mode: row.mode,
    opensAt: row.opens_at,
    dueAt: row.due_at,
    closedAt: row.closed_at,
    shared: row.shared,
    kind: row.kind,
    settings: row.settings,
    questionVersionId: row.question_version_id,
    asked: null,
  }))
}

// Versions never change, so what this node has read of one holds for ever.
const versions = new Map<QuestionVersionId, AskedQuestion>()
const mostVersions = 5_000

/** Fills in the questions of the places, without keys; asks only for versions this node has not seen. */
export async function readQuestions(ctx: WriteCtx, places: readonly Place[]): Promise<void> {
  const ids = new Set(places.flatMap(place => place.questionVersionId ?? []))
  const strange = [...ids].filter(id => !versions.has(id))
  if (strange.length > 0) {
    if (versions.size + strange.length > mostVersions) versions.clear()
    const { rows } = await ctx.client.query<{ id: QuestionVersionId; type: string; body: unknown }>({
      name: 'answers-questions',
      text: 'select id, type, body from question_versions where id = any($1::uuid[])',
      values: [[...ids].filter(id => !versions.has(id))],
    })
    for (const { id, type, body } of rows) versions.set(id, { type, body } as AskedQuestion)
  }
  for (const place of places)
    place.asked = place.questionVersionId === null ? null : (versions.get(place.questionVersionId) ?? null)
}

interface SeatRow {
  delivery_id: DeliveryId
  account_id: AccountId
  item_id: ItemId
  id: AttemptId
  number: number
  finished_at: Date | null
  extra_seconds: number
  response_id: ResponseId | null
  question_version_id: QuestionVersionId
  revision: number
  move: ActivityMove
  at: Date
}

/** The newest attempts that are there already, with the newest answer to each item that is asked about. */
export async function readSeats(
  ctx: WriteCtx,
  places: readonly { deliveryId: DeliveryId; accountId: AccountId; itemId: ItemId }[],
): Promise<SeatState[]> {
  const { rows } = await ctx.client.query<SeatRow>({
    name: 'answers-seats',
    text: `select t.id, t.delivery_id, t.account_id, p.item as item_id, t.number, t.finished_at, t.extra_seconds,
                  r.id as response_id, r.question_version_id, r.revision, r.move, r.at
             from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as p(delivery, account, item)
             join lateral (
               select * from attempts where delivery_id = p.delivery and account_id = p.account
                order by number desc limit 1
             ) as t on true
             left join lateral (
               select id, question_version_id, revision, move, at from responses
                where attempt_id = t.id and item_id = p.item order by revision desc limit 1
             ) as r on true`,
    values: [
      wordArray(places.map(one => one.deliveryId)),
      wordArray(places.map(one => one.accountId)),
      wordArray(places.map(one => one.itemId)),
    ],
  })
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    accountId: row.account_id,
    itemId: row.item_id,
    attemptId: row.id,
    number: row.number,
    finishedAt: row.finished_at,
    extraSeconds: row.extra_seconds,
    last: row.response_id && {
      id: row.response_id,
      questionVersionId: row.question_version_id,
      revision: row.revision,
      move: row.move,
      at: row.at,
    },
  }))
}
