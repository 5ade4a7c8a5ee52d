// What the document server counts: tests and benchmarks gate on these numbers. No label is ever an id.
import { Gauge, type Registry } from 'prom-client'

export class DocumentCounts {
  /** Messages of clients that carried an update, and those of them that changed nothing because of a missing right. */
  updates = 0
  refused = 0
  /** Frames of updates handed to connections, and the writes they went out in. */
  frames = 0
  writes = 0
  awarenessFrames = 0
  /** Documents read from the database, gaps filled from it, snapshots made. */
  loads = 0
  fills = 0
  compactions = 0
  /** Groups of updates committed, and updates in them. */
  groups = 0
  committed = 0
  /** Connections closed for what they sent. */
  malformed = 0
  lagged = 0

  constructor(registry: Registry, now: { connections: () => number; documents: () => number; unsaved: () => number }) {
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name: `lectern_documents_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    gauge('connections', 'Open connections to documents', now.connections)
    gauge('open', 'Documents in memory', now.documents)
    gauge('unsaved', 'Updates that wait for their commit', now.unsaved)
    gauge('updates_total', 'Updates received', () => this.updates)
    gauge('refused_total', 'Updates of people who may not write', () => this.refused)
    gauge('frames_total', 'Update frames handed to connections', () => this.frames)
    gauge('writes_total', 'Writes to connections', () => this.writes)
    gauge('committed_total', 'Updates committed', () => this.committed)
    gauge('groups_total', 'Groups of updates committed', () => this.groups)
    gauge('fills_total', 'Gaps filled from the database', () => this.fills)
    gauge('compactions_total', 'Snapshots made', () => this.compactions)
    gauge('malformed_total', 'Connections closed for what they sent', () => this.malformed)
    gauge('lagged_total', 'Times a slow client left live delivery', () => this.lagged)
  }
}
