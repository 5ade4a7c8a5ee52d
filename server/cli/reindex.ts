// `lectern reindex`: writes what things are found by anew, beside a running server.
import { checkEverything } from '#server/features/accessibility/index.ts'
import { readOlder } from '#server/features/files/index.ts'
import { rebuildSearch } from '#server/features/search/index.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { diskBlobs } from '#server/platform/storage/blobs.ts'
import { actOn, commandCtx } from './acting.ts'
import type { Command } from './command.ts'
import { withDatabase } from './database.ts'

export const reindexCommand: Command = {
  name: 'reindex',
  summary: 'write what the search finds things by anew',
  help: `Usage: lectern reindex

The database keeps the words of the search by itself, in the same transaction as the things. This writes them
anew: after a copy that was put together by hand, or a PostgreSQL with other stemmers. It also reads the words of
files that were brought before their words were read (text, PDF, office documents), and looks over what keeps people
from pages and files. It runs beside a server,
in small steps: a message that is sent meanwhile waits a moment at most. To stop it is harmless.`,
  run: () =>
    withDatabase(async config => {
      connectDatabase(config.databaseUrl)
      try {
        await rebuildSearch(sql, work => actOn(ctx => work(ctx.sql)), say)
        const blobs = diskBlobs(config.storageUrl)
        await readOlder({ ...commandCtx(), blobs }, actOn, done => console.log(`words read of ${done} files`))
        await checkEverything(actOn)
        console.log('Everything is found by what it says now.')
      } finally {
        await closeDatabase()
      }
      return 0
    }),
}

const say = ({ source, done, of }: { source: string; done: number; of: number }): void =>
  console.log(`${source.padEnd(10)} ${done} of ${of}, ${Math.floor((100 * done) / of)} %`)
