// People and enrolments read in for the whole school. It owns the lists and what became of their rows; accounts and
// enrolments are made by calling down.
import { siteImportRoutes } from '#protocol/imports.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { dropUnused } from './actions/prepare.ts'
import { runJob, undoJob } from './actions/run.ts'
import { httpHandlers } from './http.ts'
import { imports } from './tables.ts'

export const importsFeature: Feature = {
  name: 'imports',
  bindings: bind(siteImportRoutes, httpHandlers),
  jobs: [runJob, undoJob],
  tickers: [{ name: 'imports.drop', everyMs: 3_600_000, run: dropUnused }],
  account: {
    columns: ['imports.author', 'import_rows.account_id'],
    export: async (ctx, accountId) => ({
      imports: await imports.findAll({ where: { author: accountId }, raw: true }),
      importedFrom: await ctx.sql('select sort, line, name, email, course from import_rows where account_id = $1', [
        accountId,
      ]),
    }),
    erase: async (ctx, accountId) => {
      await ctx.sql("update import_rows set name = '', email = '' where account_id = $1", [accountId])
    },
    merge: async (ctx, from, into) => {
      await imports.update({ author: into }, { where: { author: from } })
      await ctx.sql('update import_rows set account_id = $2 where account_id = $1', [from, into])
    },
  },
}
