// The only place that asks the routes of meetings.
import { request, requestOf } from '#client/platform/call.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { type ServerId, serverRoutes } from '#protocol/meetings/servers.ts'
import { type Attendant, meetingRoutes } from '#protocol/meetings.ts'

type MeetingsInput<V extends keyof typeof meetingRoutes> = InputBefore<(typeof meetingRoutes)[V]>

/** Names the meeting a route is asked about. */
export interface OfMeeting {
  readonly courseId: string
  readonly meetingId: string
}

export const createMeeting = (input: MeetingsInput<'create'>) => request(meetingRoutes.create, input)
export const changeMeeting = (input: MeetingsInput<'change'>) => request(meetingRoutes.change, input)
export const getMeeting = (of: OfMeeting) => request(meetingRoutes.get, of as MeetingsInput<'get'>)
export const joinMeeting = (of: OfMeeting) => request(meetingRoutes.join, of as MeetingsInput<'join'>)

export const serverChoices = (courseId: string) =>
  request(meetingRoutes.servers, { courseId } as MeetingsInput<'servers'>)

type ServersInput<V extends keyof typeof serverRoutes> = InputBefore<(typeof serverRoutes)[V]>

export const listServers = () => request(serverRoutes.list, {})
export const createServer = (input: ServersInput<'create'>) => request(serverRoutes.create, input)
export const changeServer = (input: ServersInput<'change'>) => request(serverRoutes.change, input)
export const removeServer = (serverId: ServerId) => request(serverRoutes.remove, { serverId })
export const restoreServer = (serverId: ServerId) => request(serverRoutes.restore, { serverId })
export const checkServer = (serverId: ServerId) => request(serverRoutes.check, { serverId })

/** Where the attendance is as a file. */
export const attendanceFile = ({ courseId, meetingId }: OfMeeting): string =>
  requestOf(meetingRoutes.attendanceCsv, { courseId, meetingId }).url

/** The attendance comes in pages and is shown whole. */
export async function wholeAttendance(of: OfMeeting): Promise<Attendant[]> {
  const all: Attendant[] = []
  let after: string | undefined
  do {
    const input = { ...of, limit: 200, ...(after ? { after } : {}) } as MeetingsInput<'attendance'>
    const page = await request(meetingRoutes.attendance, input)
    all.push(...page.items)
    after = page.next
  } while (after)
  return all
}
