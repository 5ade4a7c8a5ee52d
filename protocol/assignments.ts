// Assignments of a course on the wire: what learners hand in, when it is due, and what each was given for it. A submission
// is read by its own learner and by those who see all grades, never by others of the course.
import * as z from 'zod/mini'
import {
  draft,
  handIn,
  longestComment,
  longestReason,
  longestSubmission,
  mark,
  ownSubmission,
  submissionCounts,
  submissionFileId,
  submissionFilter,
  submissionRow,
  submissionStatus,
} from './assignments/submissions.ts'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, decimal, idSchema, instant, line, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { documentSchema, type PageDocument } from './content/document.ts'
import { courseId, moduleId } from './courses.ts'
import { fileForm, fileName, upload } from './files.ts'
import { lateChoice, latePolicy } from './grades/late.ts'
import { gradeChanges, gradeItemId } from './grades.ts'

export const assignmentId = idSchema<'Assignment'>()
export type AssignmentId = z.infer<typeof assignmentId>

/** Files that one hand-in can hold. */
export const mostSubmissionFiles = 20
/** Bytes of one of them at most, and what is offered first. */
export const largestSubmissionFile = 1000 ** 3
export const usualSubmissionFile = 100 * 1000 ** 2

/** What may be handed in. Without files `most` is 0; no forms: any kind of file. `largest` is in bytes. */
export const takes = z
  .strictObject({
    text: z.boolean(),
    most: z.int().check(z.minimum(0), z.maximum(mostSubmissionFiles)),
    forms: z.array(fileForm).check(z.maxLength(fileForm.options.length)),
    largest: z.int().check(z.minimum(1_000), z.maximum(largestSubmissionFile)),
  })
  .check(z.refine(one => one.text || one.most > 0))
export type Takes = z.infer<typeof takes>

export const assignment = z.object({
  id: assignmentId,
  courseId,
  title: z.string(),
  /** What is to be done (content/document.ts). */
  document: z.custom<PageDocument>(value => typeof value === 'object'),
  takes,
  points: decimal,
  /** Later than this is late, and taken. Null: at any time. */
  dueAt: z.nullable(instant),
  /** After this nothing is taken. Null: as long as the course runs. */
  cutOffAt: z.nullable(instant),
  /** Which late policy holds for it. */
  late: lateChoice,
  /** Its column in the gradebook. */
  gradeItemId,
  version,
  changedAt: instant,
})
export type Assignment = z.infer<typeof assignment>

/** Staff who see all grades of its course: whose submission or mark is another one now. Lists are read again. */
export const assignmentScope = defineScope({
  name: 'assignment',
  state: z.object({}),
  feeds: {
    handedIn: z.object({ accountId }),
    marked: z.object({ accountId }),
    /** The assignment itself, or so many submissions that each is read again. */
    changed: z.object({}),
  },
  fleeting: {},
  apply: state => state,
})

const title = line(200)
/** As the gradebook has them: two decimals at most. */
const ofTwo = decimal.check(z.regex(/^\d{1,9}(\.\d{1,2})?$/))
const points = ofTwo.check(z.refine(one => Number(one) > 0))
const moment = z.nullable(instant)
const document = z.object({
  schema: z.int().check(z.minimum(1), z.maximum(documentSchema)),
  content: z.array(z.unknown()),
})
/** Not trimmed: a writer may be in the middle of a line. */
const written = z.string().check(z.maxLength(longestSubmission))
const ofAssignment = { courseId, assignmentId }
const filter = z._default(submissionFilter, 'all')

