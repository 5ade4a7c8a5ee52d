// Accessibility: what keeps people from the pages and files of courses, found by rules as they change, and owners asked to
// mend it. Findings follow from the record; nobody writes them by hand.
import { accessibilityRoutes, findingsScope } from '#protocol/accessibility.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { registerNotice } from '#server/features/notifications/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { sweep, sweepJob } from './actions/check.ts'
import { httpHandlers } from './http.ts'
import { listeners } from './listeners.ts'
import { aboutRequests } from './queries/requests.ts'
import { findingsState } from './queries/state.ts'

export { checkEverything } from './actions/check.ts'

registerNotice('findings', aboutRequests)

export const accessibilityFeature: Feature = {
  name: 'accessibility',
  bindings: bind(accessibilityRoutes, httpHandlers),
  scopes: [
    bindScope(findingsScope, {
      admit: (ctx, id) => demandMay(ctx, 'content.change', courseContext(id), 'reading'),
      entry: (ctx, id) => entitledSince(ctx, 'content.change', courseContext(id)),
      snapshot: findingsState,
    }),
  ],
  // What changed without an event: a course that was copied, files of before.
  jobs: [sweepJob],
  tickers: [{ name: 'accessibility.sweep', everyMs: 60_000, run: sweep }],
  listeners,
  account: accountHooks,
}
