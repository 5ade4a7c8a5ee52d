// Conditions: when items and modules open and what opens them. It stands low, so that whatever shows a thing can ask
// whether it is open; later features register the kinds of conditions they know about, and what is done.
import { conditionRoutes, conditionsScope } from '#protocol/conditions.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import {
  courseContext,
  registerCourseDates,
  registerCoursePart,
  registerOutlineGuard,
  registerWindows,
} from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { releaseDates, setWindows } from './actions/dates.ts'
import { releasesPart } from './actions/part.ts'
import { demandNoCircle } from './actions/releases.ts'
import { httpHandlers } from './http.ts'
import { registerConditionKind } from './queries/kinds.ts'
import { profileConditions } from './queries/profile.ts'

export { changeRelease, tellReleases } from './actions/releases.ts'
export {
  type CompletionSource,
  type ConditionKind,
  registerCompletion,
  registerConditionKind,
} from './queries/kinds.ts'
export { hasReleases } from './queries/releases.ts'
export { demandOpen, demandSeen, shutFor, shutItems } from './queries/standing.ts'
export { releases } from './tables.ts'

registerConditionKind(profileConditions)
registerOutlineGuard(demandNoCircle)
registerCoursePart('conditions', releasesPart)
registerCourseDates('conditions', releaseDates)
registerWindows(setWindows)

export const conditionsFeature: Feature = {
  name: 'conditions',
  bindings: bind(conditionRoutes, httpHandlers),
  scopes: [
    bindScope(conditionsScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'course.view', courseContext(id)),
      snapshot: async () => ({}),
    }),
  ],
}
