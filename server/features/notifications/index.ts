// Notifications: tells each person what concerns them. It stands above everything that announces, hears it from the log
// and writes nobody else's tables.

import { demand } from '#protocol/base/problems.ts'
import { notificationRoutes, notificationsScope } from '#protocol/notifications.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { mailJob } from './actions/mail.ts'
import { forgetSources } from './actions/read.ts'
import { remindJob } from './actions/remind.ts'
import { remindOfAssignmentJob } from './actions/remind-of-assignments.ts'
import { tellJob } from './actions/tell.ts'
import { httpHandlers } from './http.ts'
import { listeners } from './listeners.ts'
import { unreadState } from './queries/list.ts'

export { mailJob } from './actions/mail.ts'
export { dropNotifications } from './actions/read.ts'
export { tellAll } from './actions/tell.ts'
export { type NoticeAbout, registerNotice } from './queries/registered.ts'
export { notificationStates, notifications } from './tables.ts'

export const notificationsFeature: Feature = {
  name: 'notifications',
  neverPreviewed: true,
  bindings: bind(notificationRoutes, httpHandlers),
  scopes: [
    bindScope(notificationsScope, {
      admit: async (ctx, id) => {
        demand(accountOf(ctx.who) === id, 'not-found')
      },
      entry: { noneKept: 'it is about one person, who is in it from their first day' },
      snapshot: unreadState,
    }),
  ],
  jobs: [tellJob, remindJob, remindOfAssignmentJob, mailJob],
  tickers: [{ name: 'notifications.forget', everyMs: 3_600_000, run: forgetSources }],
  listeners,
  account: accountHooks,
}
