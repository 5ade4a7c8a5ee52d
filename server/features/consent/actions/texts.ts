// Publishes the next version of the school's text, and says what minors do meanwhile. A version never changes.
import type { DoneTo } from '#protocol/audit/verbs.ts'
import type { Input } from '#protocol/base/call.ts'
import { demand } from '#protocol/base/problems.ts'
import type { consentRoutes, MinorsMeanwhile } from '#protocol/consent.ts'
import { accountProof, consentKey } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { findLatest, readAsking } from '../queries.ts'
import { consentTexts } from '../tables.ts'

const record = (ctx: WriteCtx, verb: DoneTo<'consent'>, details: Record<string, unknown>) =>
  audit.record(ctx, { verb: `consent.${verb}`, subject: { kind: 'site', id: 'site' }, details })

/** Answers its number. Throws `conflict` when somebody was faster, `malformed` for a language that stands there twice. */
export async function publish(ctx: WriteCtx, input: Input<typeof consentRoutes.publish>): Promise<number> {
  const languages = input.texts.map(one => one.language)
  demand(new Set(languages).size === languages.length, 'malformed', { errors: [{ path: 'texts', code: 'twice' }] })
  // One at a time: the number is the next.
  await ctx.sql('lock table consent_texts in share row exclusive mode')
  const latest = (await findLatest())?.version ?? 0
  demand(latest === input.version, 'conflict', { params: { current: latest } })
  const version = latest + 1
  const asks = latest === 0 ? 'again' : input.asks
  const { asked } = await readAsking(ctx)
  await consentTexts.create({
    ...{ version, texts: [...input.texts], asks },
    ...{ publishedBy: accountOf(ctx.who), publishedAt: ctx.now },
  })
  await accountProof.setSetting(ctx, consentKey, { asked: asks === 'again' ? version : asked, minors: input.minors })
  await record(ctx, 'published', { version, asks, minors: input.minors })
  ctx.rightsChanged('site')
  return version
}

/** What minors do until a guardian agreed. */
export async function changeMinors(ctx: WriteCtx, minors: MinorsMeanwhile): Promise<void> {
  const before = await readAsking(ctx)
  await accountProof.setSetting(ctx, consentKey, { ...before, minors })
  await record(ctx, 'minors-changed', { before: before.minors, after: minors })
  ctx.rightsChanged('site')
}
