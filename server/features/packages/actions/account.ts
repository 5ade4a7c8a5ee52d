// What packages owe a person: how they got on, back; what the parts kept for them gone when their account goes; one row of
// attempts where two accounts were one person.
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportAttempts } from '../queries/account.ts'
import { type PackageRow, packages } from '../tables.ts'
import { giveBest } from './packages.ts'

/** Whose attempts of a course go over to whom: the other is nobody's yet. */
interface Handover {
  readonly from: AccountId
  readonly into: AccountId
}

/** Takes what parts kept for themselves, in their own words, out of the attempts of these people. `where` speaks of `t`, and `p`. */
async function takeWords(ctx: WriteCtx, where: string, values: readonly unknown[]): Promise<void> {
  await ctx.sql(
    `update package_states set data = data || '{"location": "", "suspend": "", "objectives": []}'
      where attempt_id in (select t.id from package_attempts t join packages p on p.id = t.package_id where ${where})`,
    values,
  )
}

/** Hands the attempts of these people in one course over, without what the parts kept. */
export async function handAttemptsOver(ctx: WriteCtx, courseId: string, people: readonly Handover[]): Promise<void> {
  const from = people.map(one => one.from)
  await takeWords(ctx, 'p.course_id = $1 and t.account_id = any($2::uuid[])', [courseId, from])
  await ctx.sql(
    `update package_attempts t set account_id = h.other from unnest($2::uuid[], $3::uuid[]) as h(one, other), packages p
      where p.id = t.package_id and p.course_id = $1 and t.account_id = h.one`,
    [courseId, from, people.map(one => one.into)],
  )
}

/** The attempts of both in the order they were begun, numbered anew: a number is never twice in between. */
async function joinAttempts(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await ctx.sql(`update package_attempts set account_id = $2, number = number + 1000000 where account_id = $1`, [
    from,
    into,
  ])
  await ctx.sql(
    `with all_of as (
       select id, 2000000 + row_number() over (partition by package_id order by begun_at, id) as place
         from package_attempts where account_id = $1
          and package_id in (select package_id from package_attempts where account_id = $1 and number > 1000000))
     update package_attempts t set number = o.place from all_of o where o.id = t.id`,
    [into],
  )
  await ctx.sql('update package_attempts set number = number - 2000000 where account_id = $1 and number > 2000000', [
    into,
  ])
}

/** What packages owe a person. */
export const accountHooks: AccountHooks = {
  columns: ['package_attempts.account_id', 'package_tickets.account_id'],
  stays: { 'package_attempts.account_id': 'record' },
  export: async (ctx, accountId) => ({ attempts: await exportAttempts(ctx, accountId) }),
  // That a package was played, and what it came to, stays under an account that has lost its name.
  erase: async (ctx, accountId) => {
    await takeWords(ctx, 't.account_id = $1', [accountId])
    await ctx.sql('delete from package_tickets where account_id = $1', [accountId])
  },
  merge: async (ctx, from, into) => {
    // The devices of the one that goes are signed out with it.
    await ctx.sql('delete from package_tickets where account_id = $1', [from])
    await ctx.sql('update package_tickets set account_id = $2 where account_id = $1', [from, into])
    await joinAttempts(ctx, from, into)
  },
  merged: async (ctx, into) => {
    const rows: PackageRow[] = await packages.findAll({
      where: {
        id: (
          await ctx.sql<{ id: string }>(
            'select distinct package_id as id from package_attempts where account_id = $1 and share is not null',
            [into],
          )
        ).map(one => one.id),
      },
      order: [['id', 'asc']],
      raw: true,
    })
    for (const row of rows) await giveBest(ctx, row, into)
  },
}
