// The statements of the answer storm: each one for the whole group, prepared. Locks, reads, then the two inserts.
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type { AttemptId, DeliveryId, DeliveryMode, ItemId, Receipt, ResponseId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'
import type { QuestionVersionId } from '#protocol/questions.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { instantArray, jsonArray, wordArray } from '#server/platform/db/arrays.ts'
import { newId } from '#server/platform/db/id.ts'
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
  readonly finishedAt: Date | null
  readonly extraSeconds: number
  readonly last: LastAnswer | null
}

/** An accepted answer on its way into the table; `index` is its place in the group. */
export interface AnswerRow {
  readonly index: number
  readonly id: ResponseId
  readonly deliveryId: DeliveryId
  readonly accountId: AccountId
  readonly itemId: ItemId
  readonly operationId: string
  readonly move: ActivityMove
  readonly at: Date
  readonly travelMs: number
  readonly questionVersionId: QuestionVersionId
  /** Only the first answer is taken. */
  readonly once: boolean
  attemptId: AttemptId | null
  revision: number
}

/**
 * Shares the lock of every delivery of the group, then for homework that of each seat, in one order. The names are
 * those of locks.ts.
 */
export async function lockGroup(
  ctx: WriteCtx,
  pairs: readonly { deliveryId: DeliveryId; accountId: AccountId }[],
): Promise<void> {
  await ctx.client.query({
    name: 'answers-lock',
    text: `with given as materialized (
             select distinct d.id, d.mode, p.account
               from unnest($1::uuid[], $2::uuid[]) as p(delivery, account) join deliveries d on d.id = p.delivery
           ), keys as materialized (
             select distinct rank, hashtextextended(name, 0) as key from (
               select 1, 'delivery/' || id from given
               union all
               select 2, 'seat/' || id || '/' || account from given where mode = 'homework'
             ) as names(rank, name) order by rank, key
           )
           select count(pg_advisory_xact_lock_shared(key)::text) from keys`,
    values: [wordArray(pairs.map(one => one.deliveryId)), wordArray(pairs.map(one => one.accountId))],
  })
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
  finished_at: Date | null
  extra_seconds: number
  response_id: ResponseId | null
  question_version_id: QuestionVersionId
  revision: number
  move: ActivityMove
  at: Date
}

