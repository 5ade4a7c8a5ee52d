// A person's answers in one delivery, live and at home alike: what the server has, what waits in the outbox, what was
// refused. A tap shows at once; nothing is called sent before the server has committed it.
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { connection } from '#client/app/frame.ts'
import type { AnswerStand } from '#client/features/questions/answer-line.ts'
import { call } from '#client/platform/call.ts'
import { type OutboxEnd, type OutboxEntry, outbox } from '#client/platform/outbox.ts'
import { answerTo, inputOf } from '#client/platform/outbox-shapes.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { realtime } from '#client/platform/realtime.ts'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { activityCalls, type SeatView } from '#protocol/activities.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { begunAnswers } from './begun.ts'

type AnswerInput = InputBefore<typeof activityCalls.answer>

export interface Mine {
  /** What was given, sent or not; null for nothing, or for what is no answer. */
  readonly move: ActivityMove | null
  readonly stand: AnswerStand
}

export interface Refusal {
  readonly itemId: string
  readonly reason: string
  readonly late: boolean
}

export interface Seat {
  /** How an item stands; no move and `none` where nothing was done. */
  readonly of: (itemId: string) => Mine
  /** Undefined until the server has told; answers made here show before. */
  readonly view: ReadonlySignal<SeatView | undefined>
  readonly problem: ReadonlySignal<ClientProblem | undefined>
  /** How many answers are on their way. */
  readonly waiting: ReadonlySignal<number>
  /** Items with an answer, sent or on its way. */
  readonly answered: ReadonlySignal<ReadonlySet<string>>
  readonly refusals: ReadonlySignal<readonly Refusal[]>
  /** Keeps without sending. */
  draft(itemId: string, move: ActivityMove | null): void
  /** `instead`: an earlier answer to the item that was not sent yet is not sent any more. */
  send(itemId: string, move: ActivityMove, how?: 'beside' | 'instead'): void
  /** Lets go of what was given and not sent: what the server has shows again. */
  drop(itemId: string): void
  /** Goes on to a later attempt, with nothing given. Back to an earlier one leads only what the server reads out. */
  at(attempt: number): void
  load(): Promise<void>
}

/** An answer the server has, and which one of its seat and item it is. */
interface Committed {
  readonly revision: number
  readonly move: ActivityMove
}

interface SeatInside extends Seat {
  /** Notes how an answer ended; whether it was of the attempt that is shown. */
  end(end: OutboxEnd): 'shown' | 'earlier'
}

const answerOf = (entry: OutboxEntry) => inputOf(activityCalls.answer, entry)

// The first where nothing is said, as on the wire.
const attemptOf = (input: AnswerInput): number => input.attempt ?? 1

const seats = new Map<string, SeatInside>()
const listening = { on: false }

/** Words of refusals that came when no screen showed the delivery; the boot file shows them as notices. */
export const strayRefusals = signal<readonly Refusal[]>([])

// Refusals of every delivery while a class is on the screen, the newest last: it goes on to another one while an answer travels.
const heardRefusals = signal<readonly Refusal[]>([])

/** Screens that tell of refusals themselves: how many of each delivery, and of `everything`. */
const tellers = new Map<string, number>()
const everything = 'everything'

function beginTelling(what: string): () => void {
  tellers.set(what, (tellers.get(what) ?? 0) + 1)
  return () => {
    const left = (tellers.get(what) ?? 0) - 1
    if (left > 0) tellers.set(what, left)
    else tellers.delete(what)
  }
}

/** Refusals of every delivery, for a screen that tells of them while it is mounted. */
export function useHeardRefusals(): readonly Refusal[] {
  useEffect(() => beginTelling(everything), [])
  return heardRefusals.value
}

/** Hears how answers end, once for the page, also those an earlier page made. */
export function hearAnswers(): void {
  if (listening.on) return
  listening.on = true
  outbox().onEnd(end => {
    const input = answerOf(end.entry)
    if (!input) return
    const of = seats.get(input.deliveryId)?.end(end)
    if (end.outcome === 'done') return
    const refusal = refusalOf(input.itemId, end)
    if (tellers.has(everything)) heardRefusals.value = [...heardRefusals.peek(), refusal].slice(-20)
    else if (of === 'earlier' || !tellers.has(input.deliveryId))
      strayRefusals.value = [...strayRefusals.peek(), refusal]
  })
}

function refusalOf(itemId: string, end: OutboxEnd): Refusal {
  if (end.outcome === 'refused') {
    return { itemId, reason: problemWords(end.problem), late: end.problem.code === 'late' }
  }
  return { itemId, reason: problemWords(new ClientProblem('too-old')), late: false }
}

