// Wishes to be erased and what was done, as administrators read them. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { Erasure, ErasureId } from '#protocol/privacy.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'

interface Row extends Omit<Erasure, 'askedAt' | 'decidedAt'> {
  readonly askedAt: Date
  readonly decidedAt: Date | null
}

const select = `select e.id, e.account_id as "accountId", a.name, e.state, e.reason, e.asked_at as "askedAt",
    e.by_person as "byPerson", d.name as "decidedBy", e.decided_at as "decidedAt", e.decision, e.left_over as left
  from erasures e join accounts a on a.id = e.account_id left join accounts d on d.id = e.decided_by`

const erasureOf = (row: Row): Erasure => ({
  ...row,
  askedAt: new Date(row.askedAt).toISOString(),
  decidedAt: row.decidedAt && new Date(row.decidedAt).toISOString(),
})

/** The latest first. Throws `malformed` for a cursor that is none. */
export async function listErasures(
  ctx: Ctx,
  { show, after, limit }: { show: 'all' | 'asked'; after?: string | undefined; limit: number },
): Promise<Page<Erasure>> {
  const rows = await ctx.sql<Row>(
    `${select} where ($1 = 'all' and e.state <> 'withdrawn' or e.state = 'asked') and ($2::uuid is null or e.id < $2)
     order by e.id desc limit $3`,
    [show, readIdCursor(after), limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(erasureOf), ...(rows.length > limit && last ? { next: last.id } : {}) }
}

/** One of them. */
export async function readErasure(ctx: Ctx, id: ErasureId): Promise<Erasure> {
  const [row] = await ctx.sql<Row>(`${select} where e.id = $1`, [id])
  if (!row) throw new Error('The erasure just written is not there')
  return erasureOf(row)
}

/** The wish of somebody that waits; null without one. */
export async function askedBy(ctx: Ctx, accountId: AccountId): Promise<Erasure | null> {
  const [row] = await ctx.sql<Row>(`${select} where e.account_id = $1 and e.state = 'asked'`, [accountId])
  return row ? erasureOf(row) : null
}

/** What is said of somebody in their pseudonym: whoever teaches or assists anywhere was a teacher, a guest a guest. */
export async function formerAs(ctx: Ctx, accountId: AccountId): Promise<'teacher' | 'learner' | 'member'> {
  const [row] = await ctx.sql<{ guest: boolean; teacher: boolean }>(
    `select kind = 'guest' as guest, exists (select from role_assignments r where r.account_id = a.id
        and r.role in ('instructor', 'assistant')) as teacher
       from accounts a where id = $1`,
    [accountId],
  )
  if (row?.guest) return 'member'
  return row?.teacher ? 'teacher' : 'learner'
}

/** Who decides: every administrator who comes in. */
export async function listAdministrators(ctx: Ctx): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select id from accounts where site_role = 'administrator' and suspended_at is null and erased_at is null order by id`,
  )
  return rows.map(row => row.id)
}
