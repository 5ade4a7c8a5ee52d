// `lectern migrate`: brings the database to the current schema. Two may run at once.

import { readConfig } from '#server/platform/config.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { findEmbedded } from '#server/platform/postgres/embedded.ts'
import type { Command } from './command.ts'
import { ownEmbedded } from './database.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database to the current schema',
  help: `Usage: lectern migrate

Runs the migrations that have not run yet, each in a transaction, under a lock: nodes that
start at the same time wait for each other. \`lectern serve\` does it by itself.`,
  async run() {
    const config = readConfig(process.env)
    const running = config.embedded ? await findEmbedded(config.dataDir) : config.databaseUrl
    if (running !== null) return report(await migrate(running))
    const { config: complete, embedded } = await ownEmbedded(config, line => console.error(line))
    try {
      return report(await migrate(complete.databaseUrl))
    } finally {
      await embedded.stop()
    }
  },
}

const report = (ran: readonly string[]): number => {
  for (const name of ran) console.log(`Ran ${name}`)
  if (ran.length === 0) console.log('The schema is up to date')
  return 0
}
