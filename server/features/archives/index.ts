// Archives: one course as one file, to take away and to bring in. What is in it is said by each feature's part of a course
// (courses/actions/parts.ts); here it is only packed, unpacked and looked at with suspicion.
import { archiveRoutes, courseExportsScope, courseImportsScope } from '#protocol/archives.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { entitledSince } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { dropExportBytes, dropOldExports, exportJob } from './actions/export.ts'
import { dropBytes, lookJob } from './actions/import.ts'
import { dropOldImports, makeJob } from './actions/make.ts'
import { demandTakeAway, httpHandlers } from './http.ts'
import { courseExportsState, courseImportsState } from './queries/archives.ts'

export const archivesFeature: Feature = {
  name: 'archives',
  bindings: bind(archiveRoutes, httpHandlers),
  scopes: [
    bindScope(courseExportsScope, {
      admit: (ctx, id) => demandTakeAway(ctx, id as CourseId),
      entry: (ctx, id) => entitledSince(ctx, 'content.change', courseContext(id)),
      snapshot: courseExportsState,
    }),
    bindScope(courseImportsScope, {
      admit: async (ctx, id) => {
        demand(accountOf(ctx.who) === id, 'not-found')
      },
      entry: { noneKept: 'it is about one person, who is in it from their first day' },
      snapshot: courseImportsState,
    }),
  ],
  jobs: [exportJob, dropExportBytes, lookJob, makeJob, dropBytes],
  tickers: [
    { name: 'archives.exports', everyMs: 600_000, run: dropOldExports },
    { name: 'archives.imports', everyMs: 600_000, run: dropOldImports },
  ],
  account: accountHooks,
}
