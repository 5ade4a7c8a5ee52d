// Meetings of a course on the wire: a video call elsewhere, when it is, and who came. Its address is told to those who
// press Join, so that coming is noted; only its host stands in the open.
import * as z from 'zod/mini'
import { defineRoutes, once, read, route, write } from './base/call.ts'
import { accountId, idSchema, instant, line, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { courseId, moduleId } from './courses.ts'
import { address } from './links.ts'
import { serverId, serverKind } from './meetings/servers.ts'

export const meetingId = idSchema<'Meeting'>()
export type MeetingId = z.infer<typeof meetingId>

/** As a link's, and encrypted on its way: what is said in a meeting is nobody else's. */
export const meetingAddress = address.check(z.regex(/^https:/i))

/** The longest that a meeting lasts, in days. */
export const mostMeetingDays = 7

export const meeting = z.object({
  id: meetingId,
  courseId,
  title: z.string(),
  host: z.string(),
  /** Null for those who only join, and on a server of the school. */
  address: z.nullable(z.string()),
  /** The server of the school that holds it; null for an address of somebody's own. */
  server: z.nullable(z.object({ id: serverId, name: z.string(), kind: serverKind })),
  note: z.string(),
  /** Null, both of them, for a meeting at any time. */
  startsAt: z.nullable(instant),
  endsAt: z.nullable(instant),
  version,
  changedAt: instant,
})
export type Meeting = z.infer<typeof meeting>

/** That somebody came, how often they pressed Join and, where the server tells, for how long they were there. */
export const meetingVisit = z.object({
  firstAt: instant,
  lastAt: instant,
  presses: z.int(),
  seconds: z.nullable(z.int()),
})
export type MeetingVisit = z.infer<typeof meetingVisit>

/** One of the course's learners, or somebody else who came. */
export const attendant = z.object({ accountId, name: z.string(), visit: z.nullable(meetingVisit) })
export type Attendant = z.infer<typeof attendant>

const title = line(200)
const note = text(2_000)
const moment = z.nullable(instant)
const ofMeeting = { courseId, meetingId }

export const meetingRoutes = defineRoutes('meetings', {
  /** The servers a meeting can be on. */
  servers: route(
    'GET',
    '/courses/:courseId/meeting-servers',
    read(
      z.strictObject({ courseId }),
      z.object({ items: z.array(z.object({ id: serverId, name: z.string(), kind: serverKind })) }),
    ),
  ),
  /**
   * Has an address or a server, never both: `malformed` at `address`. `malformed` at `endsAt` where it does not end after its
   * beginning, within `mostMeetingDays`.
   */
  create: route(
    'POST',
    '/courses/:courseId/meetings',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        address: z._default(z.nullable(meetingAddress), null),
        serverId: z._default(z.nullable(serverId), null),
        note: z._default(note, ''),
        startsAt: z._default(moment, null),
        endsAt: z._default(moment, null),
        published: z._default(z.boolean(), false),
      }),
      z.object({ meeting }),
    ),
  ),
  get: route(
    'GET',
    '/courses/:courseId/meetings/:meetingId',
    read(
      z.strictObject(ofMeeting),
      z.object({
        meeting,
        published: z.boolean(),
        mayChange: z.boolean(),
        maySeeAttendance: z.boolean(),
        /** The reader's own; null while they have not come. */
        visit: z.nullable(meetingVisit),
      }),
    ),
  ),
  /** Refused with `conflict` and the `current` meeting when somebody was faster. */
  change: route(
    'PATCH',
    '/courses/:courseId/meetings/:meetingId',
    write(
      z.strictObject({
        ...ofMeeting,
        version,
        title: z.optional(title),
        address: z.optional(z.nullable(meetingAddress)),
        serverId: z.optional(z.nullable(serverId)),
        note: z.optional(note),
        startsAt: z.optional(moment),
        endsAt: z.optional(moment),
      }),
      z.object({ meeting }),
    ),
  ),
  /**
   * Notes that the caller comes and says where to go. `meeting-away` where the server does not answer, `meeting-refused`
   * where it does not know us.
   */
  join: route(
    'POST',
    '/courses/:courseId/meetings/:meetingId/join',
    once(write(z.strictObject(ofMeeting), z.object({ address: z.string(), visit: meetingVisit }))),
  ),
  /** Learners of the course and whoever else came, by name. */
  attendance: route(
    'GET',
    '/courses/:courseId/meetings/:meetingId/attendance',
    read(z.strictObject({ ...ofMeeting, ...pageInput }), pageOf(attendant)),
  ),
  attendanceCsv: route(
    'GET',
    '/courses/:courseId/meetings/:meetingId/attendance.csv',
    read(z.strictObject(ofMeeting), z.unknown()),
  ),
})
