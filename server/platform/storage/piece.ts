// Bytes that come piece by piece and go on after a broken connection: a piece is taken only where they end so far, so that
// nothing comes twice, and what it brings is safe when it is acknowledged.
import type { Readable } from 'node:stream'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'

/** What grows: its id is that of its blob; sizes in bytes, as the driver hands them over. */
export interface Growing {
  readonly id: string
  readonly size: string | number
  readonly received: string | number
}

interface Place<Row> {
  readonly offset: number
  /** Bytes of one piece at most. */
  readonly most: number
  /** The row as it stands, locked inside the transaction; throws when it is gone. */
  readonly find: (which: 'to read' | 'locked') => Promise<Row>
  /** Bytes as people read them. */
  readonly inWords: (bytes: number) => string
}

const demandPlace = (row: Growing, offset: number): void =>
  demand(Number(row.received) === offset, 'wrong-offset', { params: { received: Number(row.received) } })

/**
 * Takes one piece. Its bytes come in before any transaction is opened; inside one they are put at the end, if this is still
 * where they belong: else `wrong-offset` with `received`. Answers the row as it was and how much is there now.
 */
export async function preparePiece<Row extends Growing>(
  ctx: Ctx,
  { offset, most, find, inWords }: Place<Row>,
  bytes: Readable,
): Promise<(tx: WriteCtx) => Promise<{ row: Row; received: number }>> {
  demandPlace(await find('to read'), offset)
  const piece = await ctx.blobs.receive(bytes, most)
  return async tx => {
    const received = offset + piece.size
    let row: Row
    try {
      row = await find('locked')
      demandPlace(row, offset)
      if (received > Number(row.size)) throw new Problem('too-large', { params: { limit: inWords(Number(row.size)) } })
    } catch (error) {
      await piece.drop()
      throw error
    }
    // May be run again after a deadlock: the piece is forgotten only once it counts.
    await piece.appendTo(row.id, offset)
    tx.afterCommit(
      () => void piece.drop().catch((error: unknown) => tx.log.warn({ err: error }, 'a piece was left behind')),
    )
    return { row, received }
  }
}
