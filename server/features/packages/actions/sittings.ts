// Sittings: somebody opens a package, with a secret that plays it for their browser alone, and what its parts tell is kept in
// their attempt. Rights were asked by the door, and are asked again with each file.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { OwnAttempts, PackageAttemptId, PartData, PartState } from '#protocol/packages/attempts.ts'
import type { PackageForm, PlayedPart } from '#protocol/packages/player.ts'
import { packageScope } from '#protocol/packages.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import { type Ctx, demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { bestShare, ownAttempts, statesOf } from '../queries/attempts.ts'
import { findContent } from '../queries/packages.ts'
import { attemptAfter, isOver, type PartStanding, partAfter, pointsOf, statusOf } from '../rules/standing.ts'
import {
  type AttemptRow,
  type ContentRow,
  type PackageRow,
  packageAttempts,
  packageStates,
  packages,
  packageTickets,
} from '../tables.ts'
import { giveBest, record } from './packages.ts'

/** How long a ticket stands that is not used, and how long at all, in milliseconds. */
const idleMs = 3_600_000
const lastsMs = 12 * 3_600_000

/** Tickets one person holds at once; an older one ends for a newer. */
const mostTickets = 20

export interface Sitting {
  readonly address: string
  readonly form: PackageForm
  readonly attemptId: PackageAttemptId | null
  readonly sitting: number
  readonly parts: PlayedPart[]
  readonly states: PartState[]
  readonly learner: { readonly id: string; readonly name: string }
}

interface Opening {
  readonly attempt: 'continue' | 'new'
  /** Whether what is done is kept in an attempt. */
  readonly kept: boolean
}

async function currentContent(row: PackageRow): Promise<ContentRow> {
  const content = await findContent(row.contentId)
  if (!content) throw new Problem('package-empty')
  return content
}

async function beginAttempt(
  ctx: WriteCtx,
  row: PackageRow,
  accountId: AccountId,
  number: number,
): Promise<{ attempt: AttemptRow; content: ContentRow }> {
  const content = await currentContent(row)
  const attempt: AttemptRow = {
    ...{ id: newId<'PackageAttempt'>(), packageId: row.id, accountId, number, contentId: content.id },
    ...{ completion: 'not-attempted', success: 'unknown', share: null, seconds: 0, sittings: 0 },
    ...{ begunAt: ctx.now, at: ctx.now, overAt: null },
  }
  await packageAttempts.create(attempt)
  await record(ctx, 'package.begun', row, { number })
  ctx.announce(packageScope, row.id, { kind: 'attempted', body: { accountId } })
  return { attempt, content }
}

/** The attempt that goes on, or a new one. Throws `attempt-open` for a new one beside one that is not over. */
async function attemptFor(ctx: WriteCtx, row: PackageRow, accountId: AccountId, how: Opening['attempt']) {
  // Two windows that begin at once would both begin the same one.
  await ctx.sql('select from packages where id = $1 for no key update', [row.id])
  const newest = await packageAttempts.findOne({
    where: { packageId: row.id, accountId },
    order: [['number', 'desc']],
    lock: true,
    raw: true,
  })
  const content = await findContent(newest?.contentId ?? null)
  if (!newest || (how === 'continue' && !content)) return beginAttempt(ctx, row, accountId, (newest?.number ?? 0) + 1)
  if (how === 'continue' && content) return { attempt: newest, content }
  demand(isOver(newest), 'attempt-open')
  return beginAttempt(ctx, row, accountId, newest.number + 1)
}

async function giveTicket(ctx: WriteCtx, row: PackageRow, { id: contentId, form }: ContentRow): Promise<string> {
  const { accountId, sessionId } = demandAccount(ctx.who)
  const door = ctx.session
  // Who asks without a browser has nothing that could show it.
  if (!door?.content) throw new Problem('packages-away')
  demand(form !== 'h5p' || ctx.players.has('h5p'), 'h5p-away')
  const secret = newSecret()
  await packageTickets.create({
    ...{ hash: hashSecret(secret), accountId, sessionId, packageId: row.id, contentId, framedBy: door.asked },
    ...{ expiresAt: new Date(ctx.now.getTime() + idleMs), endsAt: new Date(ctx.now.getTime() + lastsMs) },
  })
  await ctx.sql(
    `delete from package_tickets where hash in (
       select hash from package_tickets where account_id = $1 order by ends_at desc offset $2)`,
    [accountId, mostTickets],
  )
  return `${door.content}/packages/${secret}/play`
}

