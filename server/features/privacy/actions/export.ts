// Makes the copy of somebody's data: a feature a turn, so that no transaction is long and the person sees it come along;
// at last everything as one ZIP file, packed outside any transaction, which they alone can fetch.
import { Readable } from 'node:stream'
import yazl from 'yazl'
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type DataExport, type ExportId, exportId, exportKeptDays, privacyScope } from '#protocol/privacy.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import { languageFor } from '#protocol/texts/locales.ts'
import {
  exportedFeatures,
  exportedFiles,
  exportPart,
  getAccount,
  lockAccount,
} from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { tellAll } from '#server/features/notifications/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { ExportedFile, JobBinding, PreparedJob } from '#server/platform/feature.ts'
import type { Piece } from '#server/platform/storage/blobs.ts'
import { exportOf } from '../queries/own.ts'
import { fileNames } from '../rules/names.ts'
import { copyWords, indexPage } from '../rules/page.ts'
import { type DataExportRow, dataExportParts, dataExports } from '../tables.ts'

/** Most bytes of one copy. */
const largest = 50 * 1024 ** 3

const jobData = z.object({ exportId })

function announce(ctx: WriteCtx, accountId: AccountId, copy: DataExport | null): void {
  ctx.announce(privacyScope, accountId, { kind: 'exportChanged', body: { export: copy } })
}

/** Removes the bytes of a copy nobody names any more. */
export const dropFileJob: JobBinding = {
  name: 'privacy.drop-file',
  run: async (ctx, data) => {
    const { exportId: id } = z.parse(jobData, data)
    if ((await dataExports.findByPk(id)) === null) await ctx.blobs.remove(id)
  },
}

async function drop(ctx: WriteCtx, row: Pick<DataExportRow, 'id'>): Promise<void> {
  await dataExports.destroy({ where: { id: row.id } })
  await ctx.enqueue(dropFileJob, { exportId: row.id })
}

/**
 * Begins a copy of what is kept about `accountId`; a finished one is replaced. Throws `export-running`, and `not-found`
 * for whoever is nobody any more.
 */
export async function startExport(ctx: WriteCtx, accountId: AccountId): Promise<DataExport> {
  // One after the other: a person has one copy.
  const person = await lockAccount(accountId)
  demand(person !== null && person.erasedAt === null && person.mergedInto === null, 'not-found')
  const before = await dataExports.findOne({ where: { accountId }, raw: true })
  demand(before?.state !== 'running', 'export-running')
  if (before) await drop(ctx, before)
  const row = await dataExports.create({
    ...{ id: newId<'DataExport'>(), accountId, askedBy: accountOf(ctx.who), askedAt: ctx.now },
    ...{ state: 'running', done: 0, parts: exportedFeatures().length, size: null, expiresAt: null },
  })
  await audit.record(ctx, { verb: 'data-export.started', subject: { kind: 'account', id: accountId } })
  await ctx.enqueue(exportJob, { exportId: row.id })
  announce(ctx, accountId, exportOf(row))
  return exportOf(row)
}

/** Gives a copy up, or takes a finished one away; without one nothing happens. */
export async function dropExport(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  const row = await dataExports.findOne({ where: { accountId }, lock: true, raw: true })
  if (!row) return
  await drop(ctx, row)
  announce(ctx, accountId, null)
}

async function openFile(ctx: Ctx, file: ExportedFile, gone: string): Promise<Readable> {
  try {
    const bytes = await file.open(ctx)
    return Buffer.isBuffer(bytes) ? Readable.from([bytes]) : bytes
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return Readable.from([gone])
    throw error
  }
}

