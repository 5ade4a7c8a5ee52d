// What can be counted by week, with what it means; how a week reads.
import { type PlainTextKey, region } from '#client/platform/texts.ts'
import type { Participation } from '#protocol/participation.ts'

export const measures = ['classes', 'answers', 'handedIn', 'messages'] as const
export type Measure = (typeof measures)[number]

export const measureWords: Readonly<Record<Measure, { readonly name: PlainTextKey; readonly means: PlainTextKey }>> = {
  classes: { name: 'participation.classes', means: 'participation.classesMeans' },
  answers: { name: 'participation.answers', means: 'participation.answersMeans' },
  handedIn: { name: 'participation.handedIn', means: 'participation.handedInMeans' },
  messages: { name: 'participation.messages', means: 'participation.messagesMeans' },
}

/** What a measure is counted of, in words; none for messages. */
export const measureOf: Readonly<Record<Measure, PlainTextKey | undefined>> = {
  classes: 'participation.held',
  answers: 'participation.asked',
  handedIn: 'participation.due',
  messages: undefined,
}

/** Whether there was anything to take part in, or to count. */
export const isCounted = ({ one, of }: { readonly one: number; readonly of: number | null }): boolean =>
  one > 0 || (of ?? 0) > 0

const somethingIn = (one: Participation | undefined): boolean =>
  one !== undefined && Object.values(one).some(count => count > 0)

/** Weeks that are shown when a whole window has nothing. */
const shownEmpty = 4

/** The places of the weeks to show, the newest first: those before the first in which anybody did anything are left out. */
export function weeksInSight(
  weeks: readonly string[],
  rows: readonly { readonly weeks: readonly Participation[] }[],
): number[] {
  const first = weeks.findIndex((_, at) => rows.some(row => somethingIn(row.weeks[at])))
  const from = first < 0 ? Math.max(0, weeks.length - shownEmpty) : first
  return weeks
    .map((_, at) => at)
    .slice(from)
    .reverse()
}

/** Of how many a measure counts; null for messages, of which nobody owes any. */
export function figureOf(one: Participation, measure: Measure): { readonly one: number; readonly of: number | null } {
  switch (measure) {
    case 'classes':
      return { one: one.classes, of: one.held }
    case 'answers':
      return { one: one.answers, of: one.asked }
    case 'handedIn':
      return { one: one.handedIn, of: one.due }
    case 'messages':
      return { one: one.messages, of: null }
  }
}

/** Several weeks added up. */
export function sumOf(weeks: readonly Participation[], measure: Measure) {
  const figures = weeks.map(one => figureOf(one, measure))
  const of = figures.map(one => one.of)
  return {
    one: figures.reduce((sum, one) => sum + one.one, 0),
    of: of.includes(null) ? null : of.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  }
}

const short = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** A Monday as people say it: "5 Jan". */
export const dayOf = (week: string): string => short.format(new Date(`${week}T00:00:00.000Z`))

/** The day that many weeks away. */
export const weeksAway = (week: string, count: number): string =>
  new Date(Date.parse(`${week}T00:00:00.000Z`) + count * 7 * 86_400_000).toISOString().slice(0, 10)
