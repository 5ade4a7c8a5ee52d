// How each node is and who is in which class on it, as the node itself says every second or two. Worth nothing once it is
// old, so it is not written to the log of the database.
import type { Migration } from '#server/platform/db/migrate.ts'

export const nodesTables: Migration = {
  name: '0039-nodes',
  up: `
    CREATE UNLOGGED TABLE nodes (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      build text NOT NULL,
      started_at timestamptz NOT NULL,
      seen_at timestamptz NOT NULL,
      sockets integer NOT NULL,
      lag_ms real NOT NULL,
      memory_mb integer NOT NULL,
      faults integer NOT NULL,
      database_ms real NOT NULL,
      redis text NOT NULL CHECK (redis IN ('up', 'down', 'none'))
    ) WITH (fillfactor = 50);

    CREATE UNLOGGED TABLE node_rooms (
      node_id uuid NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
      run_id uuid NOT NULL,
      here uuid[] NOT NULL,
      reconnecting uuid[] NOT NULL,
      PRIMARY KEY (node_id, run_id)
    ) WITH (fillfactor = 50);
  `,
}