export const assignmentRoutes = defineRoutes('assignments', {
  /**
   * Stands at the end of a module, with a column of its own in the gradebook. `malformed` at `cutOffAt` where that is before
   * it is due, and at `document` for no such tree.
   */
  create: route(
    'POST',
    '/courses/:courseId/assignments',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        document: z.optional(document),
        takes: z._default(takes, { text: true, most: 0, forms: [], largest: usualSubmissionFile }),
        points: z._default(points, '10'),
        dueAt: z._default(moment, null),
        cutOffAt: z._default(moment, null),
        late: z._default(lateChoice, { use: 'course' }),
        published: z._default(z.boolean(), false),
      }),
      z.object({ assignment }),
    ),
  ),
  get: route(
    'GET',
    '/courses/:courseId/assignments/:assignmentId',
    read(
      z.strictObject(ofAssignment),
      z.object({
        assignment,
        /** The late policy that holds: its own, or the course's. */
        policy: latePolicy,
        published: z.boolean(),
        mayChange: z.boolean(),
        mayReadAll: z.boolean(),
        mayMark: z.boolean(),
        /** Whether the reader's work is taken as far as rights go: not where the course is over. */
        mayHandIn: z.boolean(),
        /** The reader's own; null for who hands nothing in, such as staff. */
        own: z.nullable(ownSubmission),
      }),
    ),
  ),
  /** `conflict` with the `current` one when somebody was faster; `in-use` for fewer points than somebody has. */
  change: route(
    'PATCH',
    '/courses/:courseId/assignments/:assignmentId',
    write(
      z.strictObject({
        ...ofAssignment,
        version,
        title: z.optional(title),
        document: z.optional(document),
        takes: z.optional(takes),
        points: z.optional(points),
        dueAt: z.optional(moment),
        cutOffAt: z.optional(moment),
        late: z.optional(lateChoice),
      }),
      z.object({ assignment }),
    ),
  ),
  /** Whose grade another choice of a late policy would change; the first 200 are named. */
  previewLate: route(
    'POST',
    '/courses/:courseId/assignments/:assignmentId/late/preview',
    read(z.strictObject({ ...ofAssignment, late: lateChoice }), gradeChanges),
  ),

  /** Keeps what the caller writes. `conflict` with the `current` draft when another window was faster. */
  saveDraft: route(
    'PUT',
    '/courses/:courseId/assignments/:assignmentId/draft',
    write(z.strictObject({ ...ofAssignment, version, text: written }), z.object({ draft })),
  ),
  /**
   * Begins an upload into the caller's draft, or finds the one that was begun; pieces go to `files.append`, which answers
   * `refused` where the bytes are of a kind that is not taken. Throws `too-many`, `too-large`, `no-room`.
   */
  startUpload: route(
    'POST',
    '/courses/:courseId/assignments/:assignmentId/uploads',
    write(
      z.strictObject({
        ...ofAssignment,
        name: fileName,
        size: z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER)),
        print: z.string().check(z.maxLength(300)),
      }),
      z.object({ upload }),
    ),
  ),
  /** Takes a file out of the caller's draft; what was handed in keeps it. */
  removeFile: route(
    'DELETE',
    '/courses/:courseId/assignments/:assignmentId/draft/files/:fileId',
    write(z.strictObject({ ...ofAssignment, fileId: submissionFileId }), nothing),
  ),
  restoreFile: route(
    'POST',
    '/courses/:courseId/assignments/:assignmentId/draft/files/:fileId/restore',
    write(z.strictObject({ ...ofAssignment, fileId: submissionFileId }), nothing),
  ),
  /**
   * Hands the draft in, with this text: a further version, and the earlier ones stay. Lateness is judged by arrival. Throws
   * `hand-in-over` after the cut-off, `marked-already`, `conflict` with the `current` draft; `malformed` at `text` for
   * nothing.
   */
  handIn: route(
    'POST',
    '/courses/:courseId/assignments/:assignmentId/hand-in',
    write(z.strictObject({ ...ofAssignment, version, text: written }), z.object({ own: ownSubmission })),
  ),
  /** The bytes of a file somebody handed in or is about to. */
  fileContent: route(
    'GET',
    '/submission-files/:fileId/content',
    read(
      z.strictObject({ fileId: submissionFileId, as: z._default(z.enum(['attachment', 'inline']), 'inline') }),
      z.unknown(),
    ),
  ),

  /** Learners of the course and whoever handed in, by name. `counts`: on the first page. */
  list: route(
    'GET',
    '/courses/:courseId/assignments/:assignmentId/submissions',
    read(
      z.strictObject({ ...ofAssignment, filter, search: z.optional(text(100)), ...pageInput }),
      z.extend(pageOf(submissionRow), { counts: z.nullable(submissionCounts) }),
    ),
  ),
  /** One of them, with those before and after it among the ones the filter lets through. */
  submission: route(
    'GET',
    '/courses/:courseId/assignments/:assignmentId/submissions/:accountId',
    read(
      z.strictObject({ ...ofAssignment, accountId, filter }),
      z.object({
        accountId,
        name: z.string(),
        status: submissionStatus,
        handIns: z.array(handIn),
        /** How late the last one came; null for in time. */
        lateSeconds: z.nullable(z.int()),
        /** Nothing came by the cut-off, and the late policy says what that counts as. */
        missing: z.boolean(),
        /** What the gradebook says; null for nothing. */
        grade: z.nullable(decimal),
        mark: z.nullable(mark),
        /** Grows with each hand-in and each mark. */
        version,
        previous: z.nullable(accountId),
        next: z.nullable(accountId),
      }),
    ),
  ),
  /**
   * Gives a mark, or with a null score takes it back. `conflict` with the `current` mark and version when somebody marked or
   * handed in since; `malformed` at `score` for more than the points there are. `waived` says why its lateness takes
   * nothing off, null that it does; left out it stays as it is.
   */
  mark: route(
    'PUT',
    '/courses/:courseId/assignments/:assignmentId/submissions/:accountId/mark',
    write(
      z.strictObject({
        ...ofAssignment,
        accountId,
        version,
        score: z.nullable(ofTwo),
        comment: z._default(text(longestComment), ''),
        waived: z.optional(z.nullable(text(longestReason).check(z.minLength(1)))),
      }),
      z.object({ mark: z.nullable(mark), version }),
    ),
  ),
  csv: route(
    'GET',
    '/courses/:courseId/assignments/:assignmentId/submissions.csv',
    read(z.strictObject(ofAssignment), z.unknown()),
  ),
})
