// What this tab saw of the own answers in a class, for the end of it: a guest has no grade to open. Kept for the tab's
// life only; never the source of a result.
import type { Verdict } from '#client/features/questions/options.ts'

export interface Remembered {
  readonly itemId: string
  readonly prompt: string
  /** Undefined where nothing is right or wrong, and before the reveal. */
  readonly verdict?: Verdict | undefined
}

const keyOf = (runId: string) => `lectern class ${runId}`

/** What is remembered of a class, in the order it was answered. */
export function recall(runId: string): readonly Remembered[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(runId)) ?? '[]')
    return Array.isArray(kept) ? (kept as Remembered[]) : []
  } catch {
    return []
  }
}

/** Remembers an answer, or what became of it. */
export function remember(runId: string, one: Remembered): void {
  const before = recall(runId)
  const known = before.some(other => other.itemId === one.itemId)
  const next = known ? before.map(other => (other.itemId === one.itemId ? one : other)) : [...before, one]
  try {
    sessionStorage.setItem(keyOf(runId), JSON.stringify(next.slice(-200)))
  } catch {
    // A private window without storage: the end of the class shows less.
  }
}
