// The doors of consent: everybody reads and agrees, administrators publish and see who has not. Decides nothing else.
import type { consentRoutes } from '#protocol/consent.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { getAccount, readersTexts } from '#server/features/accounts/index.ts'
import { guardedBy } from '#server/features/observers/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { agree, agreeFor } from './actions/agree.ts'
import { changeMinors, publish } from './actions/texts.ts'
import { countMissing, findLatest, listAgreements, listMissing, notAgreed, readAsking } from './queries.ts'
import { standingOf, wordedFor } from './rules.ts'

const demandKeeps = (ctx: Ctx) => demandMay(ctx, 'account.manage', site)

async function missingAsCsv(ctx: Ctx): Promise<string> {
  const { people, consent } = await readersTexts(ctx)
  const { asked } = await readAsking(ctx)
  const lines: string[][] = [[people.name, people.email, people.minor]]
  let after: string | undefined
  do {
    const page = await listMissing(ctx, asked, { after, limit: 200 })
    for (const { name, email, minor } of page.items) lines.push([name, email ?? '', minor ? consent.yes : ''])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

export const httpHandlers: Handlers<typeof consentRoutes> = {
  mine: async ctx => {
    const account = await getAccount(accountOf(ctx.who))
    const latest = await findLatest()
    const { asked } = await readAsking(ctx)
    const worded = latest && wordedFor(latest.texts, account.locale)
    return {
      text: worded
        ? { ...worded, version: latest.version, publishedAt: new Date(latest.publishedAt).toISOString() }
        : null,
      state: account.kind === 'guest' ? 'agreed' : standingOf(account, asked),
      agreements: await listAgreements(ctx, account.id),
      minors: await notAgreed(ctx, await guardedBy(ctx, account.id), asked),
    }
  },
  agree: async (ctx, { version }) => {
    await agree(ctx, version)
    return {}
  },
  agreeFor: async (ctx, { accountId, version }) => {
    await agreeFor(ctx, accountId, version)
    return {}
  },
  get: async ctx => {
    await demandKeeps(ctx)
    const latest = await findLatest()
    const asking = await readAsking(ctx)
    return {
      version: latest?.version ?? 0,
      texts: latest?.texts ?? [],
      publishedAt: latest ? new Date(latest.publishedAt).toISOString() : null,
      ...asking,
      missing: await countMissing(ctx, asking.asked),
    }
  },
  publish: async (ctx, input) => {
    await demandKeeps(ctx)
    return { version: await publish(ctx, input) }
  },
  changeMinors: async (ctx, { minors }) => {
    await demandKeeps(ctx)
    await changeMinors(ctx, minors)
    return {}
  },
  missing: async (ctx, page) => {
    await demandKeeps(ctx)
    return listMissing(ctx, (await readAsking(ctx)).asked, page)
  },
  missingCsv: async ctx => {
    await demandKeeps(ctx)
    return new FileAnswer('not-agreed.csv', 'text/csv; charset=utf-8', await missingAsCsv(ctx))
  },
}
