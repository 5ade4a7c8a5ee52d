// What the real-time platform counts: tests and benchmarks gate on these numbers, dashboards draw them. Labels are
// kinds of scopes, never an id.
import { Counter, Gauge, type Registry } from 'prom-client'

export class RealtimeCounts {
  frames = 0
  packets = 0
  deliveries = 0
  gapsFilled = 0
  resumes = 0
  snapshots = 0
  /** Snapshots answered from a read that was made for somebody else. */
  snapshotsShared = 0
  /** Queries against the log and snapshot transactions, each one. */
  queries = 0
  strange = 0
  refused = 0
  lagged = 0
  readonly #byKind = new Map<string, { frames: Counter.Internal; deliveries: Counter.Internal }>()
  readonly #frames
  readonly #deliveries
  readonly #gaps
  readonly #resumes

  constructor(registry: Registry, gauges: { sockets: () => number; scopes: () => number }) {
    const registers = [registry]
    this.#frames = new Counter({
      name: 'lectern_realtime_frames_total',
      help: 'Frames sent to rooms',
      labelNames: ['scope'],
      registers,
    })
    this.#deliveries = new Counter({
      name: 'lectern_realtime_deliveries_total',
      help: 'Frames times the sockets they went to',
      labelNames: ['scope'],
      registers,
    })
    this.#gaps = new Counter({
      name: 'lectern_realtime_gaps_total',
      help: 'Gaps filled from the log',
      labelNames: ['scope'],
      registers,
    })
    this.#resumes = new Counter({
      name: 'lectern_realtime_resumes_total',
      help: 'Subscriptions that went on, by events or by snapshot',
      labelNames: ['scope', 'mode'],
      registers,
    })
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    gauge('lectern_realtime_sockets', 'Open sockets', gauges.sockets)
    gauge('lectern_realtime_scopes', 'Scopes this node listens to', gauges.scopes)
    gauge('lectern_realtime_strange_total', 'Inbound events that are no calls', () => this.strange)
    gauge('lectern_realtime_lagged_total', 'Times a slow client left live delivery', () => this.lagged)
  }

  packet(scope: string, frames: number, members: number): void {
    this.packets++
    this.frames += frames
    this.deliveries += frames * members
    const kind = kindOf(scope)
    let counters = this.#byKind.get(kind)
    if (!counters) {
      counters = { frames: this.#frames.labels(kind), deliveries: this.#deliveries.labels(kind) }
      this.#byKind.set(kind, counters)
    }
    counters.frames.inc(frames)
    counters.deliveries.inc(frames * members)
  }

  gapFilled(scope: string): void {
    this.gapsFilled++
    this.#gaps.labels(kindOf(scope)).inc()
  }

  resumed(scope: string, mode: 'events' | 'snapshot'): void {
    if (mode === 'events') this.resumes++
    else this.snapshots++
    this.#resumes.labels(kindOf(scope), mode).inc()
  }
}

const kindOf = (scope: string) => scope.slice(0, scope.indexOf(':'))