/** Packs everything. What comes of it belongs to nobody yet. */
async function pack(ctx: Ctx, { id, accountId, askedAt }: DataExportRow): Promise<Piece> {
  const { name, locale, timeZone } = await getAccount(accountId)
  const language = languageFor([locale])
  const words = copyWords(textsIn(locale), { locale: language.id, dir: language.dir, timeZone })
  const order = exportedFeatures()
  const parts = (await dataExportParts.findAll({ where: { exportId: id }, raw: true }))
    .sort((a, b) => order.indexOf(a.feature) - order.indexOf(b.feature))
    .map(({ feature, body }) => ({ feature, body: JSON.parse(body) as Record<string, unknown>, text: body }))
  const files = await exportedFiles(ctx, accountId)
  const names = fileNames(files.map(file => file.name))
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', error => output.destroy(error as Error))
  // It may fail before anybody reads it; whoever reads then is told.
  output.on('error', () => undefined)
  const options = { mtime: askedAt }
  const day = new Intl.DateTimeFormat(language.id, { dateStyle: 'long', timeZone }).format(askedAt)
  zip.addBuffer(Buffer.from(indexPage(words, { name, day, files: names }, parts)), 'index.html', options)
  for (const { feature, text } of parts) zip.addBuffer(Buffer.from(text), `${feature}.json`, options)
  files.forEach((file, at) => {
    // What people upload is packed already; it is not tried again.
    zip.addReadStreamLazy(`files/${names[at]}`, { ...options, compress: false }, done => {
      openFile(ctx, file, words.fill('copyFileGone')).then(
        stream => done(null, stream),
        (error: unknown) => done(error, Readable.from([])),
      )
    })
  })
  zip.end()
  return ctx.blobs.receive(output, largest)
}

/** The row of a copy that is still wanted, locked. */
async function lockedRunning(id: ExportId): Promise<DataExportRow | undefined> {
  const row = await dataExports.findByPk(id, { lock: true, raw: true })
  return row?.state === 'running' ? row : undefined
}

async function addPart(ctx: WriteCtx, id: ExportId): Promise<'again' | 'done'> {
  const row = await lockedRunning(id)
  if (!row) return 'done'
  const feature = exportedFeatures()[row.done]
  // Another attempt was faster: what is left is to pack.
  if (feature === undefined) return 'again'
  const body = JSON.stringify(await exportPart(ctx, row.accountId, feature), null, 2)
  await dataExportParts.upsert({ exportId: id, feature, body })
  const done = row.done + 1
  await dataExports.update({ done }, { where: { id } })
  announce(ctx, row.accountId, exportOf({ ...row, done }))
  return 'again'
}

async function finish(ctx: WriteCtx, id: ExportId, packed: Piece): Promise<'done'> {
  const row = await lockedRunning(id)
  // Given up meanwhile, or another attempt was faster.
  if (!row) {
    await packed.drop()
    return 'done'
  }
  await packed.become(id)
  const ready = {
    state: 'ready' as const,
    size: packed.size,
    expiresAt: new Date(ctx.now.getTime() + exportKeptDays * 86_400_000),
  }
  await dataExportParts.destroy({ where: { exportId: id } })
  await dataExports.update(ready, { where: { id } })
  announce(ctx, row.accountId, exportOf({ ...row, ...ready }))
  const about = { source: `export ${id}`, refId: id, courseId: null, messageId: null }
  await tellAll(ctx, [row.accountId], { kind: 'export', ...about })
  return 'done'
}

/** A feature a turn; the last turn makes the file and tells the person. */
export const exportJob: PreparedJob = {
  name: 'privacy.export',
  prepare: async (ctx, data) => {
    const { exportId: id } = z.parse(jobData, data)
    const row = await dataExports.findByPk(id, { raw: true })
    if (row?.state !== 'running') return async () => 'done'
    if (row.done < exportedFeatures().length) return tx => addPart(tx, id)
    const packed = await pack(ctx, row)
    return tx => finish(tx, id, packed)
  },
}

/** People told in one transaction. */
const peopleATurn = 4

/** Takes away what has run out, a few people at a time. */
export async function dropExpired(ctx: WriteCtx): Promise<void> {
  const rows = await ctx.sql<{ account_id: AccountId }>(
    `select account_id from data_exports where expires_at < $1 order by account_id limit ${peopleATurn}
     for update skip locked`,
    [ctx.now],
  )
  for (const row of rows) await dropExport(ctx, row.account_id)
}
