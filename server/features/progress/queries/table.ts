// The table of progress: learners by items, for staff. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { ProgressItem, ProgressRow } from '#protocol/progress.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { asksNothing, cellOf, isBehind, sumOf } from '../rules.ts'
import { marksOf, progressItems } from './record.ts'

interface Learner {
  id: AccountId
  name: string
  at: Date
  sort: string
}

/** Learners one page looks at, whoever of them is behind. */
export const mostLooked = 400

/**
 * Learners by items, a page by name. Who is behind is worked out, so a filtered page takes several turns; past
 * `mostLooked` learners it ends where it stands, with fewer rows than asked for or none, and the next goes on there.
 * Throws `malformed` for a cursor that is none.
 */
export async function completionTable(
  ctx: Ctx,
  input: { courseId: string; filter: 'all' | 'behind'; after?: string | undefined; limit: number },
): Promise<{ items: ProgressItem[]; rows: ProgressRow[]; next?: string }> {
  const items = await progressItems(ctx, [input.courseId])
  const rows: ProgressRow[] = []
  let after = readKeyset(input.after)
  let looked = 0
  const anyHidden = items.some(one => one.hidden)
  for (;;) {
    const learners = await ctx.sql<Learner>(
      `select a.id, a.name, e.at, lower(a.name) as sort
         from enrolments e
         join role_assignments r
           on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
         join accounts a on a.id = e.account_id
        where e.course_id = $1 and e.ended_at is null and r.role = 'learner'
          and ($2::text is null or (lower(a.name), a.id) > ($2, $3::uuid))
        order by lower(a.name), a.id limit $4`,
      [input.courseId, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
    )
    const shown = learners.slice(0, input.limit)
    const ids = shown.map(one => one.id)
    const marks = await marksOf(ctx, items, ids)
    // What is hidden from somebody asks nothing of them.
    const shut = anyHidden ? await shutFor(ctx, [input.courseId], ids) : () => null
    for (const [at, { id, name, at: since, sort }] of shown.entries()) {
      const cells = items.map(item =>
        shut(id, item) === 'hidden' ? asksNothing : cellOf(item, marks(id, item), new Date(since), ctx.now),
      )
      const sum = sumOf(cells, ctx.now)
      if (input.filter === 'all' || isBehind(sum)) rows.push({ accountId: id, name, sum, cells })
      const more = at < shown.length - 1 || learners.length > input.limit
      if (rows.length === input.limit) return { items, rows, ...(more ? { next: writeKeyset(sort, id) } : {}) }
    }
    const last = shown.at(-1)
    if (learners.length <= input.limit || !last) return { items, rows }
    looked += shown.length
    if (looked >= mostLooked) return { items, rows, next: writeKeyset(last.sort, last.id) }
    after = [last.sort, last.id]
  }
}
