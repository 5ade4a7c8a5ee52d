// What a course is made of, a part a feature: how each is taken out of a course and put into a new one. A copy hands the
// parts over within the database, an archive carries them as JSON: one way for both, so that nothing is forgotten by one.
import type * as z from 'zod/mini'
import { Problem } from '#protocol/base/problems.ts'
import type { CopyCounts, MovedDate } from '#protocol/courses/copy.ts'
import type { CourseId, ItemDetail } from '#protocol/courses.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'

/** The line of a thing in the new course: what it stands for there, and what it says beside its title. */
export interface CourseLine {
  readonly refId: string
  readonly badge: string | null
  readonly detail: ItemDetail
}

/** A course while it is made of parts. */
export interface CourseMaking {
  /** Where the parts were taken; null when they came in an archive, and nothing in them is known to be so. */
  readonly from: CourseId | null
  readonly to: CourseId
  /** Gives a thing its own id in the new course. Throws `archive-unfit` for a second one that is called so. */
  readonly name: <T extends string>(sort: string, id: string) => T
  /** Says what a thing is called that its feature has named itself. */
  readonly named: (sort: string, id: string, own: string) => void
  /** What a thing is called in the new course; undefined for one that did not come along. */
  readonly find: <T extends string>(sort: string, id: string) => T | undefined
  /** Says what the line of a thing will be, by its kind of items and what it was called before. */
  readonly show: (kind: string, id: string, line: CourseLine) => void
  /** The line of a thing; undefined for one that has none. */
  readonly lineOf: (kind: string, id: string) => CourseLine | undefined
  /** Where a date comes to lie. */
  readonly move: (at: Date) => Date
  /** Where a series of so many weekly times comes to lie: `moveWeekly` of the rules. */
  readonly moveWeekly: (first: { readonly at: Date; readonly times: number }) => {
    readonly days: number
    readonly off: readonly number[]
  }
  /** Where the bytes stand that a part calls so. */
  readonly bytes: (id: string) => string
}

/** A date that moves. */
export interface CourseDate {
  readonly title: string
  readonly what: MovedDate['what']
  readonly at: Date
  /** How many times there are of it, a week apart; left out of what is once. */
  readonly times?: number
  /** Whether its thing cannot be without it. */
  readonly needed?: boolean
}

/** What a line of a course stands for. */
export interface CourseThing {
  readonly kind: string
  readonly refId: string
}

/** Bytes that a part names, in bytes. */
export interface PartBytes {
  readonly id: string
  readonly size: number
}

/** What modules and items are called, by their ids in the outline. */
export type Titles = ReadonlyMap<string, string>

/** A part of courses: plain JSON, with ids as they were. */
export interface CoursePart<Part> {
  /** What comes in an archive is parsed with it: as strict as the doors of the feature. */
  readonly shape: z.ZodMiniType<Part>
  /** Reads what stands in the course. Writes nothing and asks no rights. */
  readonly take: (ctx: Ctx, courseId: CourseId) => Promise<Part>
  /** How many of its things there are. */
  readonly count?: (part: Part) => Partial<CopyCounts>
  /** The dates of its things, in any order. */
  readonly dates?: (part: Part, titles: Titles) => CourseDate[]
  /** The part without any date: what cannot be without its own is left out. Pure; a part that has none does not say it. */
  readonly undated?: (part: Part) => Part
  /** Its things that have a line in the course, by their kind of items. */
  readonly lines?: (part: Part) => readonly CourseThing[]
  /** The bytes that belong to it. */
  readonly bytes?: (part: Part) => readonly PartBytes[]
  /** Makes its things, gives them their names and says what their lines are. */
  readonly make?: (ctx: WriteCtx, making: CourseMaking, part: Part) => Promise<void>
  /** Makes what hangs on items and modules, once these stand and have their names. */
  readonly hang?: (ctx: WriteCtx, making: CourseMaking, part: Part) => Promise<void>
}

/** Part by feature, in the order of `server/features.ts`: each finds what those below it have made. */
export type CourseParts = ReadonlyMap<string, unknown>

const registered = new Map<string, CoursePart<unknown>>()

