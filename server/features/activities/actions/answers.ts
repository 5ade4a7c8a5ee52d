// The storm of the product: a group of answers, each decided by the pure rules, the accepted ones written in two
// statements however many they are, an answer for each in order. Runs on a plain connection: SQL only, never a model.
import { isDeepStrictEqual } from 'node:util'
import type { activityCalls, DeliveryId, ItemId, Receipt, ResponseId } from '#protocol/activities.ts'
import type { Input } from '#protocol/base/call.ts'
import { Problem } from '#protocol/base/problems.ts'
import { paceOfStorm, tooFast } from '#server/platform/call/pace.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { StormItem } from '#server/platform/feature.ts'
import { kindOf } from '../kinds/registry.ts'
import {
  type LastAnswer,
  type Place,
  readPlaces,
  readQuestions,
  readSeats,
  type SeatState,
} from '../queries/answering.ts'
import { askGate, type Pair, tellAnswers } from '../queries/gates.ts'
import { changeBudgets, type GateAnswer, homeworkWindow, refusalOfAbsent, standingOf } from '../rules.ts'
import { type AnswerRow, insertAttempts, insertResponses, receiptOf } from './answers-write.ts'
import { lockGroup } from './locks.ts'

/** What the wire brings. */
export type AnswerInput = Input<typeof activityCalls.answer>
type Item = StormItem<AnswerInput>

const changeWait = paceOfStorm<Item>(changeBudgets.quick, changeBudgets.steady)

/** One answer of a group, with its sender. */
interface Entry extends Pair, Pick<AnswerInput, 'itemId' | 'move' | 'attempt'> {
  readonly item: Item
  readonly at: Date
  readonly travelMs: number
  readonly operationId: string
}

const placeKey = (one: { deliveryId: string; itemId: string }) => `${one.deliveryId}/${one.itemId}`
const seatKey = (one: { deliveryId: string; accountId: string }) => `${one.deliveryId}/${one.accountId}`
const seatItemKey = (one: { deliveryId: string; accountId: string; itemId: string }) => `${seatKey(one)}/${one.itemId}`

function distinct<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(list.map(one => [keyOf(one), one])).values()]
}

const refusalOf = (answer: GateAnswer = 'not-found'): Problem | null => (answer === true ? null : new Problem(answer))

/** Who may answer where, by seat. A gate is asked once for each mode that is in the group. */
async function askGates(ctx: WriteCtx, entries: readonly Entry[], places: ReadonlyMap<string, Place>) {
  const answered = new Map<string, GateAnswer>()
  const known = distinct(entries, seatKey).flatMap(entry => {
    const place = places.get(placeKey(entry))
    return place ? [{ mode: place.mode, pair: { deliveryId: entry.deliveryId, accountId: entry.accountId } }] : []
  })
  for (const mode of new Set(known.map(one => one.mode))) {
    const pairs = known.filter(one => one.mode === mode).map(one => one.pair)
    const answers = await askGate(ctx, mode, pairs)
    for (const [index, pair] of pairs.entries()) answered.set(seatKey(pair), answers[index] ?? 'not-found')
  }
  return answered
}

/** What the pure rules say to one answer; `revision` is the number of answers this seat gave to the item before. */
function decide(entry: Entry, place: Place | undefined, seat: SeatState, revision: number): Problem | null {
  if (!place?.asked) return new Problem('not-found')
  const standing = standingOf(entry.attempt, seat)
  const kind = kindOf(place.kind)
  const refusal = kind.act({
    asked: place.asked,
    settings: place.settings,
    window: place.mode === 'live' ? kind.window(place.shared, entry.itemId) : homeworkWindow(place, entry.at),
    seat: {
      answered: standing !== 'not-there' && revision > 0,
      finished: standing === 'handed-in',
      extraMs: seat.extraSeconds * 1000,
    },
    move: entry.move,
    at: entry.at,
  })
  if (refusal) return new Problem(refusal)
  return standing === 'not-there' ? new Problem(refusalOfAbsent(place)) : null
}

/**
 * The storm handler of `activities.answer`. Refusals: those of the gate of the delivery's mode (`mayAnswer` of live,
 * `maySit` of quizzes), `not-found` for what is not asked there, `answer-unfit`, `not-open`, `paused`, `late`,
 * `already-answered`, `handed-in`, `attempt-not-begun`, `account-merged`, and `slow-down` for who changes one answer again
 * and again; the storm itself says `busy` and `operation-reused`. Lateness is judged by each answer's own arrival. Where an
 * answer may change, the same one again gets the receipt of the one that stands.
 */
