// What imports owe a person: those in the lists, and whoever sent them.
import type { AccountHooks } from '#server/platform/feature.ts'
import { namesKeptSince } from '../rules/states.ts'
import { imports, sourceIds } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: ['imports.author', 'import_rows.account_id', 'source_ids.account_id'],
  stays: {
    'imports.author': 'trail',
    'import_rows.account_id': 'trail',
  },
  export: async (ctx, accountId) => ({
    imports: await imports.findAll({ where: { author: accountId }, raw: true }),
    importedFrom: await ctx.sql(
      'select sort, line, name, email, course, source_id, was from import_rows where account_id = $1',
      [accountId],
    ),
    sourceIds: await ctx.sql('select source_id from source_ids where account_id = $1', [accountId]),
  }),
  erase: async (ctx, accountId) => {
    // What still waits is for nobody any more.
    await ctx.sql(
      `update import_rows set name = '', email = '', source_id = '', was = null, outcome = coalesce(outcome, 'left out')
        where account_id = $1`,
      [accountId],
    )
    await sourceIds.destroy({ where: { accountId } })
    // Rows that were not taken, and those of enrolments that wait, name people by their address alone.
    await ctx.sql(
      `update import_rows set name = '', email = '', source_id = '', outcome = coalesce(outcome, 'left out')
        where account_id is null and email = (select lower(email) from accounts where id = $1)
          and import_id in (select id from imports where created_at > $2)`,
      [accountId, namesKeptSince(ctx.now)],
    )
  },
  merge: async (ctx, from, into) => {
    await imports.update({ author: into }, { where: { author: from } })
    await sourceIds.update({ accountId: into }, { where: { accountId: from } })
    await ctx.sql('update import_rows set account_id = $2 where account_id = $1', [from, into])
  },
}
