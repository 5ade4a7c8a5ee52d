// Writes what a node says of itself: how it is and who is in which class on it. A node that stops takes its rows with it;
// those of one that died are taken by the others.
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { NodeRow } from './tables.ts'

/** The people of one class on this node. */
export interface RoomSlice {
  readonly runId: string
  readonly here: readonly string[]
  readonly reconnecting: readonly string[]
}

/** Dead for this long, a node's rows are taken away, in milliseconds. */
const forgottenMs = 60_000

/** Says how the node is. True when the row was not there: then nothing else of it is either. */
export async function keepNode(ctx: WriteCtx, node: Omit<NodeRow, 'seenAt'>): Promise<boolean> {
  const [row] = await ctx.sql<{ fresh: boolean }>(
    `insert into nodes (id, name, build, started_at, seen_at, sockets, lag_ms, memory_mb, faults, database_ms, redis)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set seen_at = excluded.seen_at, sockets = excluded.sockets, lag_ms = excluded.lag_ms,
       memory_mb = excluded.memory_mb, faults = excluded.faults, database_ms = excluded.database_ms,
       redis = excluded.redis
     returning xmax::text = '0' as fresh`,
    [
      node.id,
      node.name,
      node.build,
      node.startedAt,
      ctx.now,
      node.sockets,
      node.lagMs,
      node.memoryMb,
      node.faults,
      node.databaseMs,
      node.redis,
    ],
  )
  if (row?.fresh) await ctx.sql('delete from nodes where seen_at < $1', [new Date(ctx.now.getTime() - forgottenMs)])
  return row?.fresh ?? true
}

/** Replaces what is said of these classes; one in which nobody is left is taken away. */
export async function keepRooms(ctx: WriteCtx, nodeId: string, rooms: readonly RoomSlice[]): Promise<void> {
  for (const { runId, here, reconnecting } of rooms) {
    if (here.length + reconnecting.length === 0)
      await ctx.sql('delete from node_rooms where node_id = $1 and run_id = $2', [nodeId, runId])
    else
      await ctx.sql(
        `insert into node_rooms (node_id, run_id, here, reconnecting) values ($1, $2, $3::uuid[], $4::uuid[])
         on conflict (node_id, run_id) do update set here = excluded.here, reconnecting = excluded.reconnecting`,
        [nodeId, runId, [...here], [...reconnecting]],
      )
  }
}

/** The node stops. */
export async function forgetNode(ctx: WriteCtx, nodeId: string): Promise<void> {
  await ctx.sql('delete from nodes where id = $1', [nodeId])
}
