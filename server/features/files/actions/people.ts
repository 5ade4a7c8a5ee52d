// What files owe a person: whose uploads came when. The files themselves belong to the course and stay.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportUploaded, listUploaded } from '../queries/files.ts'

export const accountHooks: AccountHooks = {
  columns: ['folders.removed_by', 'files.removed_by', 'file_versions.by_account', 'uploads.account_id'],
  stays: {
    'folders.removed_by': 'trail',
    'files.removed_by': 'trail',
    'file_versions.by_account': 'course',
    'uploads.account_id': 'course',
  },
  export: async (ctx, accountId) => ({
    filesUploaded: await exportUploaded(ctx, accountId),
  }),
  files: async (ctx, accountId) =>
    (await listUploaded(ctx, accountId)).map(({ blobId, name }) => ({
      name,
      open: async () => (await ctx.blobs.get(blobId)).body,
    })),
  // Uploads on their way run out by themselves; the name of who brought a version is erased with the account.
  erase: async () => undefined,
  merge: async (ctx, from, into) => {
    await ctx.sql('update uploads set account_id = $2 where account_id = $1', [from, into])
    await ctx.sql('update file_versions set by_account = $2 where by_account = $1', [from, into])
    await ctx.sql('update files set removed_by = $2 where removed_by = $1', [from, into])
    await ctx.sql('update folders set removed_by = $2 where removed_by = $1', [from, into])
  },
}