/** Attempts that are there already, with the newest answer to each item that is asked about. */
export async function readSeats(
  ctx: WriteCtx,
  places: readonly { deliveryId: DeliveryId; accountId: AccountId; itemId: ItemId }[],
): Promise<SeatState[]> {
  const { rows } = await ctx.client.query<SeatRow>({
    name: 'answers-seats',
    text: `select t.id, t.delivery_id, t.account_id, p.item as item_id, t.finished_at, t.extra_seconds,
                  r.id as response_id, r.question_version_id, r.revision, r.move, r.at
             from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as p(delivery, account, item)
             join attempts t on t.delivery_id = p.delivery and t.account_id = p.account
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

/** Gives every row its attempt, making those that are missing; one made by another node meanwhile is read. */
export async function insertAttempts(
  ctx: WriteCtx,
  rows: AnswerRow[],
  seatKey: (one: { deliveryId: string; accountId: string }) => string,
): Promise<AnswerRow[]> {
  const wanted = [...new Map(rows.filter(row => row.attemptId === null).map(row => [seatKey(row), row])).values()]
  if (wanted.length === 0) return rows
  const pairs = [wordArray(wanted.map(row => row.deliveryId)), wordArray(wanted.map(row => row.accountId))]
  type Made = { id: AttemptId; delivery_id: DeliveryId; account_id: AccountId }
  // In one order, so that two groups making the same attempts never wait in a ring.
  const made = await ctx.client.query<Made>({
    name: 'answers-attempts',
    text: `insert into attempts (id, delivery_id, account_id, started_at)
           select id, delivery, account, at
             from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) as w(id, delivery, account, at)
            order by delivery, account
           on conflict (delivery_id, account_id) do nothing returning id, delivery_id, account_id`,
    values: [wordArray(wanted.map(() => newId<'Attempt'>())), ...pairs, instantArray(wanted.map(row => row.at))],
  })
  const found = made.rows
  if (found.length < wanted.length) {
    const others = await ctx.client.query<Made>(
      `select t.id, t.delivery_id, t.account_id from unnest($1::uuid[], $2::uuid[]) as p(delivery, account)
         join attempts t on t.delivery_id = p.delivery and t.account_id = p.account`,
      pairs,
    )
    found.push(...others.rows)
  }
  const ids = new Map(found.map(one => [seatKey({ deliveryId: one.delivery_id, accountId: one.account_id }), one.id]))
  for (const row of rows) row.attemptId ??= ids.get(seatKey(row)) ?? null
  return rows
}

async function insertOnce(ctx: WriteCtx, rows: readonly AnswerRow[]): Promise<Set<string>> {
  const { rows: written } = await ctx.client.query<{ id: string }>({
    name: 'answers-responses',
    text: `insert into responses
             (id, delivery_id, attempt_id, item_id, question_version_id, revision, author, operation, move, at,
              travel_ms)
           select w.* from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::uuid[],
                                  $8::uuid[], $9::jsonb[], $10::timestamptz[], $11::int[])
             as w(id, delivery, attempt, item, question, revision, author, operation, move, at, travel)
            order by w.attempt, w.item, w.revision
           on conflict do nothing returning id`,
    values: [
      wordArray(rows.map(row => row.id)),
      wordArray(rows.map(row => row.deliveryId)),
      wordArray(rows.map(row => row.attemptId)),
      wordArray(rows.map(row => row.itemId)),
      wordArray(rows.map(row => row.questionVersionId)),
      wordArray(rows.map(row => row.revision)),
      wordArray(rows.map(row => row.accountId)),
      wordArray(rows.map(row => row.operationId)),
      jsonArray(rows.map(row => row.move)),
      instantArray(rows.map(row => row.at)),
      wordArray(rows.map(row => row.travelMs)),
    ],
  })
  return new Set(written.map(row => row.id))
}

/** The newest revision of each row's seat and item, and whether its operation was written before. */
async function readAgain(ctx: WriteCtx, rows: readonly AnswerRow[]) {
  const { rows: found } = await ctx.client.query<{ id: string; revision: number; written: boolean }>(
    `select w.id, coalesce((select max(revision) from responses r where r.attempt_id = w.attempt and r.item_id = w.item), 0)
              as revision,
            exists (select from responses r where r.author = w.author and r.operation = w.operation) as written
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) as w(id, attempt, item, author, operation)`,
    [
      rows.map(row => row.id),
      rows.map(row => row.attemptId),
      rows.map(row => row.itemId),
      rows.map(row => row.accountId),
      rows.map(row => row.operationId),
    ],
  )
  return new Map(found.map(row => [row.id, row]))
}

// Of those who write for one seat at the same moment each try lets at least one through.
const mostTries = 10

/**
 * Writes the responses and says what became of each. The same seat answering through two nodes at the same moment meets
 * at the unique revision: the later one takes the next number, or is `already-answered` where only the first is taken.
 */
export async function insertResponses(
  ctx: WriteCtx,
  rows: readonly AnswerRow[],
): Promise<{ index: number; result: Receipt | Problem }[]> {
  const results: { index: number; result: Receipt | Problem }[] = []
  let waiting = rows
  for (let tries = 0; waiting.length > 0 && tries < mostTries; tries++) {
    const written = await insertOnce(ctx, waiting)
    for (const row of waiting) if (written.has(row.id)) results.push({ index: row.index, result: receiptOf(row) })
    waiting = waiting.filter(row => !written.has(row.id))
    if (waiting.length === 0) return results
    const now = await readAgain(ctx, waiting)
    const refuse = (row: AnswerRow, problem: Problem) => results.push({ index: row.index, result: problem })
    const next: AnswerRow[] = []
    const taken = new Map<string, number>()
    for (const row of waiting) {
      const seen = now.get(row.id)
      const key = `${row.attemptId}/${row.itemId}`
      const newest = Math.max(seen?.revision ?? 0, taken.get(key) ?? 0)
      if (seen?.written) refuse(row, new Problem('operation-reused'))
      else if (row.once && newest > 0) refuse(row, new Problem('already-answered'))
      else {
        row.revision = newest + 1
        taken.set(key, row.revision)
        next.push(row)
      }
    }
    waiting = next
  }
  for (const row of waiting)
    results.push({ index: row.index, result: new Problem('busy', { params: { retryAfter: 1 } }) })
  return results
}

/** What whoever answered is told. */
export const receiptOf = (row: Pick<AnswerRow, 'id' | 'itemId' | 'revision' | 'at'>): Receipt => ({
  responseId: row.id,
  itemId: row.itemId,
  revision: row.revision,
  at: row.at.toISOString(),
})
