// Packages: SCORM 1.2, SCORM 2004 and H5P, played in a course on an origin of their own, with an attempt for each learner that
// is kept as the package tells it and a column of the gradebook for what it comes to (docs/decisions/0023-packages.md, 0031-h5p.md).
import { packageCalls, packageRoutes, packageScope } from '#protocol/packages.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { courseContext, registerCoursePart, registerCourseReset } from '#server/features/courses/index.ts'
import { registerUploadKind } from '#server/features/files/index.ts'
import { registerMarked } from '#server/features/grades/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { archivesGone, packageUploads, sweepContents, uploadKind } from './actions/contents.ts'
import { packagesPart } from './actions/part.ts'
import { attemptsReset } from './actions/reset.ts'
import { dropTickets } from './actions/sittings.ts'
import { packagesContent } from './http/content.ts'
import { httpHandlers } from './http/packages.ts'
import { whyUnmarked } from './queries/attempts.ts'
import { courseOf, packageKind } from './queries/packages.ts'
import { socketHandlers } from './socket.ts'

export { handAttemptsOver } from './actions/account.ts'
export { courseOf as courseOfPackage } from './queries/packages.ts'
export { packageAttempts, packages } from './tables.ts'

registerCoursePart('packages', packagesPart)
registerCourseReset('packages', 'work', attemptsReset)
registerMarked(packageKind, { why: whyUnmarked })
registerUploadKind(uploadKind, packageUploads)

export const packagesFeature: Feature = {
  name: 'packages',
  bindings: [...bind(packageRoutes, httpHandlers), ...bind(packageCalls, socketHandlers)],
  scopes: [
    bindScope(packageScope, {
      admit: async (ctx, id) => demandMay(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      entry: async (ctx, id) => entitledSince(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      snapshot: async () => ({}),
    }),
  ],
  jobs: [archivesGone],
  tickers: [
    { name: 'packages.tickets', everyMs: 600_000, run: dropTickets },
    { name: 'packages.contents', everyMs: 3_600_000, run: sweepContents },
  ],
  account: accountHooks,
  content: packagesContent,
}
