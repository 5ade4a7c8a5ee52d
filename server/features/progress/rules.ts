// What counts as done, open or missed, how far that makes somebody, and what they do next. Pure: plain data and the time.
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
