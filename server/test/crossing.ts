// Two transactions that cross: for tests of what is told of what stands, whichever of two acts commits first.
import type { WriteCtx } from '#server/platform/ctx.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { type TestNode, waitFor } from './harness.ts'

const waiting = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query like $1`
const isWaiting = async (statement = '%') => (await sql(waiting, [statement])).length > 0

/** Waits until a transaction waits for a lock of another, in a statement like this one. */
export const someoneWaits = (statement?: string) => waitFor(() => isWaiting(statement), 'somebody to wait for a lock')

/**
 * Lets `second` begin once all of `first` is written and nothing of it committed. `first` commits when the other is done, or
 * waits for a lock, in a statement like this one where jobs of the node may wait too.
 */
export async function crossed(
  by: ReturnType<TestNode['as']>,
  first: (ctx: WriteCtx) => Promise<unknown>,
  second: () => Promise<unknown>,
  statement?: string,
): Promise<void> {
  let isWritten: () => void = () => undefined
  let commit: () => void = () => undefined
  const written = new Promise<void>(resolve => {
    isWritten = resolve
  })
  const gate = new Promise<void>(resolve => {
    commit = resolve
  })
  const one = by.act(async ctx => {
    await first(ctx)
    isWritten()
    await gate
  })
  await Promise.race([written, one])
  let over = false
  const two = second().finally(() => {
    over = true
  })
  try {
    await waitFor(async () => over || (await isWaiting(statement)), 'the second to end, or to wait for the first')
  } finally {
    commit()
  }
  await Promise.all([one, two])
}
