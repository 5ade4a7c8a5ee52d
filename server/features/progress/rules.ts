// What counts as done, open or missed, how far that makes somebody, and what they do next. Pure: plain data and the time.
import { tenThousandths } from '#protocol/base/decimal.ts'
import type { ItemId } from '#protocol/courses.ts'
import type { CourseMark, CoursePart, CourseRuleSaid, OwnCoursePart } from '#protocol/progress/course.ts'
import type { ProgressCell, ProgressHow, ProgressSum } from '#protocol/progress.ts'

/** What an item asks for, and until when. */
export interface Asked {
  readonly itemId: string
  readonly kind: string
  /** Homework for some of the course alone. */
  readonly forSome: boolean
  /** Homework: when it can be begun, when it is due, when it closed. A class: when it began and ended. */
  readonly opensAt: Date | null
  readonly dueAt: Date | null
  readonly overAt: Date | null
  /** An activity that was put to the course outside of homework placed there: it asks for an answer. */
  readonly put: boolean
  /** The learner says that it is done, whatever its kind asks elsewhere. */
  readonly byHand?: boolean | undefined
  /** At least so many percent make it done, and nothing else does. */
  readonly percent?: number | null | undefined
}

/** What the record says of one person and one item. */
export interface Marks {
  readonly doneAt?: Date | undefined
  readonly how?: ProgressHow | undefined
  /** Whether they have the percentage that is asked for; null while there is no result they may know. */
  readonly reached?: boolean | null | undefined
  /** Homework for some: it is for them. */
  readonly given?: boolean | undefined
  /** A missed class: homework was given for it that is still open to them, until then. */
  readonly catchUpUntil?: Date | undefined
  /** Longer deadlines of this person, in seconds. */
  readonly extraSeconds?: number | undefined
}

const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null

const cell = (
  state: ProgressCell['state'],
  how: ProgressHow | null,
  { at, dueAt }: { at?: Date | undefined; dueAt?: Date | null } = {},
): ProgressCell => ({ state, how, at: instant(at), dueAt: instant(dueAt) })

/** Of what asks nothing of somebody. */
export const asksNothing: ProgressCell = cell('none', null)

const hows: Readonly<Record<string, ProgressHow>> = {
  page: 'read',
  homework: 'handed-in',
  assignment: 'handed-in',
  package: 'played',
  class: 'attended',
  activity: 'answered',
  survey: 'answered',
  lesson: 'finished',
}

/** What an item asks of this kind of thing; undefined for one that asks for nothing, such as a note. */
export const howOf = (kind: string): ProgressHow | undefined => hows[kind]

/** Whether an item that asks nothing of somebody now never will: it is for others, or was over before they came. */
export const excused = (item: Asked, marks: Marks, since: Date): boolean =>
  (item.forSome && !marks.given) || (item.overAt !== null && item.overAt <= since)

/** How one item stands for a learner who came into the course at `since`. */
export function cellOf(item: Asked, marks: Marks, since: Date, now: Date): ProgressCell {
  if (item.percent != null) return scoredCell(item, marks, since, now)
  const how = item.byHand ? 'marked' : howOf(item.kind)
  if (!how) return cell('none', null)
  if (marks.doneAt) return cell('done', marks.how ?? how, { at: marks.doneAt, dueAt: item.dueAt })
  if (item.byHand) return item.forSome && !marks.given ? asksNothing : cell('open', how)
  // What was over before somebody came is not theirs to have done.
  const before = item.overAt !== null && item.overAt <= since
  switch (item.kind) {
    case 'page':
      return cell('open', how)
    case 'class':
      if (item.overAt === null) return cell('open', how)
      if (marks.catchUpUntil) return cell('open', 'caught-up', { dueAt: marks.catchUpUntil })
      return before ? cell('none', null) : cell('missed', how)
    case 'activity':
      return item.put && !before ? cell(item.overAt === null ? 'open' : 'missed', how) : cell('none', null)
    default: {
      if (item.forSome && !marks.given) return cell('none', null)
      if (item.opensAt !== null && item.opensAt > now) return cell('none', null)
      const dueAt = item.dueAt && new Date(item.dueAt.getTime() + (marks.extraSeconds ?? 0) * 1_000)
      if (item.overAt !== null) return before ? cell('none', null) : cell('missed', how, { dueAt })
      return cell('open', how, { dueAt })
    }
  }
}

