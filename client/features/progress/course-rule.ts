// The rule of a course while it is written: what is ticked, figures as typed. Pure.
import { t } from '#client/platform/texts.ts'
import type { FormError } from '#client/ui/Form.tsx'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import {
  type CoursePart,
  type CoursePartOf,
  type CourseRuleSaid,
  longestStay,
  mostRuleItems,
} from '#protocol/progress/course.ts'

export type PartKind = CoursePart['kind']

export interface RuleDraft {
  readonly need: CourseRuleSaid['need']
  readonly ticked: ReadonlySet<PartKind>
  readonly itemsNeed: CourseRuleSaid['need']
  readonly itemIds: readonly string[]
  readonly percent: string
  readonly day: string
  readonly days: string
}

/** A rule as the form has it. */
export function draftOfRule({ need, parts }: CourseRuleSaid, zone: string): RuleDraft {
  const find = <K extends PartKind>(kind: K) => parts.find((one): one is CoursePartOf<K> => one.kind === kind)
  const [items, grade, date, days] = [find('items'), find('grade'), find('date'), find('days')]
  return {
    need,
    ticked: new Set(parts.map(one => one.kind)),
    itemsNeed: items?.need ?? 'all',
    itemIds: items?.itemIds ?? [],
    percent: String(grade?.percent ?? 60),
    day: date ? dayIn(zone, Date.parse(date.at)) : '',
    days: String(days?.days ?? 30),
  }
}

const whole = (typed: string, most: number): number | undefined => {
  const found = Number(typed.trim())
  return /^\d+$/.test(typed.trim()) && found >= 1 && found <= most ? found : undefined
}

/** What stands in the way of saving it. */
export function wrongIn({ ticked, itemIds, percent, day, days }: RuleDraft): FormError[] {
  const wrong: FormError[] = []
  if (ticked.has('items') && (itemIds.length === 0 || itemIds.length > mostRuleItems))
    wrong.push({ name: 'items', message: t('progress.ruleItemsWrong') })
  if (ticked.has('grade') && whole(percent, 100) === undefined)
    wrong.push({ name: 'percent', message: t('progress.rulePercentWrong') })
  if (ticked.has('date') && day === '') wrong.push({ name: 'day', message: t('progress.ruleDayWrong') })
  if (ticked.has('days') && whole(days, longestStay) === undefined)
    wrong.push({ name: 'days', message: t('progress.ruleDaysWrong') })
  return wrong
}

/** As it travels; asked of a draft in which nothing is wrong. The day begins in the time zone of the course. */
export function ruleOf({ need, ticked, ...draft }: RuleDraft, zone: string): CourseRuleSaid {
  const parts: CoursePart[] = []
  if (ticked.has('items'))
    parts.push({ kind: 'items', need: draft.itemsNeed, itemIds: draft.itemIds as CoursePartOf<'items'>['itemIds'] })
  if (ticked.has('grade')) parts.push({ kind: 'grade', percent: whole(draft.percent, 100) ?? 0 })
  if (ticked.has('date')) parts.push({ kind: 'date', at: instantIn(zone, draft.day, '00:00') ?? '' })
  if (ticked.has('days')) parts.push({ kind: 'days', days: whole(draft.days, longestStay) ?? 0 })
  for (const kind of ['self', 'teacher'] as const) if (ticked.has(kind)) parts.push({ kind })
  return { need, parts }
}
