// What files owe a person: whose uploads came when. The files themselves belong to the course and stay.
import type { AccountHooks } from '#server/platform/feature.ts'

export const accountHooks: AccountHooks = {
  columns: ['folders.removed_by', 'files.removed_by', 'file_versions.by_account', 'uploads.account_id'],
  export: async (ctx, accountId) => ({
    filesUploaded: await ctx.sql<object>(
      `select v.name, v.size::float8 as size, v.at, c.title as course from file_versions v
         join files f on f.id = v.file_id join courses c on c.id = f.course_id
        where v.by_account = $1 order by v.at`,
      [accountId],
    ),
  }),
  // Uploads on their way run out by themselves; the name of who brought a version is erased with the account.
  erase: async () => undefined,
  merge: async (ctx, from, into) => {
    await ctx.sql('update uploads set account_id = $2 where account_id = $1', [from, into])
  },
}
