// The connections of the queue. pg-boss 10 marks a job as done or failed without waiting for the answer, and an error there
// would end the process: what meets a lost database is asked again until there is one.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type PgBoss from 'pg-boss'
import { lostDatabase } from '../db/lost.ts'
import { parseDatabaseUrl } from '../db/sequelize.ts'
import type { Logger } from '../log/log.ts'

export interface QueueStore extends PgBoss.Db {
  /** Names of the queues in which something is to be done now; none while there is no answer, or the last is still awaited. */
  due(): Promise<readonly string[]>
  close(): Promise<void>
}

const longestPauseMs = 2_000

// Each queue is a partition with an index of what is not begun: prepared, this is planned once a connection.
const due = {
  name: 'queues-due',
  text: "select distinct name from pgboss.job where state < 'active' and start_after < now()",
}

/** Two connections of the queue's own. Once it closes, what finds no database is told nothing, as pg-boss's own does. */
export function openQueueStore(databaseUrl: string, log?: Logger): QueueStore {
  const pool = new pg.Pool({ ...parseDatabaseUrl(databaseUrl), max: 2, application_name: 'lectern-jobs' })
  // One lost while idle is replaced by the pool.
  pool.on('error', () => undefined)
  let closed = false
  let asking = false
  return {
    async due() {
      if (closed || asking) return []
      asking = true
      try {
        const { rows } = await pool.query<{ name: string }>(due)
        return rows.map(row => row.name)
      } catch (error) {
        if (!closed) log?.warn({ err: error }, 'the queues could not be looked at')
        return []
      } finally {
        asking = false
      }
    },
    async executeSql(text, values) {
      for (let tries = 1; !closed; tries++) {
        try {
          return await pool.query(text, values)
        } catch (error) {
          if (closed) break
          if (!lostDatabase(error)) throw error
          log?.warn({ err: error }, 'the queue waits for the database')
          await pause(Math.min(100 * tries, longestPauseMs))
        }
      }
      // What pg-boss's own connections answer once they are closed.
      return undefined as never
    },
    async close() {
      closed = true
      await pool.end()
    },
  }
}
