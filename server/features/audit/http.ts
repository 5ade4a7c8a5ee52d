// The doors of the trail: for administrators alone.
import { type auditRoutes, mostBreaks } from '#protocol/audit.ts'
import { demand } from '#protocol/base/problems.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { everyEntry, listEntries } from './queries/list.ts'
import { verify } from './queries/verify.ts'
import { auditCsv, mayReadTrail } from './rules.ts'

export const httpHandlers: Handlers<typeof auditRoutes> = {
  list: async (ctx, input) => {
    demand(mayReadTrail(ctx.who))
    return listEntries(ctx, { ...input, inside: 'everything' })
  },
  csv: async (ctx, filter) => {
    demand(mayReadTrail(ctx.who))
    return new FileAnswer('audit.csv', 'text/csv; charset=utf-8', auditCsv(await everyEntry(ctx, filter)))
  },
  verify: async ctx => {
    demand(mayReadTrail(ctx.who))
    const { sealed, waiting, breaks } = await verify(ctx)
    return { sealed, waiting, breaks: breaks.slice(0, mostBreaks) }
  },
}
