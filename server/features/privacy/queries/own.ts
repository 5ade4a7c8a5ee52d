// What a person is told about their copy and their wish, and who may fetch what. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { DataExport, ExportId, OwnData, OwnErasure } from '#protocol/privacy.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { BlobAnswer } from '#server/platform/feature.ts'
import { type DataExportRow, dataExports, type ErasureRow, erasures } from '../tables.ts'

/** A row as it travels. */
export const exportOf = (row: DataExportRow): DataExport => ({
  id: row.id,
  state: row.state,
  askedAt: row.askedAt.toISOString(),
  byAdministrator: row.askedBy !== row.accountId,
  done: row.done,
  parts: row.parts,
  size: row.size === null ? null : Number(row.size),
  expiresAt: row.expiresAt?.toISOString() ?? null,
})

/** What the person is told of their wish; null for one that was taken back or is done. */
export const ownErasureOf = (row: ErasureRow): OwnErasure | null =>
  row.byPerson && (row.state === 'asked' || row.state === 'refused')
    ? { id: row.id, state: row.state, askedAt: row.askedAt.toISOString(), decision: row.decision }
    : null

/** How a person's copy and wish stand. */
export async function ownData(_ctx: Ctx, accountId: string): Promise<OwnData> {
  const copy = await dataExports.findOne({ where: { accountId: accountId as AccountId }, raw: true })
  const wish = await erasures.findOne({
    where: { accountId: accountId as AccountId },
    order: [['id', 'desc']],
    raw: true,
  })
  return { export: copy && exportOf(copy), erasure: wish && ownErasureOf(wish) }
}

/** The file of one's own finished copy. Throws `not-found` for everybody else's and what has run out. */
export async function exportFile(ctx: Ctx, accountId: AccountId, id: ExportId): Promise<BlobAnswer> {
  const row = await dataExports.findOne({ where: { id, accountId }, raw: true })
  demand(row?.state === 'ready' && row.expiresAt !== null && row.expiresAt > ctx.now, 'not-found')
  const { blobs } = ctx
  return new BlobAnswer({
    name: `lectern-${row.askedAt.toISOString().slice(0, 10)}.zip`,
    type: 'application/zip',
    as: 'attachment',
    size: Number(row.size),
    tag: row.id,
    open: async range => (await blobs.get(row.id, range)).body,
  })
}
