// The HTTP door of folders in their course: asks for the right, then calls the action or query.
import type { folderRoutes } from '#protocol/files/folders.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { placeFolder } from '../actions/folders.ts'
import { getOwnFolder } from '../queries/files.ts'
import { readFolder } from '../queries/folders.ts'

export const folderHandlers: Handlers<typeof folderRoutes> = {
  folder: readFolder,
  placeFolder: async (ctx, input) => {
    await getOwnFolder(ctx, input.folderId)
    await placeFolder(ctx, input)
    return {}
  },
}
