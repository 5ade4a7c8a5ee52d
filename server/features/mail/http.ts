// The doors of mail, for those who manage the site.
import type { mailRoutes } from '#protocol/mail.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { mailer } from '#server/platform/mail/mailer.ts'
import { prepareTest } from './actions.ts'
import { countMails, listTroubles } from './queries.ts'

export const httpHandlers: Handlers<typeof mailRoutes> = {
  get: async ctx => {
    await demandMay(ctx, 'site.manage', site)
    const out = mailer()
    return {
      server: out?.server ?? null,
      from: out?.from.address ?? null,
      ...(await countMails(ctx)),
      troubles: await listTroubles(ctx),
    }
  },
  test: {
    prepare: async ctx => {
      await demandMay(ctx, 'site.manage', site)
      return prepareTest(ctx)
    },
  },
}
