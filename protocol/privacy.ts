// One's own data on the wire: a copy of it to take away, and the end of an account. Asked for by the person or begun by
// an administrator; both are work of jobs, and their state is told to the person alone.
import * as z from 'zod/mini'
import { provingPassword } from './accounts.ts'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, idSchema, instant, line, nothing, text, uuid } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'

export const exportId = idSchema<'DataExport'>()
export type ExportId = z.infer<typeof exportId>
export const erasureId = idSchema<'Erasure'>()
export type ErasureId = z.infer<typeof erasureId>

/** Days that a finished copy is kept. */
export const exportKeptDays = 7

/** A copy of what is kept about a person, as one ZIP file. */
export const dataExport = z.object({
  id: exportId,
  state: z.enum(['running', 'ready']),
  askedAt: instant,
  /** An administrator began it. */
  byAdministrator: z.boolean(),
  /** How many parts of the school were asked, of how many. */
  done: z.int(),
  parts: z.int(),
  /** In bytes; null while it runs. */
  size: z.nullable(z.int()),
  /** Until when it can be fetched; null while it runs. */
  expiresAt: z.nullable(instant),
})
export type DataExport = z.infer<typeof dataExport>

/** asked: by the person, and nobody has decided yet. proving: erased, and it is being looked whether anything is left. */
export const erasureState = z.enum(['asked', 'withdrawn', 'refused', 'running', 'proving', 'done'])
export type ErasureState = z.infer<typeof erasureState>

/** What the person is told about their own wish. */
export const ownErasure = z.object({
  id: erasureId,
  state: z.enum(['asked', 'refused']),
  askedAt: instant,
  /** Why it was refused. */
  decision: z.string(),
})
export type OwnErasure = z.infer<typeof ownErasure>

const ownData = z.object({ export: z.nullable(dataExport), erasure: z.nullable(ownErasure) })
export type OwnData = z.infer<typeof ownData>

/** One person's own audience: how the copy of their data comes along, and what became of their wish to be erased. */
export const privacyScope = defineScope({
  name: 'privacy',
  state: ownData,
  feeds: {
    exportChanged: z.object({ export: z.nullable(dataExport) }),
    erasureChanged: z.object({ erasure: z.nullable(ownErasure) }),
  },
  fleeting: {},
  apply: (state, event) =>
    event.kind === 'exportChanged'
      ? { ...state, export: event.body.export }
      : { ...state, erasure: event.body.erasure },
})

/**
 * Why records stay under a pseudonym: `record` of what was asked, answered and graded; `course`: what was made for a
 * course is the course's; `talk`: that somebody wrote here, without the words; `trail`: who did what, for the audit.
 */
export const keptBecause = z.enum(['record', 'course', 'talk', 'trail'])
export type KeptBecause = z.infer<typeof keptBecause>

/** What a feature keeps about a person, in records: what goes, and what stays without a name, for which reasons. */
export const erasurePart = z.object({
  feature: z.string(),
  deleted: z.int(),
  kept: z.int(),
  because: z.array(keptBecause),
})
export type ErasurePart = z.infer<typeof erasurePart>

/** Records in which the name or the address of an erased person still stands. */
export const leftover = z.object({ place: z.string(), count: z.int() })
export type Leftover = z.infer<typeof leftover>

export const erasure = z.object({
  id: erasureId,
  accountId,
  /** Of an erased person the pseudonym. */
  name: z.string(),
  state: erasureState,
  /** What the person said; gone with them. */
  reason: z.string(),
  askedAt: instant,
  byPerson: z.boolean(),
  /** Who decided, when and why. */
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(instant),
  decision: z.string(),
  /** What the look afterwards found; null until then. An empty list is the proof. */
  left: z.nullable(z.array(leftover)),
})
export type Erasure = z.infer<typeof erasure>

/**
 * What grows old: `talk`, the words of chats and forums; `live`, answers of classes that were changed again, and what was
 * written in one's own words; `marks`, who was here when, and notifications that were read; `audit`, the details of
 * records, never the records themselves; `grades`, whose they are: they stay without their person, once that person has
 * left the course or the course is over.
 */
export const retentionKinds = ['talk', 'live', 'marks', 'audit', 'grades', 'webhooks'] as const
export const retentionKind = z.enum(retentionKinds)
export type RetentionKind = z.infer<typeof retentionKind>

