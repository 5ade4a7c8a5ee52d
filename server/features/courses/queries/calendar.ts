// The registry of all that fall on a day in a course. It is kept in courses for the same reason as Today's: features above
// fill it, `calendar` above them reads it. Today asks what is still to be done; the calendar what lies in a stretch of
// time, done or not, so the two have sources of their own.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CalendarEntry } from '#protocol/calendar.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Who asks, about which courses, from when until when. Rights in these courses were asked. */
export interface CalendarAsk {
  readonly accountId: AccountId
  readonly courseIds: readonly string[]
  /** Those of them in which the person sees what learners do not see yet. */
  readonly staffIds: readonly string[]
  readonly from: Date
  /** The first instant that is no longer asked about. */
  readonly to: Date
}

/** Answers what lies there, in one query whatever the number of courses. Speaks SQL through `ctx` alone. */
export type CalendarSource = (ctx: Ctx, ask: CalendarAsk) => Promise<CalendarEntry[]>

const sources: CalendarSource[] = []

/** Adds a source; called once, when a feature's index is loaded. */
export const registerCalendarSource = (source: CalendarSource): void => {
  sources.push(source)
}

/** Every source that was registered. */
export const calendarSources = (): readonly CalendarSource[] => sources