/** Opens a sitting of whoever asks. Throws `package-empty`, `packages-away`, `h5p-away`, `attempt-open`. */
export async function openSitting(ctx: WriteCtx, row: PackageRow, { attempt: how, kept }: Opening): Promise<Sitting> {
  const { accountId, name } = demandAccount(ctx.who)
  const learner = { id: accountId, name }
  if (!kept) {
    const content = await currentContent(row)
    const address = await giveTicket(ctx, row, content)
    return { address, form: content.form, attemptId: null, sitting: 0, parts: content.parts, states: [], learner }
  }
  const { attempt, content } = await attemptFor(ctx, row, accountId, how)
  const sitting = attempt.sittings + 1
  await packageAttempts.update({ sittings: sitting }, { where: { id: attempt.id } })
  const address = await giveTicket(ctx, row, content)
  const { id: attemptId } = attempt
  return {
    address,
    form: content.form,
    attemptId,
    sitting,
    parts: content.parts,
    states: await statesOf(attemptId),
    learner,
  }
}

/** Lets a ticket stand longer that is used. */
export async function extendTicket(ctx: Ctx, hash: Buffer): Promise<void> {
  await ctx.sql('update package_tickets set expires_at = least(ends_at, $2) where hash = $1', [
    hash,
    new Date(ctx.now.getTime() + idleMs),
  ])
}

/** How much of its time a ticket has left when it is let stand longer, in milliseconds. */
export const extendsBelowMs = idleMs - 600_000

export async function dropTickets(ctx: WriteCtx): Promise<void> {
  await ctx.sql('delete from package_tickets where expires_at < $1 or ends_at < $1', [ctx.now])
}

interface Told {
  readonly attemptId: PackageAttemptId
  readonly sitting: number
  readonly part: string
  readonly data: PartData
}

/** An attempt of this account, locked, with what it belongs to. Throws `not-found` for any other. */
async function lockAttempt(accountId: AccountId, attemptId: PackageAttemptId) {
  const attempt = await packageAttempts.findOne({ where: { id: attemptId, accountId }, lock: true, raw: true })
  const row = attempt && (await packages.findByPk(attempt.packageId, { raw: true }))
  if (!attempt || !row) throw new Problem('not-found')
  return { attempt, row }
}

/** The parts an attempt plays; those that told something, where its version is gone. */
async function partsOf(attempt: AttemptRow, known: ReadonlyMap<string, unknown>): Promise<readonly PlayedPart[]> {
  const content = await findContent(attempt.contentId)
  if (content) return content.parts
  return [...known.keys()].map(id => ({
    id,
    title: '',
    depth: 0,
    kind: 'sco',
    href: '',
    mastery: null,
    launchData: '',
  }))
}

/**
 * Keeps what a part of somebody's attempt tells. Throws `not-found` for an attempt that is not theirs, `malformed` at `part`
 * for one that is not in the package and at `sitting` for one that was never opened.
 */
export async function keepTold(ctx: WriteCtx, accountId: AccountId, told: Told): Promise<OwnAttempts> {
  const { attempt, row } = await lockAttempt(accountId, told.attemptId)
  const states = new Map<string, PartStanding>(
    (await packageStates.findAll({ where: { attemptId: attempt.id }, raw: true })).map(one => [one.part, one]),
  )
  const parts = await partsOf(attempt, states)
  const part = parts.find(one => one.id === told.part && one.kind !== 'heading')
  if (!part) throw new Problem('malformed', { errors: [{ path: 'part', code: 'unknown' }] })
  demand(told.sitting <= attempt.sittings, 'malformed', { errors: [{ path: 'sitting', code: 'too_big' }] })
  const elapsed = Math.ceil((ctx.now.getTime() - attempt.begunAt.getTime()) / 1000)
  const standing = partAfter(states.get(part.id), { ...told, mastery: part.mastery, elapsed })
  await packageStates.upsert({ ...standing, attemptId: attempt.id, part: part.id })
  states.set(part.id, standing)
  const next: AttemptRow = { ...attempt, ...attemptAfter(parts, states), at: ctx.now }
  if (isOver(next) && attempt.overAt === null) next.overAt = ctx.now
  const best = await bestShare(ctx, row.id, accountId)
  await packageAttempts.update(next, { where: { id: attempt.id } })
  await tellChange(ctx, row, { before: attempt, next, best })
  return ownAttempts(ctx, row, accountId)
}

interface Change {
  readonly before: AttemptRow
  readonly next: AttemptRow
  /** The best share before. */
  readonly best: string | null
}

/** Says what is another one now: to staff each time, to the gradebook and the learner's other devices where it concerns them. */
async function tellChange(ctx: WriteCtx, row: PackageRow, { before, next, best }: Change): Promise<void> {
  const { accountId } = next
  ctx.announce(packageScope, row.id, { kind: 'attempted', body: { accountId } })
  if (best !== (await bestShare(ctx, row.id, accountId))) await giveBest(ctx, row, accountId)
  if (statusOf(before) === statusOf(next)) return
  await record(ctx, 'package.done', row, {
    ...{ number: next.number, status: statusOf(next), score: pointsOf(next.share, row.points) },
  })
  await bumpUser(ctx, accountId, 'courses')
}
