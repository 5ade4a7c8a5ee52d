// The connections of the queue. pg-boss 10 marks a job as done or failed without waiting for the answer, and an error there
// would end the process: what meets a lost database is asked again until there is one.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type PgBoss from 'pg-boss'
import { lostDatabase } from '../db/lost.ts'
import { parseDatabaseUrl } from '../db/sequelize.ts'
import type { Logger } from '../log/log.ts'

export interface QueueStore extends PgBoss.Db {
  close(): Promise<void>
}

const longestPauseMs = 2_000

/** Two connections of the queue's own. Once it closes, what finds no database is told nothing, as pg-boss's own does. */
export function openQueueStore(databaseUrl: string, log?: Logger): QueueStore {
  const pool = new pg.Pool({ ...parseDatabaseUrl(databaseUrl), max: 2, application_name: 'lectern-jobs' })
  // One lost while idle is replaced by the pool.
  pool.on('error', () => undefined)
  let closed = false
  return {
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