/** Cells added up; what asks for nothing is not counted. */
export function sumOf(cells: readonly ProgressCell[], now: Date): ProgressSum {
  const of = (state: ProgressCell['state']) => cells.filter(one => one.state === state).length
  const late = cells.filter(one => one.state === 'open' && one.dueAt !== null && one.dueAt <= now.toISOString()).length
  return { done: of('done'), of: cells.length - of('none'), missed: of('missed'), late }
}

/** Missed something, or is late with something. */
export const isBehind = (sum: ProgressSum): boolean => sum.missed + sum.late > 0

/** Kinds that stand in the course's order; classes and homework stand apart, by their time. */
const inOrder: ReadonlySet<string> = new Set(['page', 'activity', 'survey', 'lesson'])

/**
 * What to do now: the class that runs, then what is due soonest, then on from where somebody was last: what is open behind
 * that in the course's order, else the nearest before it. Whoever has done nothing begins with the first. What is shut for
 * somebody is not for now.
 */
export function nextStep(
  items: readonly { item: Asked; cell: ProgressCell; shut?: boolean | undefined }[],
): string | null {
  const isOpen = (one: (typeof items)[number]) => one.cell.state === 'open' && !one.shut
  const open = items.filter(isOpen)
  const live = open.find(one => one.item.kind === 'class' && one.item.overAt === null)
  const due = open
    .filter(one => one.cell.dueAt !== null)
    .sort((a, b) => ((a.cell.dueAt ?? '') < (b.cell.dueAt ?? '') ? -1 : 1))[0]
  const touched = items.reduce((last, { item, cell }, at) => {
    if (!inOrder.has(item.kind) || cell.at === null) return last
    return last < 0 || cell.at >= (items[last]?.cell.at ?? '') ? at : last
  }, -1)
  const on = items.slice(touched + 1).find(isOpen) ?? items.slice(0, Math.max(0, touched)).findLast(isOpen)
  return (live ?? due ?? on)?.item.itemId ?? null
}

/**
 * Of what a score makes done: it asks of somebody what it usually does, and until the score is there it is as if that had
 * not been done. Whoever did it and has no result yet has missed nothing.
 */
function scoredCell(item: Asked, marks: Marks, since: Date, now: Date): ProgressCell {
  const { doneAt, reached } = marks
  const usual = cellOf({ ...item, percent: null }, { ...marks, doneAt: undefined, how: undefined }, since, now)
  if (reached === true) return { ...cell('done', 'scored'), dueAt: usual.dueAt }
  if (usual.state === 'none') return usual
  const waits = usual.state === 'missed' && doneAt !== undefined && reached !== false
  return { ...usual, state: waits ? 'open' : usual.state, how: 'scored' }
}

/** What the record says of one item to one person, for the course as a whole. */
export interface ItemFact {
  /** none: it asks nothing of them. */
  readonly state: 'done' | 'open' | 'none'
  readonly at: Date | null
  /** Null: they do not know of it yet. */
  readonly title: string | null
}

/** What is known of one person for the rule of a course. */
export interface CourseFacts {
  /** When they came into the course. */
  readonly since: Date
  /** The items of the rule that stand, by id. */
  readonly items: ReadonlyMap<ItemId, ItemFact>
  /** Their total, as far as it may be told; null where there is none. */
  readonly total: { readonly percent: string; readonly told: boolean; readonly at: Date } | null
  readonly marks: ReadonlyMap<CourseMark, Date>
}

/** A part of the rule as it stands for one person. */
export interface PartStanding extends Omit<OwnCoursePart, 'at'> {
  /** Since when it is done; null where nobody can say. */
  readonly at: Date | null
}

