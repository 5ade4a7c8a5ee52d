// The overview: all that is live now, for those who manage the site and for hosts of their own, and how the nodes are. It
// owns what nodes say of themselves; every other figure is read from the record.
import { overviewId, overviewRoutes, overviewScope } from '#protocol/overview.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'
import { overviewNow } from './queries/picture.ts'
import { startOverview, watchers } from './socket.ts'

export const overviewFeature: Feature = {
  name: 'overview',
  neverPreviewed: true,
  bindings: bind(overviewRoutes, httpHandlers),
  scopes: [
    bindScope(overviewScope, {
      admit: ctx => demandMay(ctx, 'site.manage', site),
      entry: { noneKept: 'nothing durable is announced here' },
      snapshot: overviewNow,
      idForm: new RegExp(`^${overviewId}$`),
      ...watchers.hooks,
    }),
  ],
  start: async node => startOverview(node),
}
