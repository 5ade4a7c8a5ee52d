// Attendance: who was in a class, by evidence of the record, with what staff correct. The evidence is read each time; only
// corrections are kept, each beside those before it.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, instant, text, uuid, version } from './base/ids.ts'
import { pageInput } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { runId } from './live.ts'

/** What the evidence suggests. Thresholds in minutes and percent; what is at a threshold is on its good side. */
export const suggestedStatus = z.enum(['present', 'late', 'left-early', 'absent'])
export type SuggestedStatus = z.infer<typeof suggestedStatus>

export const lateAfterMinutes = 10
export const leftBeforeMinutes = 10
export const leastShare = 50

/** What staff may say instead. */
export const correctedStatuses = ['present', 'late', 'absent', 'excused'] as const
export const correctedStatus = z.enum(correctedStatuses)
export type CorrectedStatus = z.infer<typeof correctedStatus>

export const attendanceStatuses = ['present', 'late', 'left-early', 'absent', 'excused'] as const
export const attendanceStatus = z.enum(attendanceStatuses)
export type AttendanceStatus = z.infer<typeof attendanceStatus>

/** What the record says of one person in one class. It holds no score. */
export const attendanceEvidence = z.object({
  /** Null for whoever took no seat. */
  joinedAt: z.nullable(instant),
  /** When they were seen last; null where that was not recorded or is too old to be kept. */
  seenAt: z.nullable(instant),
  /** How much of the class they were there, in percent; null as `seenAt`. */
  share: z.nullable(z.int()),
  /** Questions answered, of `asked` in the class. */
  answered: z.int(),
  asked: z.int(),
})
export type AttendanceEvidence = z.infer<typeof attendanceEvidence>

/** One correction; `status` null takes the one before back to what the evidence suggests. */
export const attendanceMark = z.object({
  status: z.nullable(correctedStatus),
  /** Read by the learner as well. */
  note: z.string(),
  by: z.nullable(z.string()),
  at: instant,
})
export type AttendanceMark = z.infer<typeof attendanceMark>

/** How somebody stands in a class. */
export const attendance = z.object({
  evidence: attendanceEvidence,
  suggested: suggestedStatus,
  /** What holds: the correction, else the suggestion. */
  status: attendanceStatus,
  /** The newest correction; null where there is none or it was taken back. */
  mark: z.nullable(attendanceMark),
  /** How many corrections there were. */
  version,
})
export type Attendance = z.infer<typeof attendance>

export const attendanceRow = z.extend(attendance, {
  accountId,
  name: z.string(),
  role: z.enum(['learner', 'guest']),
})
export type AttendanceRow = z.infer<typeof attendanceRow>

/** A class as attendance names it; `endedAt` null while it runs. */
export const attendedRun = z.object({ id: runId, title: z.string(), startedAt: instant, endedAt: z.nullable(instant) })
export type AttendedRun = z.infer<typeof attendedRun>

const changes = z.int()

/** The staff of a course: that something was corrected, and where. */
export const attendanceScope = defineScope({
  name: 'attendance',
  state: z.object({ changes }),
  feeds: { attendanceCorrected: z.object({ runId, accountId, changes }) },
  fleeting: {},
  apply: (_state, event) => ({ changes: event.body.changes }),
})

/** The id of somebody's own attendance in a course, under which they alone hear of it. */
export const ownAttendanceId = (courseId: string, ownId: string): string => `${courseId}~${ownId}`

/** One learner in one course: that something of theirs was corrected. */
export const ownAttendanceScope = defineScope({
  name: 'own-attendance',
  state: z.object({ changes }),
  feeds: { ownCorrected: z.object({ runId, changes }) },
  fleeting: {},
  apply: (_state, event) => ({ changes: event.body.changes }),
})

export const attendanceRoutes = defineRoutes('attendance', {
  /** Learners who were due, whoever took a seat, guests too, and whoever was corrected, by name. */
  list: route(
    'GET',
    '/runs/:runId/attendance',
    read(
      z.strictObject({ runId, ...pageInput }),
      z.object({
        run: z.extend(attendedRun, { courseId: uuid(), courseTitle: z.string() }),
        items: z.array(attendanceRow),
        next: z.optional(z.string()),
      }),
    ),
  ),
  csv: route('GET', '/runs/:runId/attendance.csv', read(z.strictObject({ runId }), z.unknown())),
  /** Corrects somebody's attendance of a class. `version`: the corrections that were known. */
  correct: route(
    'POST',
    '/runs/:runId/attendance/:accountId',
    write(
      z.strictObject({
        runId,
        accountId,
        version,
        status: z.nullable(correctedStatus),
        note: z._default(text(300), ''),
      }),
      attendance,
    ),
  ),
  /** Every correction of one person in a class, the latest first. */
  history: route(
    'GET',
    '/runs/:runId/attendance/:accountId',
    read(z.strictObject({ runId, accountId }), z.object({ items: z.array(attendanceMark) })),
  ),
  /** Learners by classes, the newest hundred; a cell is left out where a class was not for somebody. */
  table: route(
    'GET',
    '/courses/:courseId/attendance',
    read(
      z.strictObject({ courseId: uuid(), ...pageInput }),
      z.object({
        /** On the first page alone, the newest first. */
        runs: z.array(attendedRun),
        items: z.array(
          z.object({
            accountId,
            name: z.string(),
            cells: z.array(z.object({ runId, status: attendanceStatus, corrected: z.boolean() })),
          }),
        ),
        next: z.optional(z.string()),
      }),
    ),
  ),
  tableCsv: route('GET', '/courses/:courseId/attendance.csv', read(z.strictObject({ courseId: uuid() }), z.unknown())),
  /** One's own, class by class, the newest first. */
  mine: route(
    'GET',
    '/courses/:courseId/attendance/mine',
    read(
      z.strictObject({ courseId: uuid() }),
      z.object({ items: z.array(z.extend(attendance, { run: attendedRun })) }),
    ),
  ),
})