export async function answerAll(ctx: WriteCtx, items: readonly Item[]): Promise<(Receipt | Problem)[]> {
  const entries: Entry[] = items.map(item => ({
    item,
    deliveryId: item.input.deliveryId,
    itemId: item.input.itemId,
    move: item.input.move,
    attempt: item.input.attempt,
    accountId: accountOf(item.ctx.who),
    at: item.ctx.now,
    travelMs: item.ctx.travelMs ?? 0,
    operationId: item.operationId,
  }))
  // From here to the commit no steer changes a delivery of this group and nobody of it hands in.
  await lockGroup(ctx, entries)
  const places = new Map((await readPlaces(ctx, distinct(entries, placeKey))).map(one => [placeKey(one), one]))
  await readQuestions(ctx, [...places.values()])
  const gate = await askGates(ctx, entries, places)
  const seats = new Map((await readSeats(ctx, distinct(entries, seatItemKey))).map(one => [seatItemKey(one), one]))

  const results: (Receipt | Problem)[] = []
  const rows: AnswerRow[] = []
  const given = new Map<string, LastAnswer & { readonly index: number }>()
  // The same answer twice in one group: the second is told what becomes of the first.
  const echoes: { readonly index: number; readonly of: number }[] = []
  for (const entry of entries) {
    const place = places.get(placeKey(entry))
    const seatAndItem = seatItemKey(entry)
    const seat = seats.get(seatAndItem) ?? {
      ...entry,
      attemptId: null,
      number: 1,
      finishedAt: null,
      extraSeconds: 0,
      last: null,
    }
    const mine = given.get(seatAndItem)
    const last = mine ?? seat.last
    const revision = last?.revision ?? 0
    const denied = place ? refusalOf(gate.get(seatKey(entry))) : null
    const problem = denied ?? decide(entry, place, seat, revision)
    if (problem || !place?.questionVersionId) {
      results.push(problem ?? new Problem('not-found'))
      continue
    }
    const { questionVersionId } = place
    if (last && last.questionVersionId === questionVersionId && isDeepStrictEqual(last.move, entry.move)) {
      // What stands already is not written again.
      if (mine) echoes.push({ index: results.length, of: mine.index })
      results.push(receiptOf({ ...last, itemId: entry.itemId }))
      continue
    }
    const wait = last ? changeWait(entry.item, seatAndItem, entry.at) : 0
    if (wait > 0) {
      results.push(tooFast(wait))
      continue
    }
    const id = newId<'Response'>() as ResponseId
    const now = { id, questionVersionId, revision: revision + 1, move: entry.move, at: entry.at }
    given.set(seatAndItem, { ...now, index: results.length })
    rows.push({
      index: results.length,
      id,
      deliveryId: entry.deliveryId,
      accountId: entry.accountId,
      itemId: entry.itemId,
      operationId: entry.operationId,
      move: entry.move,
      at: entry.at,
      travelMs: entry.travelMs,
      attemptId: seat.attemptId,
      questionVersionId,
      revision: revision + 1,
      once: kindOf(place.kind).counts(place.settings) === 'first',
    })
    results.push({ responseId: id, itemId: entry.itemId, revision: revision + 1, at: entry.at.toISOString() })
  }
  if (rows.length === 0) return results

  const withAttempts = await insertAttempts(ctx, rows, seatKey)
  for (const row of withAttempts) if (row.attemptId === null) results[row.index] = new Problem('account-merged')
  const seated = withAttempts.filter(row => row.attemptId !== null)
  for (const written of await insertResponses(ctx, seated)) results[written.index] = written.result
  for (const { index, of } of echoes) {
    const first = results[of]
    if (first) results[index] = first
  }
  announceCounts(ctx, rows, results)
  return results
}

function announceCounts(ctx: WriteCtx, rows: readonly AnswerRow[], results: readonly (Receipt | Problem)[]): void {
  const counts = new Map<string, { deliveryId: DeliveryId; itemId: ItemId; count: number }>()
  for (const row of rows) {
    if (results[row.index] instanceof Problem) continue
    const { deliveryId, itemId } = row
    const before = counts.get(placeKey(row))?.count ?? 0
    counts.set(placeKey(row), { deliveryId, itemId, count: before + 1 })
  }
  if (counts.size > 0) ctx.afterCommit(() => tellAnswers([...counts.values()]))
}
