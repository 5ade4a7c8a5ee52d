// Mails on their way: written inside the transaction that causes them, sent by jobs at least once, tried again while that
// may help and given up with the reason kept. What a mail says is sealed, and gone once it was sent or given up.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import type { MailFate } from '#protocol/mail.ts'
import type { Ctx, WriteCtx } from '../ctx.ts'
import { newId } from '../db/id.ts'
import type { PreparedJob, Ticker } from '../feature.ts'
import { seal, unseal } from '../seal.ts'
import { type Fate, pauseAfter } from './fate.ts'
import { type Letter, writeLetter } from './letter.ts'
import { mailer } from './mailer.ts'
import { type MailRow, mails } from './tables.ts'

export interface Addressed {
  readonly to: string
  readonly letter: Letter
  /** Who gets it, where they have an account: it goes when they do. */
  readonly accountId?: AccountId | undefined
  /** What it belongs to, as `invitation <id>`: `fatesOf` finds it by that. */
  readonly about?: string
  /** From then on it is of no use, such as a link that has run out; two days when left out. */
  readonly endsAt?: Date
}

const purpose = 'mail'
const usefulMs = 2 * 86_400_000
/** How long it is kept what became of a mail, in days. */
const keptDays = 30

const sealed = z.object({ to: z.string(), letter: z.unknown() })
const jobData = z.object({ mailId: z.string() })

/** Writes a mail, to leave after the commit. Without mail set up nothing is written; answers whether it was. */
export async function postLetter(ctx: WriteCtx, { to, letter, ...rest }: Addressed): Promise<boolean> {
  if (!mailer()) return false
  const id = newId()
  await mails.create({
    id,
    accountId: rest.accountId ?? null,
    about: rest.about ?? '',
    content: seal(purpose, JSON.stringify({ to, letter })),
    state: 'waiting',
    reason: null,
    createdAt: ctx.now,
    endsAt: rest.endsAt ?? new Date(ctx.now.getTime() + usefulMs),
    doneAt: null,
  })
  await ctx.enqueue(sendJob, { mailId: id })
  return true
}

async function handOver(row: MailRow, now: Date): Promise<Fate | undefined> {
  const out = mailer()
  if (!out) return { reason: 'unreachable', again: true, answer: '' }
  const opened = row.content && unseal(purpose, row.content)
  // Of no use any more, or sealed under a key that is gone: nobody will ever read it.
  if (!opened || row.endsAt <= now) return { reason: 'over', again: false, answer: '' }
  const { to, letter } = z.parse(sealed, JSON.parse(opened))
  return out.send({ id: row.id, to, letter: writeLetter(letter as Letter, out.origin) })
}

async function keepFate(tx: WriteCtx, { id }: MailRow, fate: Fate | undefined): Promise<void> {
  const row = await mails.findByPk(id, { lock: true, raw: true })
  if (row?.state !== 'waiting') return
  const tries = row.tries + 1
  if (!fate) {
    const sent = { state: 'sent', tries, reason: null, answer: '', content: null, doneAt: tx.now } as const
    await mails.update(sent, { where: { id } })
    return
  }
  const pause = fate.again ? pauseAfter(tries) : undefined
  const next = pause === undefined ? undefined : new Date(tx.now.getTime() + pause * 1_000)
  const { reason, answer } = fate
  if (next && next < row.endsAt) {
    await mails.update({ tries, reason, answer }, { where: { id } })
    await tx.enqueue(sendJob, { mailId: id }, { startAfter: next })
    return
  }
  await mails.update({ state: 'failed', tries, reason, answer, content: null, doneAt: tx.now }, { where: { id } })
  tx.log.warn({ mail: id, about: row.about, tries, reason, answer }, 'a mail was given up')
}

/** Sends one mail. Two that do so at the same time send it twice, under the same Message-ID. */
export const sendJob: PreparedJob = {
  name: 'mail.send',
  prepare: async (ctx, data) => {
    const row = await mails.findByPk(z.parse(jobData, data).mailId, { raw: true })
    if (row?.state !== 'waiting') return async () => 'done'
    const fate = await handOver(row, ctx.now)
    return async tx => {
      await keepFate(tx, row, fate)
      return 'done'
    }
  },
}

export const forgetMails: Ticker = {
  name: 'mail.forget',
  everyMs: 3_600_000,
  run: async ctx => {
    await ctx.sql('delete from mails where created_at < $1', [new Date(ctx.now.getTime() - keptDays * 86_400_000)])
  },
}

/** A mail as it stands, for whoever may know. */
export const fateView = (row: Pick<MailRow, 'state' | 'reason' | 'answer' | 'createdAt' | 'doneAt'>): MailFate => ({
  state: row.state,
  reason: row.reason,
  answer: row.answer,
  at: new Date(row.doneAt ?? row.createdAt).toISOString(),
})

/** What became of the latest mail about each of these; what none was written for is not in it. */
export async function fatesOf(ctx: Ctx, abouts: readonly string[]): Promise<ReadonlyMap<string, MailFate>> {
  const rows = await ctx.sql<Pick<MailRow, 'about' | 'state' | 'reason' | 'answer' | 'createdAt' | 'doneAt'>>(
    `select distinct on (about) about, state, reason, answer, created_at as "createdAt", done_at as "doneAt"
       from mails where about = any($1::text[]) order by about, created_at desc, id desc`,
    [abouts],
  )
  return new Map(rows.map(row => [row.about, fateView(row)]))
}

/** Takes the mails about something back that have not left yet. */
export async function takeBackLetters(ctx: WriteCtx, about: string): Promise<void> {
  await ctx.sql("delete from mails where about = $1 and state = 'waiting'", [about])
}

/** Forgets all mails of somebody, sent or not. */
export async function dropLettersOf(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.sql('delete from mails where account_id = $1', [accountId])
}
