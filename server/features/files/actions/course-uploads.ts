// Uploads of files of a course: by those who change its content, into a folder or as a version of a file.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type FileId, type FolderId, largestFile, type Upload } from '#protocol/files.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext, demandThing, getCourse } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { fileKind, placed } from '../queries/files.ts'
import { pathOf } from '../queries/lists.ts'
import { bytesInWords } from '../rules/files.ts'
import { files } from '../tables.ts'
import { addVersion } from './files.ts'
import type { UploadKind } from './upload-kinds.ts'
import { beginUpload } from './uploads.ts'

interface Start {
  readonly courseId: CourseId
  readonly folderId: FolderId | null
  readonly fileId?: FileId | undefined
  readonly name: string
  readonly size: number
  readonly print: string
}

/**
 * Begins an upload, or finds the same one that was begun before. Rights were asked. Throws `not-found`, `too-large` and
 * `too-many`.
 */
export async function startUpload(ctx: WriteCtx, { fileId, ...input }: Start): Promise<Upload> {
  demand(input.size <= largestFile, 'too-large', { params: { limit: bytesInWords(largestFile) } })
  await pathOf(ctx, input.courseId, input.folderId)
  if (fileId !== undefined) {
    const of = { id: fileId, courseId: input.courseId, removedAt: null }
    if ((await files.count({ where: of })) === 0) throw new Problem('not-found')
  }
  return beginUpload(ctx, { ...input, kind: fileKind, refId: null, fileId: fileId ?? null })
}

const courseOf = ({ courseId }: { readonly courseId: CourseId | null }): CourseId => {
  if (courseId === null) throw new Error('a file of a course came without one')
  return courseId
}

export const courseUploads: UploadKind = {
  demand: async (ctx, upload) => {
    const courseId = courseOf(upload)
    if (upload.fileId === null) await demandMay(ctx, 'content.change', courseContext(courseId), 'writing')
    else await demandThing(ctx, 'content.change', placed({ courseId, id: upload.fileId }), 'writing')
    await getCourse(ctx, courseId)
  },
  finish: (ctx, upload) =>
    addVersion(ctx, {
      courseId: courseOf(upload),
      folderId: upload.folderId,
      fileId: upload.fileId,
      name: upload.name,
      blobId: upload.id,
      size: upload.size,
      type: upload.type,
    }),
}