/** How long something is kept, in months; null for ever. */
export const retentionMonths = z.nullable(z.int().check(z.minimum(1), z.maximum(240)))

/** Nothing of a course goes while it is held, whatever its age. */
export const courseHold = z.object({
  courseId: uuid(),
  title: z.string(),
  reason: z.string(),
  by: z.string(),
  at: instant,
})
export type CourseHold = z.infer<typeof courseHold>

/** What is past its time, by course; null for what belongs to none. */
export const dryRun = z.object({
  rows: z.int(),
  courses: z.array(z.object({ courseId: z.nullable(uuid()), title: z.nullable(z.string()), rows: z.int() })),
})
export type DryRun = z.infer<typeof dryRun>

/** Courses that a dry run names at most, the largest first. */
export const mostCoursesTold = 50

const reason = text(600)
const decision = line(300)
const person = z.strictObject({ accountId })

export const privacyRoutes = defineRoutes('privacy', {
  mine: route('GET', '/me/data', read(nothing, ownData)),
  /** Begins a copy of one's own data; a finished one is replaced. Throws `export-running`. */
  startExport: route('POST', '/me/data/export', write(nothing, z.object({ export: dataExport }))),
  /** Gives a copy up, or takes a finished one away. */
  dropExport: route('DELETE', '/me/data/export', write(nothing, nothing)),
  /** The ZIP file itself, for the person alone; any part of it. */
  exportContent: route('GET', '/me/data/export/:exportId/content', read(z.strictObject({ exportId }), nothing)),
  /** For administrators: begins a copy that the person alone can fetch. */
  startExportFor: route('POST', '/accounts/:accountId/data/export', write(person, nothing)),
  /** Asks to be erased. Throws `sign-in-failed` at `password`, `sign-in-again`, `already-asked`, `no-password`. */
  askErasure: route(
    'POST',
    '/me/data/erasure',
    write(z.strictObject({ password: provingPassword, reason }), z.object({ erasure: ownErasure })),
  ),
  withdrawErasure: route('DELETE', '/me/data/erasure', write(nothing, nothing)),
  /** For administrators: what would become of everything that is kept about somebody. */
  previewErasure: route(
    'GET',
    '/accounts/:accountId/data/erasure',
    read(person, z.object({ parts: z.array(erasurePart), asked: z.nullable(erasure) })),
  ),
  /** For good. `name` is typed by who does it, and must be the person's; `reason` is kept with the record. */
  erase: route(
    'POST',
    '/accounts/:accountId/data/erasure',
    write(z.strictObject({ accountId, name: text(80), reason: decision }), z.object({ erasure })),
  ),
  /** The person's wish is not granted; they are told why. */
  refuseErasure: route(
    'POST',
    '/erasures/:erasureId/refuse',
    write(z.strictObject({ erasureId, reason: decision }), nothing),
  ),
  /** For administrators: wishes that wait, and what was done; the latest first. */
  listErasures: route(
    'GET',
    '/erasures',
    read(z.strictObject({ show: z._default(z.enum(['all', 'asked']), 'all'), ...pageInput }), pageOf(erasure)),
  ),
  /** For administrators: how long things are kept, what is held, and when it was last tidied up. */
  getRetention: route(
    'GET',
    '/retention',
    read(
      nothing,
      z.object({
        windows: z.array(z.object({ kind: retentionKind, months: retentionMonths })),
        holds: z.array(courseHold),
        /** The last night that is done, and how many records went. */
        last: z.nullable(z.object({ at: instant, rows: z.int() })),
      }),
    ),
  ),
  /** From the next night on. */
  changeRetention: route(
    'PUT',
    '/retention/:kind',
    write(z.strictObject({ kind: retentionKind, months: retentionMonths }), nothing),
  ),
  /** What would go with this time; nothing is changed. */
  tryRetention: route(
    'GET',
    '/retention/:kind/dry-run',
    read(
      z.strictObject({ kind: retentionKind, months: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(240)) }),
      dryRun,
    ),
  ),
  holdCourse: route(
    'PUT',
    '/courses/:courseId/hold',
    write(z.strictObject({ courseId: uuid(), reason: decision }), nothing),
  ),
  releaseCourse: route('DELETE', '/courses/:courseId/hold', write(z.strictObject({ courseId: uuid() }), nothing)),
})
