// What a case of the fault suite is and what it reports.
import type { Plant } from './plants.ts'

/** One row of the report. `recovery_s`: from the injection until everybody it hit was served again. */
export interface FaultRow {
  id: string
  what: string
  injected: string
  operations: number
  acknowledged: number
  lost: number
  doubled: number
  violations: string[]
  recovery_s: number
  met: boolean
}

export interface FaultCase {
  readonly id: string
  readonly what: string
  readonly run: (say: (line: string) => void, plant?: Plant) => Promise<FaultRow>
}
