// What the answer storm writes: attempts, then responses, each in one prepared statement for the whole group.
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { AttemptId, DeliveryId, ItemId, Receipt, ResponseId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { QuestionVersionId } from '#protocol/questions.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { instantArray, jsonArray, wordArray } from '#server/platform/db/arrays.ts'
import { newId } from '#server/platform/db/id.ts'
import { Overtaken } from '#server/platform/db/transact.ts'

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
 * Gives every row its attempt, making the first of those that have none; one made by another node meanwhile is read. A row whose
 * account went into another one meanwhile gets none: a merge holds the account, and whoever waits for it sees it gone.
 */
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
           select w.id, w.delivery, w.account, w.at
             from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) as w(id, delivery, account, at)
             join accounts a on a.id = w.account and a.merged_into is null
            order by w.delivery, w.account
              for key share of a
           on conflict (delivery_id, account_id, number) do nothing returning id, delivery_id, account_id`,
    values: [wordArray(wanted.map(() => newId<'Attempt'>())), ...pairs, instantArray(wanted.map(row => row.at))],
  })
  const found = made.rows
  if (found.length < wanted.length) {
    const others = await ctx.client.query<Made>(
      `select t.id, t.delivery_id, t.account_id from unnest($1::uuid[], $2::uuid[]) as p(delivery, account)
         join attempts t on t.delivery_id = p.delivery and t.account_id = p.account and t.number = 1`,
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

// The later answer of a seat must not stand below the one it replaces, which another node's answer kept out this time.
function demandInOrder(rows: readonly AnswerRow[], written: ReadonlySet<string>): void {
  const kept = new Set<string>()
  for (const row of rows) {
    const key = `${row.attemptId}/${row.itemId}`
    if (!written.has(row.id)) kept.add(key)
    else if (kept.has(key)) throw new Overtaken('Another node answered for this seat')
  }
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

// Of those who write for one seat at the same moment each try lets at least one through; past this the whole group begins
// anew, so that no transaction goes on for long.
const mostTries = 10

/**
 * Writes the responses and says what became of each. The same seat answering through two nodes at the same moment meets
 * at the unique revision: the later one takes the next number, or is `already-answered` where only the first is taken. `operation-reused` for an
 * operation that stands with another answer. When others come between again and again, the transaction is begun anew.
 */
export async function insertResponses(
  ctx: WriteCtx,
  rows: readonly AnswerRow[],
): Promise<{ index: number; result: Receipt | Problem }[]> {
  const results: { index: number; result: Receipt | Problem }[] = []
  let waiting = rows
  for (let tries = 0; waiting.length > 0 && tries < mostTries; tries++) {
    const written = await insertOnce(ctx, waiting)
    demandInOrder(waiting, written)
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
  if (waiting.length > 0) throw new Overtaken('Other nodes answered for one seat again and again')
  return results
}

/** What whoever answered is told. */
export const receiptOf = (row: Pick<AnswerRow, 'id' | 'itemId' | 'revision' | 'at'>): Receipt => ({
  responseId: row.id,
  itemId: row.itemId,
  revision: row.revision,
  at: row.at.toISOString(),
})
