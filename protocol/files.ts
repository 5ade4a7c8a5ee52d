// Files of a course on the wire: folders, files with their versions, and uploads that come in pieces and go on after a
// broken connection (docs/decisions/0007-uploads.md). An id grants nothing: bytes are read by whoever may read the file.
import * as z from 'zod/mini'
import { defineRoutes, read, route, takesBytes, write } from './base/call.ts'
import { idSchema, instant, line, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { courseId, courseItem, moduleId } from './courses.ts'

export const fileId = idSchema<'File'>()
export type FileId = z.infer<typeof fileId>
export const folderId = idSchema<'Folder'>()
export type FolderId = z.infer<typeof folderId>
export const uploadId = idSchema<'Upload'>()
export type UploadId = z.infer<typeof uploadId>

/** Bytes in one piece of an upload at most: a piece that breaks off is sent again. */
export const largestPiece = 8 * 1024 * 1024
/** Bytes in one file at most. */
export const largestFile = 5 * 1000 ** 3
/** Levels of folders below the course. */
export const deepestFolder = 10

/** What a file is, as its content says, not its name. */
export const fileForm = z.enum(['image', 'audio', 'video', 'pdf', 'text', 'other'])
export type FileForm = z.infer<typeof fileForm>

/**
 * The name of a file or folder: words for people, never a path. Composed letters, so that the same name typed on
 * another system is the same.
 */
export const fileName = line(200).check(
  z.overwrite(name => name.normalize('NFC')),
  z.regex(/^(?!\.{1,2}$)[^/\\]*$/),
)

export const folder = z.object({
  kind: z.literal('folder'),
  id: folderId,
  folderId: z.nullable(folderId),
  name: z.string(),
  changedAt: instant,
  removedAt: z.nullable(instant),
  version,
})
export type Folder = z.infer<typeof folder>

export const file = z.object({
  kind: z.literal('file'),
  id: fileId,
  /** Null: in no folder. */
  folderId: z.nullable(folderId),
  name: z.string(),
  form: fileForm,
  /** Its media type, as its content says. */
  type: z.string(),
  /** In bytes. */
  size: z.int(),
  /** Which version of its content holds; the first is 1. */
  number: z.int(),
  changedAt: instant,
  removedAt: z.nullable(instant),
  version,
})
export type File = z.infer<typeof file>

export const fileEntry = z.discriminatedUnion('kind', [folder, file])
export type FileEntry = z.infer<typeof fileEntry>

export const fileVersion = z.object({
  number: z.int(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  at: instant,
  /** Who brought it; null once that account is erased. */
  by: z.nullable(z.string()),
})
export type FileVersion = z.infer<typeof fileVersion>

/** Characters of a file's text that are shown where the file itself cannot be. */
export const shownText = 100_000

/** The words of a file. `none`: nothing reads this type, or there are none in it, or the file is damaged or too large. */
export const fileText = z.object({
  state: z.enum(['waiting', 'read', 'none']),
  text: z.string(),
  /** There is more than is shown. */
  more: z.boolean(),
})
export type FileText = z.infer<typeof fileText>

/** How much a course's files take, with every version and the bin, in bytes. */
export const fileSpace = z.object({ used: z.int(), limit: z.int() })
export type FileSpace = z.infer<typeof fileSpace>

export const upload = z.object({
  id: uploadId,
  name: z.string(),
  size: z.int(),
  /** Bytes that are safe: the next piece begins here. */
  received: z.int(),
})
export type Upload = z.infer<typeof upload>

/** Staff of a course: a number that grows with every change of its files, so that an open list is read again. */
export const filesScope = defineScope({
  name: 'files',
  state: z.object({ changes: z.int() }),
  feeds: { changed: z.object({ changes: z.int() }) },
  fleeting: {},
  apply: (_state, event) => ({ changes: event.body.changes }),
})

/** Everybody in a course: how much room its files have, in bytes, so that who was refused hears when there is more. */
export const fileRoomScope = defineScope({
  name: 'file-room',
  state: z.object({ limit: z.int() }),
  feeds: { changed: z.object({ limit: z.int() }) },
  fleeting: {},
  apply: (_state, event) => ({ limit: event.body.limit }),
})

/**
 * Why bytes that came whole were not taken: another kind of file is asked for, or there are as many as can be, or it is over.
 * Of packages: no archive; behind a password; names that lead elsewhere or are one name twice; too much in it; growing beyond
 * measure; no manifest, or none that can be read; nothing to play; a part that is not in it, or stands elsewhere. Of H5P: a file
 * that cannot be read; a library that is named and not in it; no player for it here.
 */
export const uploadRefused = z.enum([
  ...['kind', 'many', 'over'],
  ...['no-archive', 'encrypted', 'unsafe-name', 'too-much', 'grows', 'no-manifest', 'bad-manifest', 'nothing-to-play'],
  ...['part-missing', 'part-elsewhere', 'file-unread', 'library-missing', 'no-player'],
] as const)
export type UploadRefused = z.infer<typeof uploadRefused>

const inFolder = z._default(z.nullable(folderId), null)
const ofFile = { fileId }
const ofFolder = { folderId }
const ofUpload = { uploadId }
const standing = z.enum(['standing', 'removed'])

/** How much goes for good. */
export const binContents = z.object({
  files: z.int(),
  folders: z.int(),
  /** With every version, in bytes. */
  bytes: z.int(),
  /** Pages and other things that still show one of the files. */
  shownIn: z.int(),
  /** When the latest of it came into the bin; null where there is nothing. */
  until: z.nullable(instant),
})
export type BinContents = z.infer<typeof binContents>

export const fileRoutes = defineRoutes('files', {
  /**
   * Folders first, then files, by name. With `search` or `form` through every folder; `which: removed` is the bin.
   * `path` leads to the folder from the top.
   */
  list: route(
    'GET',
    '/courses/:courseId/files',
    read(
      z.strictObject({
        courseId,
        ...pageInput,
        folderId: z.optional(folderId),
        search: z.optional(text(100)),
        form: z.optional(fileForm),
        which: z._default(standing, 'standing'),
      }),
      z.extend(pageOf(fileEntry), {
        path: z.array(z.object({ id: folderId, name: z.string() })),
        space: fileSpace,
        /** Whoever asks may give the course another space. */
        mayChangeSpace: z._default(z.boolean(), false),
      }),
    ),
  ),
  get: route(
    'GET',
    '/files/:fileId',
    read(
      z.strictObject(ofFile),
      z.object({
        file,
        courseId,
        mayChange: z.boolean(),
        /** Its place in the course; null when it stands nowhere there. */
        item: z.nullable(courseItem),
      }),
    ),
  ),
  /** Those of one file, the newest first. */
  versions: route(
    'GET',
    '/files/:fileId/versions',
    read(z.strictObject(ofFile), z.object({ items: z.array(fileVersion) })),
  ),
  /** The bytes; any part of them by a Range header. `number`: of an earlier version, for staff. */
  content: route(
    'GET',
    '/files/:fileId/content',
    read(
      z.strictObject({
        ...ofFile,
        number: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000_000))),
        as: z._default(z.enum(['attachment', 'inline']), 'inline'),
      }),
      z.unknown(),
    ),
  ),
  /** What was read of its bytes, from the beginning; for whoever may read the file. */
  text: route('GET', '/files/:fileId/text', read(z.strictObject(ofFile), fileText)),

  /**
   * Begins an upload, or finds the one that was begun before: the same person, place, name, size and `print`, which the
   * client makes of the file. `fileId`: a new version of it. Throws `no-room`, `too-large`, `too-many`.
   */
  startUpload: route(
    'POST',
    '/courses/:courseId/uploads',
    write(
      z.strictObject({
        courseId,
        folderId: inFolder,
        fileId: z.optional(fileId),
        name: fileName,
        size: z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER)),
        print: z.string().check(z.maxLength(300)),
      }),
      z.object({ upload }),
    ),
  ),
  getUpload: route('GET', '/uploads/:uploadId', read(z.strictObject(ofUpload), z.object({ upload }))),
  /**
   * The next piece, which begins at `offset`; `wrong-offset` names the right one. With the last piece the file is there:
   * a name that is taken in its folder makes a new version of the file that has it. `file` stays null where the upload goes
   * elsewhere, such as to what somebody hands in; `refused` says why that did not take it.
   */
  append: takesBytes(
    route(
      'PATCH',
      '/uploads/:uploadId',
      write(
        z.strictObject({ ...ofUpload, offset: z.coerce.number().check(z.int(), z.minimum(0)) }),
        z.object({
          received: z.int(),
          file: z.nullable(file),
          refused: z.optional(uploadRefused),
          /** The name in the archive that it is about. */
          refusedAt: z.optional(z.string()),
        }),
      ),
    ),
  ),
  cancelUpload: route('DELETE', '/uploads/:uploadId', write(z.strictObject(ofUpload), nothing)),

  createFolder: route(
    'POST',
    '/courses/:courseId/folders',
    write(z.strictObject({ courseId, folderId: inFolder, name: fileName }), z.object({ folder })),
  ),
  /** Renames a folder or moves it with all it holds. Throws `name-taken`, `too-deep`; into itself is `not-allowed`. */
  changeFolder: route(
    'PATCH',
    '/folders/:folderId',
    write(
      z.strictObject({
        ...ofFolder,
        version,
        name: z.optional(fileName),
        into: z.optional(z.nullable(folderId)),
      }),
      z.object({ folder }),
    ),
  ),
  removeFolder: route('DELETE', '/folders/:folderId', write(z.strictObject(ofFolder), nothing)),
  restoreFolder: route('POST', '/folders/:folderId/restore', write(z.strictObject(ofFolder), z.object({ folder }))),

  change: route(
    'PATCH',
    '/files/:fileId',
    write(
      z.strictObject({
        ...ofFile,
        version,
        name: z.optional(fileName),
        into: z.optional(z.nullable(folderId)),
      }),
      z.object({ file }),
    ),
  ),
  /** Into the bin, where it stays for 30 days; its place in the course goes with it. */
  remove: route('DELETE', '/files/:fileId', write(z.strictObject(ofFile), nothing)),
  restore: route('POST', '/files/:fileId/restore', write(z.strictObject(ofFile), z.object({ file }))),
  /** Out of the bin for good. */
  destroy: route('DELETE', '/files/:fileId/forever', write(z.strictObject(ofFile), nothing)),
  /** As `destroy`, with all it holds. Much of it goes in several turns: asked again while something is `left`. */
  destroyFolder: route(
    'DELETE',
    '/folders/:folderId/forever',
    write(z.strictObject(ofFolder), z.object({ left: z.int() })),
  ),
  /** What the bin of a course holds, or the file or folder in it that is named: what would be lost. */
  bin: route(
    'GET',
    '/courses/:courseId/files/bin',
    read(
      z.strictObject({ courseId, folderId: z.optional(folderId), fileId: z.optional(fileId) }),
      z.object({ bin: binContents }),
    ),
  ),
  /**
   * Takes everything out of the bin for good that came into it until then: what the caller was told of, and nothing that came
   * after. In turns, as `destroyFolder`.
   */
  emptyBin: route(
    'POST',
    '/courses/:courseId/files/bin/empty',
    write(z.strictObject({ courseId, until: instant }), z.object({ left: z.int() })),
  ),
  /** Makes an earlier version hold again, as a further version. */
  restoreVersion: route(
    'POST',
    '/files/:fileId/versions/:number/restore',
    write(z.strictObject({ ...ofFile, number: z.coerce.number().check(z.int(), z.minimum(1)) }), z.object({ file })),
  ),
  /** Places a file in the course as an item. One that stands there already is left where it is. */
  place: route(
    'POST',
    '/files/:fileId/place',
    write(
      z.strictObject({
        ...ofFile,
        moduleId: z._default(z.nullable(moduleId), null),
        published: z._default(z.boolean(), false),
      }),
      nothing,
    ),
  ),
  /** For those who manage the site. In bytes; what is there already stays, also where it is more. */
  changeSpace: route(
    'PUT',
    '/courses/:courseId/files/space',
    write(
      z.strictObject({ courseId, limit: z.int().check(z.minimum(0), z.maximum(100 * 1024 ** 4)) }),
      z.object({ space: fileSpace }),
    ),
  ),
})
