// People and enrolments read in for the whole school. It owns the lists and what became of their rows; accounts and
// enrolments are made by calling down.
import { siteImportRoutes } from '#protocol/imports.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { dropUnused } from './actions/prepare.ts'
import { runJob } from './actions/run.ts'
import { undoJob } from './actions/undo.ts'
import { httpHandlers } from './http.ts'
import { importNames } from './queries/imports.ts'

registerAuditNaming('import', importNames)

export const importsFeature: Feature = {
  name: 'imports',
  bindings: bind(siteImportRoutes, httpHandlers),
  jobs: [runJob, undoJob],
  tickers: [{ name: 'imports.drop', everyMs: 3_600_000, run: dropUnused }],
  account: accountHooks,
}
