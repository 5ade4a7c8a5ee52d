// The HTTP door of files: asks for the right, then calls the action or query. Bytes go in and out here alone.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { fileRoutes } from '#protocol/files.ts'
import { demandMay, may, site } from '#server/features/access/index.ts'
import { courseContext, demandThing, getCourse } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { BlobAnswer, type Handlers } from '#server/platform/feature.ts'
import { destroyFile, destroyFolder, emptyBin } from '../actions/bin.ts'
import { startUpload } from '../actions/course-uploads.ts'
import { changeFile, placeFile, removeFile, restoreFile, restoreVersion } from '../actions/files.ts'
import { changeFolder, createFolder, removeFolder, restoreFolder } from '../actions/folders.ts'
import { changeSpace } from '../actions/space.ts'
import { cancelUpload, prepareAppend, showUpload } from '../actions/uploads.ts'
import { countBin } from '../queries/bin.ts'
import {
  fileOf,
  getFile,
  getOwnFile,
  getOwnFolder,
  getVersion,
  listVersions,
  placed,
  placeOf,
} from '../queries/files.ts'
import { listFiles, pathOf, spaceOf } from '../queries/lists.ts'
import { textOf } from '../queries/words.ts'

async function demandChange(ctx: Ctx, courseId: CourseId): Promise<void> {
  await demandMay(ctx, 'content.change', courseContext(courseId))
  await getCourse(ctx, courseId)
}

export const httpHandlers: Handlers<typeof fileRoutes> = {
  list: async (ctx, input) => {
    await demandChange(ctx, input.courseId)
    return {
      path: await pathOf(ctx, input.courseId, input.folderId ?? null),
      ...(await listFiles(ctx, input)),
      space: await spaceOf(ctx, input.courseId),
      mayChangeSpace: await may(ctx, 'site.manage', site),
    }
  },
  get: async (ctx, { fileId }) => {
    const { row, mayChange } = await getFile(ctx, fileId)
    return { file: fileOf(row), courseId: row.courseId, mayChange, item: await placeOf(ctx, fileId) }
  },
  versions: async (ctx, { fileId }) => {
    await getOwnFile(ctx, fileId)
    return { items: await listVersions(ctx, fileId) }
  },
  content: async (ctx, { fileId, number, as }) => {
    const { row, mayChange } = await getFile(ctx, fileId)
    demand(number === undefined || number === row.number || mayChange, 'not-found')
    const held = await getVersion(fileId, number ?? row.number)
    const { blobs } = ctx
    return new BlobAnswer({
      name: held.number === row.number ? row.name : held.name,
      type: held.type,
      as,
      size: Number(held.size),
      tag: held.blobId,
      open: async range => (await blobs.get(held.blobId, range)).body,
    })
  },

  text: async (ctx, { fileId }) => textOf(ctx, (await getFile(ctx, fileId)).row),

  startUpload: async (ctx, input) => {
    if (input.fileId === undefined) await demandChange(ctx, input.courseId)
    else await demandThing(ctx, 'content.change', placed({ courseId: input.courseId, id: input.fileId }))
    return { upload: await startUpload(ctx, input) }
  },
  getUpload: async (ctx, { uploadId }) => ({ upload: await showUpload(ctx, uploadId) }),
  append: {
    prepare: async (ctx, input) => {
      const bytes = ctx.session?.bytes
      if (!bytes) throw new Problem('malformed', { errors: [{ path: '', code: 'bytes_needed' }] })
      return prepareAppend(ctx, input, bytes)
    },
  },
  cancelUpload: async (ctx, { uploadId }) => {
    await cancelUpload(ctx, uploadId)
    return {}
  },

  createFolder: async (ctx, input) => {
    await demandChange(ctx, input.courseId)
    return { folder: await createFolder(ctx, input) }
  },
  changeFolder: async (ctx, input) => {
    await getOwnFolder(ctx, input.folderId)
    return { folder: await changeFolder(ctx, input) }
  },
  removeFolder: async (ctx, { folderId }) => {
    await getOwnFolder(ctx, folderId)
    await removeFolder(ctx, folderId)
    return {}
  },
  restoreFolder: async (ctx, { folderId }) => {
    await getOwnFolder(ctx, folderId)
    return { folder: await restoreFolder(ctx, folderId) }
  },

  change: async (ctx, input) => {
    await getOwnFile(ctx, input.fileId)
    return { file: await changeFile(ctx, input) }
  },
  remove: async (ctx, { fileId }) => {
    await getOwnFile(ctx, fileId)
    await removeFile(ctx, fileId)
    return {}
  },
  restore: async (ctx, { fileId }) => {
    await getOwnFile(ctx, fileId)
    return { file: await restoreFile(ctx, fileId) }
  },
  destroy: async (ctx, { fileId }) => {
    await destroyFile(ctx, await getOwnFile(ctx, fileId))
    return {}
  },
  destroyFolder: async (ctx, { folderId }) => ({ left: await destroyFolder(ctx, await getOwnFolder(ctx, folderId)) }),
  bin: async (ctx, { courseId, ...which }) => {
    await demandChange(ctx, courseId)
    return { bin: await countBin(ctx, courseId, which) }
  },
  emptyBin: async (ctx, { courseId, until }) => {
    await demandChange(ctx, courseId)
    return { left: await emptyBin(ctx, courseId, new Date(until)) }
  },
  restoreVersion: async (ctx, { fileId, number }) => ({
    file: await restoreVersion(ctx, await getOwnFile(ctx, fileId), number),
  }),
  place: async (ctx, { fileId, ...input }) => {
    await placeFile(ctx, await getOwnFile(ctx, fileId), input)
    return {}
  },
  changeSpace: async (ctx, input) => {
    await demandMay(ctx, 'site.manage', site)
    await getCourse(ctx, input.courseId)
    return { space: await changeSpace(ctx, input) }
  },
}
