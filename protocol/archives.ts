// Courses as archives on the wire: one course as one ZIP file to take away (protocol/ARCHIVE.md), and such a file brought
// in as a new course: sent in pieces, looked through, and made only when somebody says so.
import * as z from 'zod/mini'
import { defineRoutes, read, route, takesBytes, write } from './base/call.ts'
import { idSchema, instant, line, nothing, text } from './base/ids.ts'
import { defineScope } from './base/scope.ts'
import { copyCounts, dateShift, movedDate } from './courses/copy.ts'
import { courseId } from './courses.ts'
import { fileName, largestPiece } from './files.ts'
import { departmentId, termId } from './organisation.ts'

export const courseExportId = idSchema<'CourseExport'>()
export type CourseExportId = z.infer<typeof courseExportId>
export const courseImportId = idSchema<'CourseImport'>()
export type CourseImportId = z.infer<typeof courseImportId>

/** Bytes in one archive at most: what the files of a course may take. */
export const largestArchive = 20 * 1000 ** 3
/** Days that an archive can be fetched, and that one that was brought waits. */
export const archiveKeptDays = 7
/** Archives of one course at most; the oldest goes when one more is made. */
export const mostExports = 5
/** Archives that one person has on their way in at most. */
export const mostImports = 5
/** Bytes of all of them together: one of the largest, or some that are smaller. */
export const mostImportBytes = largestArchive

/** Why something came to nothing: a code of problems, with what its words need. */
const refusal = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
export type Refusal = z.infer<typeof refusal>

export const courseExport = z.object({
  id: courseExportId,
  state: z.enum(['running', 'ready', 'refused']),
  askedAt: instant,
  /** Who asked for it; null once that account is erased. */
  by: z.nullable(z.string()),
  /** In bytes; null until it is ready. */
  size: z.nullable(z.int()),
  /** Until when it can be fetched; null until it is ready. */
  expiresAt: z.nullable(instant),
  refusal: z.nullable(refusal),
})
export type CourseExport = z.infer<typeof courseExport>

/** How far the work on one is, in bytes; of the moment. */
const progress = <Id extends z.ZodMiniType>(id: Id) => z.object({ id, done: z.int(), of: z.int() })

/** The state with one of a list put in, in the order of ids: that in which they were made. */
const joined = <T extends { readonly id: string }>(list: readonly T[], one: T): T[] =>
  [...list.filter(other => other.id !== one.id), one].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Those who may take the course away: its archives, and how they come along. */
export const courseExportsScope = defineScope({
  name: 'course-exports',
  state: z.object({ exports: z.array(courseExport) }),
  feeds: {
    exportChanged: z.object({ export: courseExport }),
    exportGone: z.object({ id: courseExportId }),
  },
  fleeting: { progress: progress(courseExportId) },
  apply: (state, event) => ({
    exports:
      event.kind === 'exportChanged'
        ? joined(state.exports, event.body.export)
        : state.exports.filter(one => one.id !== event.body.id),
  }),
})

/** What an archive says of itself, once it was looked through. */
export const archiveSummary = z.object({
  title: z.string(),
  shortName: z.string(),
  timeZone: z.string(),
  exportedAt: instant,
  counts: copyCounts,
  /** Lines of the course home. */
  items: z.int(),
  /** Of its files, in bytes. */
  bytes: z.int(),
  /** How many dates are in it. */
  dates: z.int(),
  /** Parts that this server knows nothing of: they are left out. */
  unknown: z.array(z.string()),
})
export type ArchiveSummary = z.infer<typeof archiveSummary>

/**
 * receiving: its bytes come. looking: they are looked through. looked: somebody says whether it is made. making: its files
 * are unpacked, then the course is made at once. refused: nothing came of it, and nothing of it is left.
 */
export const courseImport = z.object({
  id: courseImportId,
  state: z.enum(['receiving', 'looking', 'looked', 'making', 'done', 'refused']),
  name: z.string(),
  /** In bytes. */
  size: z.int(),
  /** Bytes that are safe: the next piece begins here. */
  received: z.int(),
  summary: z.nullable(archiveSummary),
  refusal: z.nullable(refusal),
  /** The course it became. */
  courseId: z.nullable(courseId),
  /** What that is called. */
  title: z.string(),
  startedAt: instant,
})
export type CourseImport = z.infer<typeof courseImport>

/** One person's own: the archives they bring in, on every device of theirs. */
export const courseImportsScope = defineScope({
  name: 'course-imports',
  state: z.object({ imports: z.array(courseImport) }),
  feeds: {
    importChanged: z.object({ import: courseImport }),
    importGone: z.object({ id: courseImportId }),
  },
  fleeting: { progress: progress(courseImportId) },
  apply: (state, event) => ({
    imports:
      event.kind === 'importChanged'
        ? joined(state.imports, event.body.import)
        : state.imports.filter(one => one.id !== event.body.id),
  }),
})

export { largestPiece }

const ofExport = z.strictObject({ exportId: courseExportId })
const ofImport = z.strictObject({ importId: courseImportId })
const imported = z.object({ import: courseImport })

export const archiveRoutes = defineRoutes('archives', {
  /** Begins an archive of a course: for those who may copy it. Throws `export-running`. */
  startExport: route(
    'POST',
    '/courses/:courseId/exports',
    write(z.strictObject({ courseId }), z.object({ export: courseExport })),
  ),
  /** Gives one up, or takes it away. */
  dropExport: route('DELETE', '/course-exports/:exportId', write(ofExport, nothing)),
  /** The ZIP file, any part of it. */
  exportContent: route('GET', '/course-exports/:exportId/content', read(ofExport, nothing)),

  /**
   * Begins to bring an archive in, or finds the one that was begun before: the same name, size and `print`. For those who
   * may create courses. Throws `archive-too-large`; `too-many` where others of theirs, in number or in bytes, have to go first.
   */
  startImport: route(
    'POST',
    '/course-imports',
    write(
      z.strictObject({
        name: fileName,
        size: z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER)),
        print: z.string().check(z.maxLength(300)),
      }),
      imported,
    ),
  ),
  getImport: route('GET', '/course-imports/:importId', read(ofImport, imported)),
  /** The next piece, which begins at `offset`; `wrong-offset` names the right one. After the last one it is looked through. */
  append: takesBytes(
    route(
      'PATCH',
      '/course-imports/:importId',
      write(
        z.strictObject({ importId: courseImportId, offset: z.coerce.number().check(z.int(), z.minimum(0)) }),
        z.object({ received: z.int() }),
      ),
    ),
  ),
  /**
   * `try` writes nothing and says where each date would lie; `make` begins to make the course as a draft, all or nothing.
   * Homework whose due date would be past comes along as the activity alone. `departmentId` is for those who manage the
   * site. Throws `import-not-checked` for what was not looked through or is made already.
   */
  make: route(
    'POST',
    '/course-imports/:importId/course',
    write(
      z.strictObject({
        importId: courseImportId,
        how: z.enum(['try', 'make']),
        title: line(200),
        shortName: z._default(text(40), ''),
        departmentId: z._default(z.nullable(departmentId), null),
        termId: z._default(z.nullable(termId), null),
        shift: dateShift,
      }),
      z.object({ import: courseImport, dates: z.array(movedDate) }),
    ),
  ),
  /** Stops it, whatever it is at, and takes it off the list; a course that is made stays. */
  dropImport: route('DELETE', '/course-imports/:importId', write(ofImport, nothing)),
})
