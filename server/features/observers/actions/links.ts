// Links observers to learners and ends it: by administrators, or by a code that a learner gave away. Never without an entry
// in the audit log, and both are told.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import {
  mostObserved,
  mostObservers,
  type ObservationId,
  type Observed,
  type ObserverKind,
  type ObserverRules,
} from '#protocol/observers.ts'
import { accountProof, bumpUsers, findByEmail } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { countLinks, findLink, readParty, readRules, rulesKey } from '../queries/links.ts'
import { holds, mayEnd, mayObserve, mayRestore } from '../rules.ts'
import { observations } from '../tables.ts'

const record = (ctx: WriteCtx, verb: string, learnerId: AccountId, details: object) =>
  audit.record(ctx, { verb: `observers.${verb}`, subject: { kind: 'account', id: learnerId }, details: { ...details } })

interface Wanted {
  readonly observerId: AccountId
  readonly learnerId: AccountId
  readonly kind: ObserverKind
  readonly until: Date | null
}

/** The link as the observer sees it. */
async function told(ctx: WriteCtx, observerId: AccountId, learnerId: AccountId): Promise<Observed> {
  const link = await findLink(ctx, observerId, learnerId)
  if (!link) throw new Problem('not-found')
  return link.observed
}

// One at a time for a learner, so that the counts and the one link hold.
const lockLearner = (ctx: WriteCtx, learnerId: AccountId) =>
  ctx.sql('select from accounts where id = $1 for no key update', [learnerId])

/**
 * Links somebody to a learner, as the caller says. Throws `not-found`, `not-observable`, `observed-already`,
 * `too-many`. Whose time was set and is over is linked anew.
 */
export async function link(ctx: WriteCtx, { observerId, learnerId, kind, until }: Wanted): Promise<Observed> {
  const madeBy = accountOf(ctx.who)
  await lockLearner(ctx, learnerId)
  demand(mayObserve(await readParty(ctx, observerId), await readParty(ctx, learnerId)), 'not-observable')
  const before = await observations.findOne({ where: { observerId, learnerId, endedAt: null }, lock: true })
  demand(before === null || !holds(before, ctx.now), 'observed-already')
  await before?.update({ endedAt: before.until ?? ctx.now, version: before.version + 1 })
  const { observers, observed } = await countLinks(ctx, observerId, learnerId)
  demand(observers < mostObservers, 'too-many', { params: { most: mostObservers } })
  demand(observed < mostObserved, 'too-many', { params: { most: mostObserved } })
  const id = newId<'Observation'>()
  await observations.create({
    ...{ id, observerId, learnerId, kind, madeBy, until },
    ...{ at: ctx.now, endedAt: null, endedBy: null, version: 0 },
  })
  await record(ctx, 'linked', learnerId, { observer: observerId, kind, until: until?.toISOString() })
  await tellBoth(ctx, { observerId, learnerId })
  return told(ctx, observerId, learnerId)
}

/**
 * The same for somebody known by their e-mail. Throws what `link` throws, `no-account`, and `malformed` for an end that
 * has passed.
 */
export async function linkByEmail(
  ctx: WriteCtx,
  { email, until, ...wanted }: Omit<Wanted, 'observerId'> & { readonly email: string },
): Promise<{ observed: Observed; observerId: AccountId }> {
  demand(until === null || until > ctx.now, 'malformed', { errors: [{ path: 'until', code: 'past' }] })
  const found = await findByEmail(ctx, email)
  if (found?.kind !== 'member' || found.erasedAt !== null)
    throw new Problem('no-account', { errors: [{ path: 'email', code: 'no_account' }] })
  return { observed: await link(ctx, { ...wanted, until, observerId: found.id }), observerId: found.id }
}

interface Pair {
  readonly observerId: AccountId
  readonly learnerId: AccountId
}

// Each on their own page: whom one observes, and who observes one.
const tellBoth = (ctx: WriteCtx, { observerId, learnerId }: Pair) => bumpUsers(ctx, [observerId, learnerId], 'observed')

async function locked(id: ObservationId) {
  const row = await observations.findByPk(id, { lock: true })
  if (!row) throw new Problem('not-found')
  return row
}

/**
 * Ends it at once, also while the page is open. Throws `not-found` for whom it does not concern, `not-allowed` for learners
 * where the school keeps it. What is over stays so.
 */
export async function endObservation(ctx: WriteCtx, id: ObservationId, administers: boolean): Promise<void> {
  const who = accountOf(ctx.who)
  const row = await locked(id)
  demand(administers || who === row.observerId || who === row.learnerId, 'not-found')
  demand(mayEnd(row, { who, administers, rules: await readRules(ctx) }))
  if (!holds(row, ctx.now)) return
  await row.update({ endedAt: ctx.now, endedBy: who, version: row.version + 1 })
  await record(ctx, 'ended', row.learnerId, { observer: row.observerId })
  await tellBoth(ctx, row)
}

/**
 * Takes an end back. Throws `not-observable`, `observed-already`, `not-found` for whoever did not end it,
 * `observing-over` once that is too long ago.
 */
export async function restoreObservation(ctx: WriteCtx, id: ObservationId): Promise<void> {
  const who = accountOf(ctx.who)
  const row = await locked(id)
  const { observerId, learnerId } = row
  if (holds(row, ctx.now) && (who === observerId || who === learnerId)) return
  demand(row.endedBy === who, 'not-found')
  demand(mayRestore(row, who, ctx.now), 'observing-over')
  await lockLearner(ctx, learnerId)
  demand(mayObserve(await readParty(ctx, observerId), await readParty(ctx, learnerId)), 'not-observable')
  demand((await observations.count({ where: { observerId, learnerId, endedAt: null } })) === 0, 'observed-already')
  await row.update({ endedAt: null, endedBy: null, version: row.version + 1 })
  await record(ctx, 'restored', learnerId, { observer: observerId })
  await tellBoth(ctx, row)
}

/** Says what learners may do about their observers themselves. */
export async function changeRules(ctx: WriteCtx, rules: ObserverRules): Promise<void> {
  const before = await readRules(ctx)
  await accountProof.setSetting(ctx, rulesKey, rules)
  await audit.record(ctx, {
    verb: 'observers.rules-changed',
    subject: { kind: 'site', id: 'site' },
    details: { before, after: rules },
  })
}
