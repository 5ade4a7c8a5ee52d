// What holds for the time of a meeting. Pure.
import { demand } from '#protocol/base/problems.ts'
import { mostMeetingDays } from '#protocol/meetings.ts'

export interface MeetingTime {
  readonly startsAt: Date | null
  readonly endsAt: Date | null
}

/** Whether both are there or none, and the end follows within `mostMeetingDays`. */
export function timeFits({ startsAt, endsAt }: MeetingTime): boolean {
  if (!startsAt || !endsAt) return startsAt === endsAt
  const long = endsAt.getTime() - startsAt.getTime()
  return long > 0 && long <= mostMeetingDays * 86_400_000
}

/** Throws `malformed` at `endsAt` unless it fits. */
export function demandTime(time: MeetingTime): void {
  demand(timeFits(time), 'malformed', { errors: [{ path: 'endsAt', code: 'invalid' }] })
}
