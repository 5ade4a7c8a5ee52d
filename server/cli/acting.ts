// Runs one action for a command, beside any running node: what it announces is in the log, and nodes find changed
// rights and events there within seconds.
import { randomUUID } from 'node:crypto'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { type Outside, transact } from '#server/platform/db/transact.ts'
import { createLog } from '#server/platform/log/log.ts'
import { noBlobs } from '#server/platform/storage/blobs.ts'
import { withDatabase } from './database.ts'

const silent: Outside = {
  publish: () => undefined,
  rightsChanged: () => undefined,
  enqueue: async () => {
    throw new Error('A command cannot enqueue jobs')
  },
  enqueued: () => undefined,
}

/** A context of nobody, on the connected database, that trusts its caller: a command line is the owner's own. */
export const commandCtx = (): Ctx => ({
  who: { kind: 'nobody' },
  now: new Date(),
  requestId: randomUUID(),
  address: '',
  local: true,
  log: createLog('warn'),
  sql,
  session: null,
  blobs: noBlobs,
  players: new Map(),
  emit: () => undefined,
})

/** Runs `action` in one transaction on the connected database. Throws what it threw. */
export const actOn = <T>(action: (ctx: WriteCtx) => Promise<T>): Promise<T> => transact(commandCtx(), silent, action)

/** Runs `action` in one transaction on the database the settings name. Throws what it threw. */
export const actOnDatabase = <T>(action: (ctx: WriteCtx) => Promise<T>): Promise<T> =>
  withDatabase(async config => {
    connectDatabase(config.databaseUrl)
    try {
      return await actOn(action)
    } finally {
      await closeDatabase()
    }
  })
