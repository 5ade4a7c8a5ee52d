// Prometheus metrics of one node: counters the tests and the dashboards read. No label ever holds a person or an id.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** One registry a node, so that two nodes in one process count apart. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const calls = new Histogram({
    name: 'lectern_call_seconds',
    help: 'Time a call took, by name and outcome (ok, refused, fault)',
    labelNames: ['call', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  return { registry, calls, Counter, Gauge }
}

export type Metrics = ReturnType<typeof createMetrics>
