// Writes the words of everything anew. The database keeps them by itself; this is for what a restored copy or another
// stemmer has left behind. It may run while people work.
import type { Sql } from '#server/platform/ctx.ts'

export interface Rebuilt {
  readonly source: string
  readonly done: number
  readonly of: number
}

// A batch is written while nobody else writes words, so that what it read is not older than what it replaces. Others wait
// for as long as it takes, which is a moment.
const batch = 200

/** A transaction of its own each time it is called, answering how many rows `text` touched. */
export type InTransaction = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>

/** Brings every row up to what its thing says now, and drops those whose thing is gone. Tells after each batch. */
export async function rebuildSearch(
  sql: Sql,
  inTransaction: InTransaction,
  tell: (progress: Rebuilt) => void,
): Promise<void> {
  const sources = await sql<{ source: string; many: number }>(
    'select source, count(*)::int as many from search_words group by source order by source',
  )
  for (const { source, many } of sources) {
    let after: string | null = null
    for (let done = 0; ; ) {
      const ids: { ref_id: string }[] = await sql(
        `select ref_id from search_words where source = $1 and ($2::uuid is null or ref_id > $2) order by ref_id limit ${batch}`,
        [source, after],
      )
      const last = ids.at(-1)
      if (!last) break
      await inTransaction(async within => {
        await within('lock table search_entries in share row exclusive mode')
        await within('select search_refresh($1, $2::uuid[])', [source, ids.map(one => one.ref_id)])
      })
      after = last.ref_id
      done += ids.length
      tell({ source, done, of: Math.max(many, done) })
    }
  }
  await inTransaction(async within => {
    await within('lock table search_entries in share row exclusive mode')
    await within('delete from search_entries e where not exists (select from search_words w where w.ref_id = e.ref_id)')
  })
}
