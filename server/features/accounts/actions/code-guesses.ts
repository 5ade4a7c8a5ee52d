// Slows down the guessing of join codes, of classes and courses alike. Wrong codes count, on the account, on the network
// and on the node; a right one costs nothing, for a whole school joins from one address. Kept by each node for itself:
// what is guessed here is looked up here. Never says whether a code was nearly right.
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { networkOf } from '../rules.ts'

/** Wrong codes allowed in `seconds`: a guesser among 32^6 codes gets nowhere at this pace, a school's typing errors do. */
export const codeBudgets = { account: 10, network: 120, node: 3_000, seconds: 60 } as const

/** Reads that wait look up so many at a time, so that writes, which can't wait, always find room in the budget. */
const atOnce = 16

interface Count {
  wrong: number
  /** When the wrong ones are forgotten, in milliseconds since the epoch. */
  until: number
  /** Paid for and not known yet to be right or wrong. */
  looking: number
  readonly waiting: Set<() => void>
}

type Counts = Map<string, Count>

function countOf(counts: Counts, key: string): Count {
  const known = counts.get(key)
  if (known) return known
  const made: Count = { wrong: 0, until: 0, looking: 0, waiting: new Set() }
  counts.set(key, made)
  return made
}

function forget(counts: Counts, key: string, count: Count): void {
  if (count.until <= Date.now()) count.wrong = 0
  if (count.wrong === 0 && count.looking === 0 && count.waiting.size === 0) counts.delete(key)
}

function noteWrong(counts: Counts, key: string, count: Count): void {
  count.wrong++
  if (count.wrong > 1) return
  count.until = Date.now() + codeBudgets.seconds * 1_000
  setTimeout(() => forget(counts, key, count), codeBudgets.seconds * 1_000 + 1).unref()
}

const slowDown = (ms: number) =>
  new Problem('slow-down', { params: { retryAfter: Math.max(1, Math.ceil(ms / 1_000)) } })

function wakeOne({ waiting }: Count): void {
  const [wake] = waiting
  if (!wake) return
  waiting.delete(wake)
  wake()
}

/** What this caller's wrong codes count on, each with its budget. */
function budgetsOf({ who, address }: Ctx): [key: string, most: number][] {
  return [
    ...(who.kind === 'account' ? [[`account ${who.accountId}`, codeBudgets.account] as [string, number]] : []),
    [`network ${networkOf(address)}`, codeBudgets.network],
    ['node', codeBudgets.node],
  ]
}

async function guessing<T>(counts: Counts, ctx: Ctx, look: () => Promise<T>): Promise<T> {
  const mayWait = !('client' in ctx)
  const budgets = budgetsOf(ctx)
  // Woken by this one: who does not take its place there wakes the next in turn.
  let woken: Count | undefined
  for (;;) {
    const now = Date.now()
    let full: Count | undefined
    for (const [key, most] of budgets) {
      const count = counts.get(key)
      if (!count) continue
      if (count.until <= now) count.wrong = 0
      if (count.wrong >= most) {
        if (woken) wakeOne(woken)
        throw slowDown(count.until - now)
      }
      if (count.wrong + count.looking >= most || (mayWait && count.looking >= atOnce)) full ??= count
    }
    if (!full) break
    if (!mayWait) throw slowDown(1_000)
    if (woken && woken !== full) wakeOne(woken)
    const { waiting } = full
    await new Promise<void>(resolve => waiting.add(resolve))
    woken = full
  }
  // Nothing was awaited since the check: none of it can have been spent by another.
  const paid = budgets.map(([key]) => ({ key, count: countOf(counts, key) }))
  for (const { count } of paid) count.looking++
  let wrong = false
  try {
    return await look()
  } catch (error) {
    wrong = error instanceof Problem && error.code === 'code-unknown'
    throw error
  } finally {
    for (const { key, count } of paid) {
      count.looking--
      if (wrong) noteWrong(counts, key, count)
      wakeOne(count)
      forget(counts, key, count)
    }
  }
}

/** A throttle that has counted nothing yet; a node has one. */
export function codeThrottle(): <T>(ctx: Ctx, look: () => Promise<T>) => Promise<T> {
  const counts: Counts = new Map()
  return (ctx, look) => guessing(counts, ctx, look)
}

/**
 * Runs one look-up of a code, paid for beforehand, so that guesses sent at the same time are counted too; only one that
 * ends in `code-unknown` stays paid. Right ones that come at once wait for each other rather than being refused, but not
 * inside a transaction, whose connection others wait for. Throws `slow-down`.
 */
export const guessingCode = codeThrottle()