function openSeat(deliveryId: string): SeatInside {
  const view = signal<SeatView | undefined>(undefined)
  const problem = signal<ClientProblem | undefined>(undefined)
  const committed = signal<ReadonlyMap<string, Committed>>(new Map())
  // What is read and what is acknowledged cross each other on their way: the newer of two stands.
  const keep = (itemId: string, one: Committed) => {
    const known = committed.peek().get(itemId)
    if (!known || known.revision < one.revision) committed.value = new Map([...committed.peek(), [itemId, one]])
  }
  const drafts = signal<ReadonlyMap<string, ActivityMove | null>>(new Map())
  // Ids come as plain words, from the address or the stage.
  const toItem = (itemId: string) => ({ deliveryId, itemId }) as Pick<AnswerInput, 'deliveryId' | 'itemId'>
  const revisionOf = (itemId: string) => committed.peek().get(itemId)?.revision ?? 0
  const refusals = signal<readonly Refusal[]>([])
  const attempt = signal(1)
  let moved = 0
  const begun = begunAnswers(deliveryId)
  const turnTo = (number: number) => {
    moved++
    begun.forget(attempt.peek())
    batch(() => {
      attempt.value = number
      view.value = undefined
      committed.value = new Map()
      drafts.value = new Map()
      refusals.value = []
    })
  }
  const at = (number: number) => {
    if (number > attempt.peek()) turnTo(number)
  }
  const pending = computed(() => {
    const waits = new Map<string, { readonly move: ActivityMove; readonly kept: boolean }>()
    for (const entry of outbox().pending.value) {
      const input = answerOf(entry)
      if (input?.deliveryId === deliveryId && attemptOf(input) === attempt.value)
        waits.set(input.itemId, { move: input.move, kept: entry.kept })
    }
    return waits
  })
  const without = <V>(map: ReadonlyMap<string, V>, key: string) => new Map([...map].filter(([one]) => one !== key))

  return {
    view,
    problem,
    refusals,
    waiting: computed(() => pending.value.size),
    answered: computed(() => new Set([...committed.value.keys(), ...pending.value.keys()])),
    of(itemId) {
      const waits = pending.value.get(itemId)
      const draft = drafts.value.get(itemId)
      if (draft !== undefined) return { move: draft, stand: { is: 'draft' } }
      if (waits) return { move: waits.move, stand: { is: waits.kept && !connection.value.online ? 'kept' : 'sending' } }
      const kept = committed.value.get(itemId)?.move
      const refused = refusals.value.findLast(one => one.itemId === itemId)
      if (refused)
        return {
          move: kept ?? null,
          stand: { is: 'refused', reason: refused.reason, late: refused.late, kept: kept !== undefined },
        }
      return kept ? { move: kept, stand: { is: 'sent' } } : { move: null, stand: { is: 'none' } }
    },
    draft(itemId, move) {
      refusals.value = refusals.peek().filter(one => one.itemId !== itemId)
      drafts.value = new Map([...drafts.peek(), [itemId, move]])
      begun.keep(attempt.peek(), itemId, move === null ? undefined : { move, over: revisionOf(itemId) })
    },
    send(itemId, move, how = 'beside') {
      refusals.value = refusals.peek().filter(one => one.itemId !== itemId)
      const number = attempt.peek()
      drafts.value = without(drafts.peek(), itemId)
      begun.keep(number, itemId, undefined)
      const input = { ...toItem(itemId), move, ...(number > 1 ? { attempt: number } : {}) }
      // How it ends is heard by `hearAnswers`, which also hears what an earlier page has sent.
      outbox()
        .send(activityCalls.answer, input, deliveryId, how === 'instead' ? `${number}/${itemId}` : undefined)
        .catch(() => undefined)
    },
    drop(itemId) {
      if (!drafts.peek().has(itemId)) return
      drafts.value = without(drafts.peek(), itemId)
      begun.keep(attempt.peek(), itemId, undefined)
    },
    at,
    async load() {
      const before = moved
      try {
        const read = await call(activityCalls.seat, { deliveryId } as InputBefore<typeof activityCalls.seat>)
        problem.value = undefined
        at(read.attempt)
        if (read.attempt < attempt.peek()) {
          // Read before a later one was begun here.
          if (moved !== before) return
          // The close took away what nothing was answered in.
          turnTo(read.attempt)
        }
        view.value = read
        for (const { itemId, revision, move } of read.answers) keep(itemId, { revision, move })
        if (read.finishedAt !== null) return begun.forget(read.attempt)
        // What was answered on another device meanwhile is newer than what was begun here.
        for (const { itemId, move, over } of begun.of(read.attempt))
          if (!drafts.peek().has(itemId) && !pending.peek().has(itemId) && over === revisionOf(itemId))
            drafts.value = new Map([...drafts.peek(), [itemId, move]])
      } catch (error) {
        problem.value = error instanceof ClientProblem ? error : new ClientProblem('internal')
      }
    },
    end(end) {
      const input = answerOf(end.entry)
      if (!input || attemptOf(input) !== attempt.peek()) return 'earlier'
      const receipt = answerTo(activityCalls.answer, end)
      if (receipt) keep(input.itemId, { revision: receipt.revision, move: input.move })
      if (end.outcome !== 'done') refusals.value = [...refusals.peek(), refusalOf(input.itemId, end)]
      return 'shown'
    },
  }
}

const none: Mine = { move: null, stand: { is: 'none' } }

/** The seat in a delivery while the component is mounted; read anew at every return of the connection. */
export function useSeat(deliveryId: string | undefined): Seat | undefined {
  const seat = useMemo(() => {
    if (deliveryId === undefined) return undefined
    hearAnswers()
    let found = seats.get(deliveryId)
    if (!found) {
      found = openSeat(deliveryId)
      seats.set(deliveryId, found)
    }
    return found
  }, [deliveryId])
  useEffect(() => (deliveryId === undefined ? undefined : beginTelling(deliveryId)), [deliveryId])
  const online = realtime().state.value === 'online'
  useEffect(() => {
    if (online) void seat?.load()
  }, [seat, online])
  return seat
}

/** How an item stands in a seat that may not be there yet. */
export const mineOf = (seat: Seat | undefined, itemId: string | undefined): Mine =>
  seat && itemId !== undefined ? seat.of(itemId) : none
