// Webhooks: tells servers elsewhere what happened here, signed, at least once, and keeps what it told for a month. It only
// listens and calls; nothing of it is asked by others but that what is too old goes.
import { eventTypes, exampleOf, payloadOf } from '#protocol/webhooks/events.ts'
import { webhookRoutes, webhooksId, webhooksScope } from '#protocol/webhooks.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { gradesJob, lookAgain } from './actions/grades.ts'
import { startSending } from './actions/sending.ts'
import { demandKeeper, httpHandlers } from './http.ts'
import { listeners } from './listeners.ts'

export { dropMessages } from './actions/replay.ts'

export const webhooksFeature: Feature = {
  name: 'webhooks',
  neverPreviewed: true,
  bindings: bind(webhookRoutes, httpHandlers),
  scopes: [
    bindScope(webhooksScope, {
      admit: demandKeeper,
      entry: { noneKept: 'its events are marks, which say nothing by themselves' },
      snapshot: async () => ({}),
      idForm: new RegExp(`^${webhooksId}$`),
    }),
  ],
  jobs: [gradesJob],
  tickers: [{ name: 'webhooks.grades', everyMs: 600_000, run: lookAgain }],
  listeners,
  account: accountHooks,
  told: eventTypes.map(type => ({ type, body: payloadOf(type), example: exampleOf(type) })),
  start: async node => startSending(node),
}
