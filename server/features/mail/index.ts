// Mail: shows administrators how outgoing mail does and lets them try it. The mails themselves are written by the features
// that have something to say, and go their way in platform/mail.
import { mailRoutes } from '#protocol/mail.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { dropLettersOf, forgetMails, sendJob } from '#server/platform/mail/outbox.ts'
import { httpHandlers } from './http.ts'
import { mailsOf } from './queries.ts'

export const mailFeature: Feature = {
  name: 'mail',
  bindings: bind(mailRoutes, httpHandlers),
  jobs: [sendJob],
  tickers: [forgetMails],
  account: {
    columns: ['mails.account_id'],
    export: async (ctx, accountId) => ({ mails: await mailsOf(ctx, accountId) }),
    erase: dropLettersOf,
    merge: async (ctx, from) => dropLettersOf(ctx, from),
  },
}
