// Tells people, and whoever follows them, that something of theirs changed: a number in their own scope, never what it is.
import * as z from 'zod/mini'
import { userScope } from '#protocol/accounts.ts'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'

/** What of a person's changed: what Today shows, their grades, what they see of those whom they observe. */
export type Changed = 'courses' | 'grades' | 'observed'

/** Who sees what these people's courses and grades come to, and hears of changes. */
type Followers = (ctx: Ctx, accountIds: readonly AccountId[]) => Promise<readonly AccountId[]>

const followers: Followers[] = []

/** Asked whenever people are told that something of theirs changed. */
export const registerFollowers = (of: Followers): void => void followers.push(of)

const columns = { courses: 'courses_changed', grades: 'grades_changed', observed: 'observed_changed' } as const

async function tell(ctx: WriteCtx, accountId: AccountId, what: Changed): Promise<void> {
  const column = columns[what]
  const [row] = await ctx.sql<{ count: number }>(
    `update accounts set ${column} = ${column} + 1 where id = $1 returning ${column} as count`,
    [accountId],
  )
  if (row) ctx.announce(userScope, accountId, { kind: `${what}Changed`, body: { count: row.count } })
}

/** Tells a person that what Today or their grades show has changed. One of the action's scopes: theirs. */
export async function bumpUser(ctx: WriteCtx, accountId: AccountId, what: Changed): Promise<void> {
  await tell(ctx, accountId, what)
  await tellFollowers(ctx, [accountId], what)
}

const bumpData = z.object({ accountIds: z.array(accountIdSchema), what: z.enum(['courses', 'grades', 'observed']) })

/** Tells a few people of many; whoever follows them was told with them. */
export const bumpJob: JobBinding = {
  name: 'accounts.bump',
  run: async (ctx, data) => {
    const { accountIds, what } = z.parse(bumpData, data)
    for (const id of accountIds) await tell(ctx, id, what)
  },
}

/** Few enough scopes for one transaction of the job. */
const peopleAJob = 4

async function signedIn(ctx: Ctx, ids: readonly AccountId[]): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    'select distinct account_id as id from sessions where account_id = any($1::uuid[])',
    [ids],
  )
  return rows.map(one => one.id)
}

async function spread(ctx: WriteCtx, ids: readonly AccountId[], what: Changed): Promise<void> {
  // By a number above nought the client knows without asking that somebody observes or is observed.
  const accountIds = what === 'observed' ? ids : await signedIn(ctx, ids)
  for (let at = 0; at < accountIds.length; at += peopleAJob)
    await ctx.enqueue(bumpJob, { accountIds: accountIds.slice(at, at + peopleAJob), what })
}

async function tellFollowers(ctx: WriteCtx, ids: readonly AccountId[], what: Changed): Promise<void> {
  if (what === 'observed') return
  const told = new Set((await Promise.all(followers.map(of => of(ctx, ids)))).flat())
  if (told.size > 0) await spread(ctx, [...told], 'observed')
}

/**
 * The same for many people, spread over jobs: an action writes to no member's scope but the actor's. Who is signed in on
 * no device has nothing on screen that could be old.
 */
export async function bumpUsers(ctx: WriteCtx, ids: readonly AccountId[], what: Changed): Promise<void> {
  await spread(ctx, ids, what)
  await tellFollowers(ctx, ids, what)
}
