// SIM: ten thousand random schedules of log, relay, subscription and client fold in one process, without a socket or a
// database: the product's own modules in virtual time. FAULT_SEED repeats: `7` all of it, `7/42` the one schedule, told.
import type { FaultCase, FaultRow } from './fault.ts'
import type { SimPlant } from './sim/plants.ts'
import { playSchedule } from './sim/schedule.ts'

const schedules = 10_000

export interface Simulation {
  readonly schedules: number
  readonly events: number
  /** Each with the seed that repeats it. */
  readonly violations: readonly string[]
  /** Virtual seconds until everybody was served, at the worst. */
  readonly settled: number
}

/** Plays schedules one after the other; with `untilSeen` it ends at the first that shows something. */
export async function simulate(
  base: string,
  count: number,
  { plant, untilSeen = false }: { plant?: SimPlant; untilSeen?: boolean } = {},
): Promise<Simulation> {
  const violations: string[] = []
  let events = 0
  let settled = 0
  let played = 0
  while (played < count && !(untilSeen && violations.length > 0)) {
    const outcome = await playSchedule(`${base}/${played++}`, plant)
    events += outcome.events
    settled = Math.max(settled, outcome.settledMs / 1000)
    violations.push(...outcome.violations.map(what => `${outcome.seed}: ${what}`))
  }
  return { schedules: played, events, violations, settled }
}

const rowOf = ({ schedules, events, violations, settled }: Simulation, what: string, injected: string): FaultRow => ({
  id: 'SIM',
  what,
  injected: `lost, doubled, late, overtaking publishes; dying nodes; cut and slow people; rights; ${injected}`,
  operations: events,
  acknowledged: events,
  lost: 0,
  doubled: 0,
  violations: [...violations],
  recovery_s: Number(settled.toFixed(2)),
  met: schedules > 0 && violations.length === 0,
})

/** The whole of it; with a planted bug until that is seen, which is then what is asked for. */
export async function runSim(say: (line: string) => void, plant?: SimPlant): Promise<FaultRow> {
  const seed = process.env.FAULT_SEED ?? String(Math.floor(Math.random() * 2 ** 31))
  const began = performance.now()
  let simulation: Simulation
  if (seed.includes('/')) {
    const { events, violations, settledMs } = await playSchedule(seed, plant, say)
    simulation = { schedules: 1, events, violations, settled: settledMs / 1000 }
  } else simulation = await simulate(seed, schedules, plant ? { plant, untilSeen: true } : {})
  say(`seed ${seed}: ${simulation.schedules} schedules in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  if (!plant) return rowOf(simulation, sim.what, `seed ${seed}`)
  const row = rowOf(simulation, `the planted bug "${plant.name}" is caught`, `seed ${seed}`)
  return { ...row, met: !row.met }
}

export const sim: FaultCase = {
  id: 'SIM',
  what: `${schedules} random schedules of log, relay, subscription and fold in virtual time`,
  run: say => runSim(say),
}
