// Files of courses: folders, files with versions, uploads that go on after a broken connection. Later features show files
// and say so here; whoever may read what shows a file may read the file.

import type { CourseId } from '#protocol/courses.ts'
import { folderRoutes } from '#protocol/files/folders.ts'
import { watchingRoutes } from '#protocol/files/watching.ts'
import { fileRoomScope, fileRoutes, filesScope } from '#protocol/files.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { courseContext, registerCoursePart, registerItemStands } from '#server/features/courses/index.ts'
import { registerSearchSource } from '#server/features/search/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { emptyBins } from './actions/bin.ts'
import { courseUploads } from './actions/course-uploads.ts'
import { filesPart } from './actions/part.ts'
import { accountHooks } from './actions/people.ts'
import { registerUploadKind } from './actions/upload-kinds.ts'
import { blobsGone, dropOldUploads } from './actions/uploads.ts'
import { readWords } from './actions/words.ts'
import { httpHandlers } from './http/files.ts'
import { folderHandlers } from './http/folders.ts'
import { watchingHandlers } from './http/watching.ts'
import { fileKind, filesState, folderKind } from './queries/files.ts'
import { fileSource } from './queries/findable.ts'
import { fileStands, folderStands, spaceOf } from './queries/lists.ts'

export { bareThePicture } from './actions/pictures.ts'
export { giveSpace, takeSpace } from './actions/space.ts'
export { type Arrived, type Refused, registerUploadKind, type UploadKind } from './actions/upload-kinds.ts'
export {
  beginUpload,
  blobsGone,
  cancelUpload,
  countUploadsTo,
  prepareAppend,
  redirectUploads,
} from './actions/uploads.ts'
export { addFileUses, setFileUses } from './actions/uses.ts'
export { readOlder } from './actions/words.ts'
export { inBin as fileInBin } from './queries/findable.ts'
export { bytesInWords, formOf } from './rules/files.ts'
export { files } from './tables.ts'

registerUploadKind(fileKind, courseUploads)
registerCoursePart('files', filesPart)
registerItemStands(fileKind, fileStands)
registerItemStands(folderKind, folderStands)
registerSearchSource(fileSource)

export const filesFeature: Feature = {
  name: 'files',
  bindings: [
    ...bind(fileRoutes, httpHandlers),
    ...bind(folderRoutes, folderHandlers),
    ...bind(watchingRoutes, watchingHandlers),
  ],
  scopes: [
    bindScope(filesScope, {
      admit: (ctx, id) => demandMay(ctx, 'content.change', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'content.change', courseContext(id)),
      snapshot: filesState,
    }),
    bindScope(fileRoomScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'course.view', courseContext(id)),
      snapshot: async (ctx, id) => ({ limit: (await spaceOf(ctx, id as CourseId)).limit }),
    }),
  ],
  jobs: [blobsGone, readWords],
  tickers: [
    { name: 'files.uploads', everyMs: 600_000, run: dropOldUploads },
    { name: 'files.bins', everyMs: 600_000, run: emptyBins },
  ],
  account: accountHooks,
}
