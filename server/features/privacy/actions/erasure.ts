// The end of an account: asked for, refused or decided, done as a job, and looked after until nothing is left. What is
// decided can not be taken back.

import * as z from 'zod/mini'
import type { DoneTo } from '#protocol/audit/verbs.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type ErasureId, erasureId, type OwnErasure, privacyScope } from '#protocol/privacy.ts'
import { isSameName } from '#protocol/same-name.ts'
import { accountProof, bumpUsers, eraseAccount, eraseLate, lockAccount } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { tellAll } from '#server/features/notifications/index.ts'
import { accountOf, type Ctx, demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { forgetAnswers } from '#server/platform/db/operations.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { formerAs, listAdministrators } from '../queries/erasures.ts'
import { findLeftovers } from '../queries/leftovers.ts'
import { ownErasureOf } from '../queries/own.ts'
import { listDeciding } from '../queries/today.ts'
import { wholeWords, withoutName } from '../rules/names.ts'
import { lookAfterMs, mostLooks } from '../rules/times.ts'
import { type ErasureRow, erasures, type Sought } from '../tables.ts'

const jobData = z.object({ erasureId })
const open = ['asked', 'running', 'proving'] as const

function announce(ctx: WriteCtx, accountId: AccountId, erasure: OwnErasure | null): void {
  ctx.announce(privacyScope, accountId, { kind: 'erasureChanged', body: { erasure } })
}

const record = (
  ctx: WriteCtx,
  verb: DoneTo<'erasure'>,
  { id }: Pick<ErasureRow, 'id'>,
  details: Record<string, unknown> = {},
) => audit.record(ctx, { verb: `erasure.${verb}`, subject: { kind: 'erasure', id }, details })

/** Tells everybody who decides that it is another list: Today says how many wait, and an open page reads it anew. */
const waitsAnew = async (ctx: WriteCtx): Promise<void> => bumpUsers(ctx, await listDeciding(ctx), 'courses')

/** Somebody who is there, locked: what is decided about one person is decided one after the other. */
async function somebody(accountId: AccountId) {
  const row = await lockAccount(accountId)
  demand(row !== null && row.erasedAt === null && row.mergedInto === null, 'not-found')
  return row
}

const openOf = (accountId: AccountId) => erasures.findOne({ where: { accountId, state: [...open] }, raw: true })

/** Checks the password; answers what writes the wish down. Throws `not-found`, `already-asked`; `not-for-guests`. */
export async function prepareAsk(ctx: Ctx, { password, reason }: { password?: string | undefined; reason: string }) {
  const { accountId, siteRole } = demandAccount(ctx.who)
  demand(siteRole !== 'guest', 'not-for-guests')
  await accountProof.demandPassword(ctx, accountId, password)
  return async (tx: WriteCtx): Promise<{ erasure: OwnErasure }> => {
    await somebody(accountId)
    demand((await openOf(accountId)) === null, 'already-asked')
    const row = await erasures.create({
      ...{ id: newId<'Erasure'>(), accountId, state: 'asked', byPerson: true, reason, askedAt: tx.now },
      ...{ decidedBy: null, decidedAt: null, decision: '', sought: null, looks: 0, leftOver: null },
    })
    await record(tx, 'asked', row)
    const about = { source: `erasure ${row.id}`, refId: row.id, courseId: null, messageId: null }
    await tellAll(tx, await listAdministrators(tx), { kind: 'erasure', ...about })
    const erasure = ownErasureOf(row)
    if (!erasure) throw new Error('A wish that was just made waits')
    announce(tx, accountId, erasure)
    await waitsAnew(tx)
    return { erasure }
  }
}

/** Takes one's own wish back; without one nothing happens. */
export async function withdraw(ctx: WriteCtx): Promise<void> {
  const accountId = accountOf(ctx.who)
  const row = await erasures.findOne({ where: { accountId, state: 'asked' }, lock: true, raw: true })
  if (!row) return
  await erasures.update({ state: 'withdrawn', reason: '' }, { where: { id: row.id } })
  await record(ctx, 'withdrawn', row)
  announce(ctx, accountId, null)
  await waitsAnew(ctx)
}

/** Does not grant a wish and says why. Throws `not-found`, `already-decided`. */
export async function refuse(ctx: WriteCtx, id: ErasureId, reason: string): Promise<void> {
  const row = await erasures.findByPk(id, { lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.state === 'asked', 'already-decided')
  const decided = { state: 'refused', decidedBy: accountOf(ctx.who), decidedAt: ctx.now, decision: reason } as const
  await erasures.update(decided, { where: { id } })
  await record(ctx, 'refused', row, { reason })
  announce(ctx, row.accountId, ownErasureOf({ ...row, ...decided }))
  await waitsAnew(ctx)
}

/**
 * Decides that somebody is erased; a job does it. The name must be typed, however it is spelled: throws `malformed` at
 * `name`, `already-decided` when it is under way. Throws `not-found`.
 */
export async function beginErasure(
  ctx: WriteCtx,
  { accountId, name: typed, reason }: { accountId: AccountId; name: string; reason: string },
): Promise<ErasureId> {
  const { name, email } = await somebody(accountId)
  if (!isSameName(typed, name)) throw new Problem('malformed', { errors: [{ path: 'name', code: 'other_name' }] })
  const asked = await openOf(accountId)
  demand(asked === null || asked.state === 'asked', 'already-decided')
  const decision = withoutName(reason, { name, email })
  const decided = {
    ...{ state: 'running' as const, decidedBy: accountOf(ctx.who), decidedAt: ctx.now, decision },
    sought: { name, email },
  }
  const id = asked?.id ?? newId<'Erasure'>()
  if (asked) await erasures.update(decided, { where: { id } })
  else
    await erasures.create({
      ...{ id, accountId, byPerson: false, reason: '', askedAt: ctx.now, looks: 0, leftOver: null },
      ...decided,
    })
  await record(ctx, 'decided', { id }, { reason: decision })
  await ctx.enqueue(eraseJob, { erasureId: id })
  await waitsAnew(ctx)
  return id
}

const patternsOf = ({ name, email }: Sought): string[] =>
  [name, email ?? ''].filter(one => one.trim() !== '').map(wholeWords)

/** Does what was decided: every feature lets go of the person, and then it is looked whether anything is left. */
export const eraseJob: JobBinding = {
  name: 'privacy.erase',
  run: async (ctx, data) => {
    const { erasureId: id } = z.parse(jobData, data)
    const row = await erasures.findByPk(id, { lock: true, raw: true })
    if (row?.state !== 'running') return
    const { accountId, decidedBy, sought } = row
    const as = await formerAs(ctx, accountId)
    await eraseAccount(ctx, accountId, { as, ...(decidedBy === null ? {} : { by: decidedBy }) })
    if (sought) await forgetAnswers(ctx, patternsOf(sought))
    await erasures.update({ state: 'proving' }, { where: { id } })
    await ctx.enqueue(proveJob, { erasureId: id }, { startAfter: new Date(ctx.now.getTime() + lookAfterMs(0)) })
  },
}

/** Other jobs may still be letting go: it is looked again, and what is left at last is told. */
export const proveJob: JobBinding = {
  name: 'privacy.prove',
  run: async (ctx, data) => {
    const { erasureId: id } = z.parse(jobData, data)
    const row = await erasures.findByPk(id, { lock: true, raw: true })
    if (row?.state !== 'proving' || row.sought === null) return
    const left = await findLeftovers(ctx, row.accountId, row.sought)
    const looks = row.looks + 1
    if (left.length > 0 && looks < mostLooks) {
      // What was on its way when it was done, such as a notification; or another's answer that named them.
      await eraseLate(ctx, row.accountId)
      await forgetAnswers(ctx, patternsOf(row.sought))
      await erasures.update({ looks, leftOver: left }, { where: { id } })
      const startAfter = new Date(ctx.now.getTime() + lookAfterMs(looks))
      await ctx.enqueue(proveJob, { erasureId: id }, { startAfter })
      return
    }
    await erasures.update({ state: 'done', looks, leftOver: left, sought: null }, { where: { id } })
    await record(ctx, 'done', { id }, { left })
  },
}
