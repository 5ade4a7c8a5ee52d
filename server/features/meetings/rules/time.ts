// What holds for the time of a meeting. Pure.
import { demand } from '#protocol/base/problems.ts'
import { mostMeetingDays } from '#protocol/meetings.ts'

export interface MeetingTime {
  readonly startsAt: Date | null
  readonly endsAt: Date | null
}

/** Throws `malformed` at `endsAt` unless both are there or none, and the end follows within `mostMeetingDays`. */
export function demandTime({ startsAt, endsAt }: MeetingTime): void {
  const long = startsAt && endsAt ? endsAt.getTime() - startsAt.getTime() : undefined
  const fits =
    long === undefined ? startsAt === null && endsAt === null : long > 0 && long <= mostMeetingDays * 86_400_000
  demand(fits, 'malformed', { errors: [{ path: 'endsAt', code: 'invalid' }] })
}
