// What files owe a person: whose uploads came when, what they watched, and the room they have. The files themselves belong to the course and stay.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportUploaded, listUploaded } from '../queries/files.ts'
import { exportWatched } from '../queries/watching.ts'
import { personalSpaces, watches } from '../tables.ts'
import { dropUploadsOf } from './uploads.ts'

export const accountHooks: AccountHooks = {
  columns: [
    'folders.removed_by',
    'files.removed_by',
    'file_versions.by_account',
    'uploads.account_id',
    'captions.changed_by',
    'watches.account_id',
    'personal_spaces.account_id',
  ],
  stays: {
    'folders.removed_by': 'trail',
    'files.removed_by': 'trail',
    'file_versions.by_account': 'course',
    'captions.changed_by': 'course',
  },
  export: async (ctx, accountId) => ({
    filesUploaded: await exportUploaded(ctx, accountId),
    filesWatched: await exportWatched(ctx, accountId),
  }),
  files: async (ctx, accountId) =>
    (await listUploaded(ctx, accountId)).map(({ blobId, name }) => ({
      name,
      open: async () => (await ctx.blobs.get(blobId)).body,
    })),
  // The name of who brought a version is erased with the account.
  erase: async (ctx, accountId) => {
    await watches.destroy({ where: { accountId } })
    await dropUploadsOf(ctx, accountId)
    await personalSpaces.destroy({ where: { accountId } })
  },
  merge: async (ctx, from, into) => {
    await ctx.sql('update uploads set account_id = $2 where account_id = $1', [from, into])
    await ctx.sql(
      `with told as (delete from personal_spaces where account_id = $1 returning *)
       insert into personal_spaces as p (account_id, limit_bytes, used_bytes)
       select $2, limit_bytes, used_bytes from told
       on conflict (account_id) do update set
         limit_bytes = greatest(p.limit_bytes, excluded.limit_bytes), used_bytes = p.used_bytes + excluded.used_bytes`,
      [from, into],
    )
    await ctx.sql('update file_versions set by_account = $2 where by_account = $1', [from, into])
    await ctx.sql('update files set removed_by = $2 where removed_by = $1', [from, into])
    await ctx.sql('update folders set removed_by = $2 where removed_by = $1', [from, into])
    await ctx.sql('update captions set changed_by = $2 where changed_by = $1', [from, into])
    await ctx.sql(
      `with told as (delete from watches where account_id = $1 returning *)
       insert into watches as w (file_id, account_id, place, spans, seconds, length, changed_at)
       select file_id, $2, place, spans, seconds, length, changed_at from told
       on conflict (file_id, account_id) do update set
         place = case when excluded.changed_at > w.changed_at then excluded.place else w.place end,
         changed_at = greatest(excluded.changed_at, w.changed_at), spans = w.spans + excluded.spans,
         seconds = (select coalesce(sum(upper(s) - lower(s)), 0) from unnest(w.spans + excluded.spans) s)`,
      [from, into],
    )
  },
}
