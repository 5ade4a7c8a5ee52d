// Previews: a course as one of its learners, or as whoever holds a role in it, would see it; and Lectern as a person sees
// it. Decided here, on the server; never more than whoever looks may see, and nothing done in one is kept.
import { Problem } from '#protocol/base/problems.ts'
import { previewRoutes } from '#protocol/preview.ts'
import type { Preview } from '#server/platform/call/dispatcher.ts'
import { bind, type Feature, type ScopeBinding } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { readAsSeen } from './actions/reading.ts'
import { httpHandlers } from './http.ts'
import { heardAsOneself, madeAsOneself } from './rules.ts'

export const previewFeature: Feature = {
  name: 'preview',
  bindings: bind(previewRoutes, httpHandlers),
  account: accountHooks,
}

/** What the dispatcher asks of previews; what a feature has that is `neverPreviewed` is refused. */
export function previewOf(features: readonly Feature[]): Preview {
  const never = new Set(
    features
      .filter(one => one.neverPreviewed)
      .flatMap(one => [...(one.bindings ?? []), ...(one.scopes ?? [])].map(({ spec }) => spec.name)),
  )
  return {
    asOneself: name => madeAsOneself.has(name),
    asSeen: (ctx, name, read) => {
      if (never.has(name)) throw new Problem('not-in-preview')
      return readAsSeen(ctx, name, read)
    },
  }
}

/** A scope as a preview hears it: whom it lets in is judged as of whoever is supposed, who came this moment. */
export function scopePreviewed(binding: ScopeBinding, { asSeen }: Preview): ScopeBinding {
  const { admit, entry, fleeting } = binding
  const { name } = binding.spec
  if (heardAsOneself.has(name)) return binding
  return {
    ...binding,
    admit: async (ctx, id) => (ctx.seenAs === undefined ? admit(ctx, id) : asSeen(ctx, name, seen => admit(seen, id))),
    entry:
      typeof entry === 'function' ? async (ctx, id) => (ctx.seenAs === undefined ? entry(ctx, id) : ctx.now) : entry,
    ...(fleeting && {
      fleeting: async (ctx, id) =>
        ctx.seenAs === undefined ? fleeting(ctx, id) : asSeen(ctx, name, seen => fleeting(seen, id)),
    }),
  }
}
