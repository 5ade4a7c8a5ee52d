// What happened, told by the clients, against what is in the database: finds lost and doubled writes, holes in the
// numbers, people who were overtaken by themselves, and clients that saw something else than what is. Pure.
import { isDeepStrictEqual } from 'node:util'

/** One write as its client knows it, in the order in which that client made them. */
export interface Operation {
  readonly client: string
  readonly operation: string
  readonly kind: 'answer' | 'message'
  /** null: never acknowledged, and so allowed to be there or not. `id` is empty where the receipt named none. */
  readonly receipt: { readonly id: string } | null
}

/** One row of the database that a write made; `place` is its revision or its number in the channel. */
export interface Stored {
  readonly id: string
  readonly operation: string
  readonly kind: Operation['kind']
  readonly place: number
}

/** What a client did with a scope, in order: took a state at a number, or applied the event with one. */
export type Step = { readonly snapshot: number } | { readonly event: number }

export interface Followed {
  readonly client: string
  readonly scope: string
  readonly steps: readonly Step[]
  readonly state: unknown
}

export interface Scope {
  readonly scope: string
  /** Numbers in the log, in order. */
  readonly seqs: readonly number[]
  readonly head: number
  /** States read by newcomers after everything was over, one a node. */
  readonly fresh: readonly unknown[]
}

export interface History {
  readonly operations: readonly Operation[]
  readonly stored: readonly Stored[]
  readonly scopes: readonly Scope[]
  readonly followed: readonly Followed[]
}

export interface Verdict {
  operations: number
  acknowledged: number
  lost: number
  doubled: number
  violations: string[]
}

const group = <T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const found = groups.get(keyOf(one))
    if (found) found.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

function checkWrites({ operations, stored }: History, verdict: Verdict): void {
  const rows = group(stored, row => row.operation)
  const known = new Set(operations.map(one => one.operation))
  for (const { operation, client, kind, receipt } of operations) {
    const [row] = rows.get(operation) ?? []
    if (!receipt) continue
    verdict.acknowledged++
    if (!row) verdict.lost++
    else if (receipt.id !== '' && !rows.get(operation)?.some(one => one.id === receipt.id))
      verdict.violations.push(`${client}: the receipt of the ${kind} ${operation} names a row that is not there`)
  }
  for (const [operation, several] of rows) {
    verdict.doubled += several.length - 1
    if (!known.has(operation)) verdict.violations.push(`A row stands for ${operation}, which nobody sent`)
  }
}

// One person's answers are revisions 1, 2, 3 … in the order in which they were given; messages of a channel have the
// numbers 1 … n.
function checkPlaces({ operations, stored }: History, verdict: Verdict): void {
  const rows = new Map(stored.map(row => [row.operation, row]))
  for (const [client, own] of group(
    operations.filter(one => one.kind === 'answer'),
    one => one.client,
  )) {
    const places = own.flatMap(one => rows.get(one.operation)?.place ?? [])
    if (places.some((place, index) => place !== index + 1))
      verdict.violations.push(`${client}: answers stand as ${places.join(', ')}`)
  }
  const numbers = stored.filter(row => row.kind === 'message').map(row => row.place)
  numbers.sort((a, b) => a - b)
  const wrong = numbers.findIndex((number, index) => number !== index + 1)
  if (wrong >= 0) verdict.violations.push(`The channel has no message ${wrong + 1}, or two`)
}

function checkScopes({ scopes }: History, verdict: Verdict): void {
  for (const { scope, seqs, head, fresh } of scopes) {
    const wrong = seqs.findIndex((seq, index) => seq !== index + 1)
    if (wrong >= 0) verdict.violations.push(`${scope}: the log has ${seqs[wrong]} where ${wrong + 1} belongs`)
    if (seqs.length !== head) verdict.violations.push(`${scope}: the log ends at ${seqs.length}, its head says ${head}`)
    if (fresh.some(state => !isDeepStrictEqual(state, fresh[0])))
      verdict.violations.push(`${scope}: the nodes give newcomers different states`)
  }
}

function checkClients({ scopes, followed }: History, verdict: Verdict): void {
  const known = new Map(scopes.map(one => [one.scope, one]))
  for (const { client, scope, steps, state } of followed) {
    let at: number | undefined
    for (const step of steps) {
      if ('snapshot' in step) {
        // A state may be taken anew, never an older one.
        if (at !== undefined && step.snapshot < at)
          verdict.violations.push(`${client}: ${scope} went back from ${at} to ${step.snapshot}`)
        at = step.snapshot
        continue
      }
      if (at === undefined || step.event !== at + 1)
        verdict.violations.push(`${client}: ${scope} applied ${step.event} after ${at ?? 'nothing'}`)
      at = step.event
    }
    const now = known.get(scope)
    if (at !== now?.head) verdict.violations.push(`${client}: ${scope} stands at ${at}, not ${now?.head}`)
    else if (!isDeepStrictEqual(state, now?.fresh[0]))
      verdict.violations.push(`${client}: the folded ${scope} is not what a newcomer reads`)
  }
}

/** Judges a finished run. `lost` counts acknowledged writes without a row, `doubled` rows beyond one a write. */
export function judge(history: History): Verdict {
  const verdict: Verdict = {
    operations: history.operations.length,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    violations: [],
  }
  checkWrites(history, verdict)
  checkPlaces(history, verdict)
  checkScopes(history, verdict)
  checkClients(history, verdict)
  return verdict
}

/** Whether nothing at all is wrong with it. */
export const isClean = (verdict: Verdict): boolean =>
  verdict.lost === 0 && verdict.doubled === 0 && verdict.violations.length === 0