/** Says what a feature keeps of a course. Called once, when its index is loaded. */
export function registerCoursePart<Part>(feature: string, part: CoursePart<Part>): void {
  if (registered.has(feature)) throw new Error(`${feature} has its part of a course already`)
  registered.set(feature, part as unknown as CoursePart<unknown>)
}

/** Every feature that has a part, with it. */
export const courseParts = (): ReadonlyMap<string, CoursePart<unknown>> => registered

/** Takes every part out of a course. */
export async function takeParts(ctx: Ctx, courseId: CourseId): Promise<CourseParts> {
  const taken = new Map<string, unknown>()
  for (const [feature, part] of registered) taken.set(feature, await part.take(ctx, courseId))
  return taken
}

/** Pairs parts with what their features say of them; those of features that are not here are left out. */
function* paired(parts: CourseParts): Generator<readonly [CoursePart<unknown>, unknown]> {
  for (const [feature, part] of registered) if (parts.has(feature)) yield [part, parts.get(feature)]
}

/** How much there is of each. */
export function countParts(parts: CourseParts): CopyCounts {
  const none = {
    modules: 0,
    pages: 0,
    files: 0,
    glossaries: 0,
    links: 0,
    meetings: 0,
    events: 0,
    assignments: 0,
    packages: 0,
    surveys: 0,
    lessons: 0,
    activities: 0,
    questions: 0,
    homework: 0,
    groups: 0,
  }
  return Object.assign(none, ...[...paired(parts)].map(([part, taken]) => part.count?.(taken)))
}

/** Every date, the earliest first. */
export const datesIn = (parts: CourseParts, titles: Titles): CourseDate[] =>
  [...paired(parts)]
    .flatMap(([part, taken]) => part.dates?.(taken, titles) ?? [])
    .sort((a, b) => a.at.getTime() - b.at.getTime())

/** Every part without its dates. */
export const undated = (parts: CourseParts): CourseParts =>
  new Map([...parts].map(([feature, taken]) => [feature, registered.get(feature)?.undated?.(taken) ?? taken]))

/** Everything that has a line. */
export const thingsIn = (parts: CourseParts): CourseThing[] =>
  [...paired(parts)].flatMap(([part, taken]) => part.lines?.(taken) ?? [])

/** Every byte that is named, each once. */
export const bytesIn = (parts: CourseParts): PartBytes[] => [
  ...new Map(
    [...paired(parts)].flatMap(([part, taken]) => part.bytes?.(taken) ?? []).map(one => [one.id, one]),
  ).values(),
]

/** Makes what each feature keeps; `outline` is written in between. */
export async function makeParts(
  ctx: WriteCtx,
  making: CourseMaking,
  parts: CourseParts,
  outline: () => Promise<void>,
): Promise<void> {
  for (const [part, taken] of paired(parts)) await part.make?.(ctx, making, taken)
  await outline()
  for (const [part, taken] of paired(parts)) await part.hang?.(ctx, making, taken)
}

/**
 * A new course whose parts came from `from`. `bytes`: where those of an archive stand; without it they are shared.
 * Throws `archive-unfit`.
 */
export function makingOf(
  { from, to }: Pick<CourseMaking, 'from' | 'to'>,
  moves: Pick<CourseMaking, 'move' | 'moveWeekly'>,
  bytes?: ReadonlyMap<string, string>,
): CourseMaking {
  const ids = new Map<string, string>()
  const lines = new Map<string, CourseLine>()
  const named: CourseMaking['named'] = (sort, id, own) => {
    if (ids.has(`${sort} ${id}`)) throw new Problem('archive-unfit', { params: { part: sort, path: id } })
    ids.set(`${sort} ${id}`, own)
  }
  return {
    from,
    to,
    ...moves,
    named,
    show: (kind, id, line) => void lines.set(`${kind} ${id}`, line),
    lineOf: (kind, id) => lines.get(`${kind} ${id}`),
    name: <T extends string>(sort: string, id: string) => {
      const own = newId()
      named(sort, id, own)
      return own as string as T
    },
    find: <T extends string>(sort: string, id: string) => ids.get(`${sort} ${id}`) as T | undefined,
    bytes: id => {
      const stands = bytes ? bytes.get(id) : id
      if (stands === undefined) throw new Problem('archive-unfit', { params: { part: 'bytes', path: id } })
      return stands
    },
  }
}