const dayMs = 86_400_000
const moments = (all: readonly (Date | null)[]): number[] => all.flatMap(at => at?.getTime() ?? [])
/** The last of these; null where one of them is not known. */
function latest(all: readonly (Date | null)[]): Date | null {
  const known = moments(all)
  return known.length === 0 || known.length < all.length ? null : new Date(Math.max(...known))
}
/** The first of these that is known. */
function earliest(all: readonly (Date | null)[]): Date | null {
  const known = moments(all)
  return known.length === 0 ? null : new Date(Math.min(...known))
}

/** One part of the rule of a course, for one person. */
export function partStanding(part: CoursePart, facts: CourseFacts, now: Date): PartStanding {
  const plain = { kind: part.kind, need: 'all' as const, of: 1, missing: [], asked: null, percent: null }
  const once = (at: Date | null | undefined, more: object = {}): PartStanding => ({
    ...{ ...plain, ...more, state: at && at <= now ? 'done' : 'open', done: at && at <= now ? 1 : 0, at: at ?? null },
  })
  switch (part.kind) {
    case 'items': {
      const known = part.itemIds.flatMap(id => {
        const fact = facts.items.get(id)
        return fact && fact.state !== 'none' ? [{ id, ...fact }] : []
      })
      const done = known.filter(one => one.state === 'done')
      const of = part.need === 'any' ? Math.min(1, known.length) : known.length
      const state = known.length === 0 ? 'none' : done.length >= of ? 'done' : 'open'
      const times = done.map(one => one.at)
      return {
        ...{ ...plain, need: part.need, state, done: Math.min(done.length, of), of },
        missing: known
          .filter(one => state === 'open' && one.state === 'open')
          .map(({ id, title }) => ({ itemId: title === null ? null : id, title })),
        at: state === 'done' ? (part.need === 'any' ? earliest(times) : latest(times)) : null,
      }
    }
    case 'grade': {
      const { total } = facts
      const reached = total !== null && tenThousandths(total.percent) >= BigInt(part.percent) * 10_000n
      return once(reached ? total.at : null, { asked: part.percent, percent: total?.told ? total.percent : null })
    }
    case 'date':
      return once(new Date(part.at))
    case 'days':
      return once(new Date(facts.since.getTime() + part.days * dayMs), { asked: part.days })
    default:
      return once(facts.marks.get(part.kind))
  }
}

/**
 * How the rule of a course stands for one person: its parts, and since when all that it needs is there (`at` null where nobody
 * can say); null while it is not. What asks nothing decides nothing; where nothing is left, nothing completes the course but a
 * teacher's word that it is complete.
 */
export function courseStandingOf(
  rule: CourseRuleSaid,
  facts: CourseFacts,
  now: Date,
): { readonly parts: readonly PartStanding[]; readonly complete: { readonly at: Date | null } | null } {
  const parts = rule.parts.map(part => partStanding(part, facts, now))
  const counted = parts.filter(one => one.state !== 'none')
  const done = counted.filter(one => one.state === 'done')
  const holds = done.length > 0 && (rule.need === 'any' || done.length === counted.length)
  const times = done.map(one => one.at)
  const whole = facts.marks.get('whole')
  if (holds) return { parts, complete: { at: rule.need === 'any' ? earliest(times) : latest(times) } }
  return { parts, complete: whole ? { at: whole } : null }
}

export interface StoredRecord {
  readonly at: Date
  readonly ruleVersion: number
  readonly takenAt: Date | null
}

/**
 * What becomes of the record of one person. One that holds stays as it is. Another rule takes it and keeps it, so that it comes
 * back with its time when that is undone; what somebody did not do after all drops it. 'keep': nothing changes. The time is
 * that of what was done, also where whoever works it out began (`now`) before that.
 */
export function recordOf(
  before: StoredRecord | undefined,
  complete: { readonly at: Date | null } | null,
  { why, version, now }: { readonly why: 'rule' | 'record'; readonly version: number; readonly now: Date },
): 'keep' | 'drop' | StoredRecord {
  const holds = before !== undefined && before.takenAt === null
  if (complete === null) {
    if (!holds) return 'keep'
    return why === 'rule' ? { ...before, takenAt: now } : 'drop'
  }
  if (holds) return 'keep'
  const known = complete.at ?? before?.at ?? now
  const since = before && before.at > known ? before.at : known
  return { at: since, ruleVersion: version, takenAt: null }
}
