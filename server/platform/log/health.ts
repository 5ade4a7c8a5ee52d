// How this node is, read from what it counts anyway. It must never wait for anything that may be down.
import type { Metrics } from './metrics.ts'

export interface Health {
  readonly build: string
  /** Open sockets. */
  readonly sockets: number
  /** Calls that ended in a fault of ours since the node started. */
  readonly faults: number
  readonly redis: 'up' | 'down' | 'none'
}

interface Sample {
  readonly value: number
  readonly labels: Readonly<Partial<Record<string, string | number>>>
  readonly metricName?: string
}

/** Reads it. `redisStatus`: of the node's connection; undefined on a node without one. */
export async function readHealth(metrics: Metrics, build: string, redisStatus: string | undefined): Promise<Health> {
  const sockets = await metrics.registry.getSingleMetric('lectern_realtime_sockets')?.get()
  const calls: readonly Sample[] = (await metrics.calls.get()).values
  const faults = calls.filter(one => one.metricName === 'lectern_call_seconds_count' && one.labels.outcome === 'fault')
  return {
    build,
    sockets: sockets?.values[0]?.value ?? 0,
    faults: faults.reduce((sum, one) => sum + one.value, 0),
    redis: redisStatus === undefined ? 'none' : redisStatus === 'ready' ? 'up' : 'down',
  }
}
