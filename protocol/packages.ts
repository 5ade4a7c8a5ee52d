// Packages of a course on the wire: SCORM 1.2, SCORM 2004 and H5P, played on an origin of their own. What a package says of itself
// is somebody else's word: it is taken in this shape alone, and what it comes to is decided by the server.
import * as z from 'zod/mini'
import { defineCalls, defineRoutes, once, read, route, write } from './base/call.ts'
import { accountId, decimal, idSchema, instant, line, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { courseId, moduleId } from './courses.ts'
import { fileName, upload } from './files.ts'
import { gradeItemId } from './grades.ts'
import {
  attemptId,
  learnerCounts,
  learnerFilter,
  learnerRow,
  ownAttempts,
  partData,
  partState,
} from './packages/attempts.ts'
import { packageForm, packagePart, playedPart } from './packages/player.ts'

export const packageId = idSchema<'Package'>()
export type PackageId = z.infer<typeof packageId>
export const packageContent = z.object({
  form: packageForm,
  /** Which version of the package it is; the first is 1. */
  number: z.int(),
  /** What the package calls itself. */
  title: z.string(),
  /** In bytes, as it was brought. */
  size: z.int(),
  files: z.int(),
  parts: z.array(packagePart),
  at: instant,
})
export type PackageContent = z.infer<typeof packageContent>

export const coursePackage = z.object({
  id: packageId,
  courseId,
  title: z.string(),
  points: decimal,
  gradeItemId,
  /** What is played; null until it has been brought. */
  content: z.nullable(packageContent),
  version,
  changedAt: instant,
})
export type CoursePackage = z.infer<typeof coursePackage>

/** Why a package cannot be played here. not-set-up: an administrator has to give them an address; no-h5p: has to bring the player for H5P. */
export const playerAway = z.enum(['not-set-up', 'no-h5p'])
export type PlayerAway = z.infer<typeof playerAway>

/** Staff who see all grades of its course: whose attempt is another one now. Lists are read again. */
export const packageScope = defineScope({
  name: 'package',
  state: z.object({}),
  feeds: {
    attempted: z.object({ accountId }),
    /** The package itself, or so many attempts that each is read again. */
    changed: z.object({}),
  },
  fleeting: {},
  apply: state => state,
})

const title = line(200)
/** As the gradebook has them: two decimals at most. */
const points = decimal.check(
  z.regex(/^\d{1,9}(\.\d{1,2})?$/),
  z.refine(one => Number(one) > 0),
)
const ofPackage = { courseId, packageId }

export const packageRoutes = defineRoutes('packages', {
  /** Stands at the end of a module, with a column of its own in the gradebook and nothing to play yet. */
  create: route(
    'POST',
    '/courses/:courseId/packages',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        points: z._default(points, '10'),
        published: z._default(z.boolean(), false),
      }),
      z.object({ package: coursePackage }),
    ),
  ),
  get: route(
    'GET',
    '/courses/:courseId/packages/:packageId',
    read(
      z.strictObject(ofPackage),
      z.object({
        package: coursePackage,
        published: z.boolean(),
        mayChange: z.boolean(),
        mayReadAll: z.boolean(),
        /** Why nobody plays it here; null where it can be played. */
        away: z.nullable(playerAway),
        /** Whether what the reader does in it is kept: not that of staff, nor where the course is over. */
        kept: z.boolean(),
        /** The reader's own; null for who has none, such as staff. */
        own: z.nullable(ownAttempts),
      }),
    ),
  ),
  /** `conflict` with the `current` one when somebody was faster. */
  change: route(
    'PATCH',
    '/courses/:courseId/packages/:packageId',
    write(
      z.strictObject({ ...ofPackage, version, title: z.optional(title), points: z.optional(points) }),
      z.object({ package: coursePackage }),
    ),
  ),
  /**
   * Begins to bring a package, or the next version of it; pieces go to `files.append`, which answers `refused` with the
   * reason where it is none that is played here. Throws `too-large`, `no-room`.
   */
  startUpload: route(
    'POST',
    '/courses/:courseId/packages/:packageId/uploads',
    write(
      z.strictObject({
        ...ofPackage,
        name: fileName,
        size: z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER)),
        print: z.string().check(z.maxLength(300)),
      }),
      z.object({ upload }),
    ),
  ),
  /**
   * Opens a sitting: an address that plays the package for this browser alone, for as long as its right lasts. `attempt`:
   * goes on where the newest one stands, or begins another when that is over (`attempt-open` while it is not). Of whom
   * nothing is kept, as of staff, it begins no attempt. Throws `package-empty`, `packages-away`, `h5p-away`.
   */
  open: route(
    'POST',
    '/courses/:courseId/packages/:packageId/sittings',
    once(
      write(
        z.strictObject({ ...ofPackage, attempt: z._default(z.enum(['continue', 'new']), 'continue') }),
        z.object({
          /** The player's. */
          address: z.string(),
          form: packageForm,
          /** Null: nothing is kept. */
          attemptId: z.nullable(attemptId),
          /** Which sitting of the attempt it is. */
          sitting: z.int(),
          parts: z.array(playedPart),
          states: z.array(partState),
          /** As the package is told of whoever plays it. */
          learner: z.object({ id: z.string(), name: z.string() }),
        }),
      ),
    ),
  ),
  /** Learners of the course and whoever began an attempt, by name. `counts`: on the first page. */
  list: route(
    'GET',
    '/courses/:courseId/packages/:packageId/learners',
    read(
      z.strictObject({
        ...ofPackage,
        filter: z._default(learnerFilter, 'all'),
        search: z.optional(text(100)),
        ...pageInput,
      }),
      z.extend(pageOf(learnerRow), { counts: z.nullable(learnerCounts) }),
    ),
  ),
  csv: route(
    'GET',
    '/courses/:courseId/packages/:packageId/learners.csv',
    read(z.strictObject(ofPackage), z.unknown()),
  ),
})

export const packageCalls = defineCalls('packages', {
  /**
   * Keeps what a part of the caller's own attempt tells. A status, once reached, and a score, once higher, stay; what the
   * part keeps for itself is that of the latest sitting.
   */
  commit: write(
    z.strictObject({
      attemptId,
      sitting: z.int().check(z.minimum(1)),
      part: z.string().check(z.minLength(1), z.maxLength(255)),
      data: partData,
    }),
    z.object({ own: ownAttempts }),
  ),
})
