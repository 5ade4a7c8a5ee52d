// Before a node serves: does the database have room for its connections? A node that starts into a full database would
// fail later, one request at a time, where nobody understands why.
import type { Sql } from '../ctx.ts'
import { connectionsPerNode } from './sequelize.ts'

/** Thrown at start when the database can never serve a node; the message says what to change. */
export class CapacityError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CapacityError'
  }
}

/**
 * Compares what one node may open with what the server allows this database and role. Answers a warning when others
 * hold so many that a full node would not fit beside them. Throws CapacityError when it would not fit alone.
 */
export async function checkCapacity(query: Sql): Promise<string | undefined> {
  const [row] = await query<{ most: number; limit: number; used: number }>(
    `select s.most, s.used::int as used,
       case when r.rolsuper then s.most
         else least(s.most, nullif(d.datconnlimit, -1), nullif(r.rolconnlimit, -1)) end as "limit"
     from pg_database d, pg_roles r, (
       select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most,
         (select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()) as used
     ) s
     where d.datname = current_database() and r.rolname = current_user`,
  )
  if (!row) return undefined
  const { most, limit, used } = row
  if (limit < connectionsPerNode) {
    throw new CapacityError(
      `The database lets us open ${limit} connections and a node needs up to ${connectionsPerNode}. ` +
        'Raise max_connections of the server, or the connection limit of the database or its role.',
    )
  }
  if (most - used < connectionsPerNode) {
    return (
      `The database server allows ${most} connections and ${used} are in use; this node may need ` +
      `${connectionsPerNode}. Raise max_connections to ${connectionsPerNode} for each node and 10 to spare.`
    )
  }
  return undefined
}
