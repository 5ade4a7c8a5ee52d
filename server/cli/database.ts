// The database a command works on: the one DATABASE_URL names, the embedded one a running server has open,
// or the embedded one started for this command alone. A command must never stop a server that is not its own.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, readConfig } from '#server/platform/config.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { type Embedded, findEmbedded, startEmbedded } from '#server/platform/postgres/embedded.ts'

/** The secret key of the embedded mode: made once, kept below `.lectern`, readable by its owner alone. */
export function keptSecretKey(dataDir: string): string {
  const file = join(dataDir, 'secret-key')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(file)) {
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/** The settings with the embedded mode's address and key filled in. */
export const withEmbedded = (config: Config, databaseUrl: string): Config => ({
  ...config,
  databaseUrl,
  secretKey: config.secretKey === '' ? keptSecretKey(config.dataDir) : config.secretKey,
})

/** Starts the embedded database as this process's own; the caller stops it. */
export async function ownEmbedded(
  config: Config,
  say: (line: string) => void,
): Promise<{ config: Config; embedded: Embedded }> {
  const embedded = await startEmbedded({ dataDir: config.dataDir, say })
  return { config: withEmbedded(config, embedded.url), embedded }
}

/**
 * Runs `work` with complete settings on a migrated database and gives the database back afterwards. Beside a
 * running server nothing is migrated or stopped.
 */
export async function withDatabase<T>(work: (config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  if (!config.embedded) {
    await migrate(config.databaseUrl)
    return work(config)
  }
  const running = await findEmbedded(config.dataDir)
  if (running !== null) return work(withEmbedded(config, running))
  const { config: complete, embedded } = await ownEmbedded(config, line => console.error(line))
  try {
    await migrate(complete.databaseUrl)
    return await work(complete)
  } finally {
    await embedded.stop()
  }
}
